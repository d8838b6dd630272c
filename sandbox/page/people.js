/** The rail of people: as whom to look, and for whom something waits. */
import { cityOf, hourMinute, zoneOf } from "./dates.js";
import { clockNow } from "./clock.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { face } from "./message.js";
import { moon, standing } from "./signs.js";
import { changed, go, nameOf, page, people } from "./state.js";
import { count, t } from "./words.js";

const SHOWN = 80; // a longer list is searched, not scrolled
let sought = "";
let queue = []; // ids of those for whom something waits, oldest first: a list that keeps its order is one that can be clicked

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** `waits`: person id → {asks, unread, place}. */
export function drawPeople(waits) {
  const found = people().filter((person) => plain(`${person.real_name} ${person.name} ${person.tz}`).includes(plain(sought)));
  const listed = found.map((person) => ({ person, waits: waits.get(person.id) }));
  const waiting = inOrder(listed);
  const seek = (event) => {
    sought = event.currentTarget.value;
    changed();
  };
  fill(document.getElementById("people"),
    el("h2", {}, t("people.title")),
    el("label.search", {}, icon("search"),
      el("input", { type: "search", key: "seek", placeholder: t("people.search"), "aria-label": t("people.search"), oninput: seek })),
    el("div.scroll", {},
      waiting.length > 0 && group("waiting", t("people.waiting"), waiting, true),
      group("everyone", t("people.everyone"), listed.slice(0, SHOWN), false),
      !found.length && el("p.muted", {}, t("people.none")),
      found.length > SHOWN && el("p.muted", {}, t("people.more", { count: found.length - SHOWN }))));
}

/** Who was in the queue stays in place; whoever one looks as stays, answered or not, until one looks as somebody else. */
function inOrder(listed) {
  const isWaiting = ({ asks, unread }) => asks > 0 || unread > 0;
  const known = new Map(listed.map((one) => [one.person.id, one]));
  const staying = queue.filter((id) => known.has(id) && (id === page.me || isWaiting(known.get(id).waits)));
  const coming = listed.filter(({ person, waits }) => isWaiting(waits) && !staying.includes(person.id)).map(({ person }) => person.id);
  queue = [...staying, ...coming];
  return queue.map((id) => known.get(id));
}

function group(key, title, listed, isWaiting) {
  return el(`section.people-${key}`, { key }, el("h3", {}, title), el("ul", {}, listed.map((one) => entry(one, isWaiting))));
}

/** Under "something waits", a name leads to what waits; elsewhere it leaves the place on screen as it is. */
function entry({ person, waits }, isWaiting) {
  const words = isWaiting && said(waits);
  const isMe = person.id === page.me;
  return el("li", { key: person.id }, el(isMe ? "button.person.person-me" : "button.person", {
    "aria-current": isMe && "true",
    onclick: () => go({ me: person.id, ...(isWaiting && { place: waits.place }) }),
  }, face(person.id, nameOf(person.id)),
  el("span.person-words", {},
    el("span.person-name", {}, el("span", {}, nameOf(person.id)), moon(person)),
    words ? el("span.person-waits", {}, words)
      : el("span.person-zone", {}, el("time", { "data-person": person.id }, hourMinute(clockNow(), person)), ` ${cityOf(zoneOf(person))}`, standing(person, true))),
  badge(waits)));
}

function said({ asks, unread }) {
  return [asks && count("people.asks", asks), unread && count("people.unread", unread)].filter(Boolean).join(" · ");
}

function badge(waits) {
  if (!waits.asks && !waits.unread) return null;
  const words = { role: "img", "aria-label": said(waits), title: said(waits) };
  return el(waits.asks ? "span.badge.badge-ask" : "span.badge", words, waits.asks || waits.unread);
}

/** Local times go on between redraws. */
export function tickPeople() {
  for (const node of document.querySelectorAll("time[data-person]")) {
    const person = page.world.users.find(({ id }) => id === node.dataset.person);
    const text = person && hourMinute(clockNow(), person);
    if (text && node.textContent !== text) node.textContent = text;
  }
}
