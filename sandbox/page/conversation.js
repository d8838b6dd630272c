/** The middle of the page: one conversation, or the app's Home, as the chosen person sees it. */
import { drawBlocks } from "./blocks.js";
import { drawComposer, startCommand } from "./composer.js";
import { longDay, wall, zoneOf } from "./dates.js";
import { guide } from "./dialogs.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { together } from "./lines.js";
import { see, seenUpTo } from "./marks.js";
import { drawMessage } from "./message.js";
import { mrkdwn } from "./mrkdwn.js";
import { canSee, canWrite, changed, channel, currentRoom, go, messagesOf, nameOf, page, timelineOf, viewer } from "./state.js";
import { link } from "./tokens.js";
import { count, t } from "./words.js";

const NEAR_END = 60; // pixels from the end within which a reader is following along
let onScreen = null;
let newFrom = 0;     // ts up to which this person had read when they came here

export function drawConversation() {
  const root = document.getElementById("conversation");
  const room = currentRoom();
  const here = `${page.me}|${page.place}|${room?.id ?? ""}`;
  const list = root.querySelector(".messages");
  const isFollowing = here !== onScreen || !list || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  if (here !== onScreen) newFrom = room ? seenUpTo(page.me, room.id) : 0;
  onScreen = here;
  fill(root, page.place === "home" ? home() : room || page.place === "bot" ? conversation(room, here) : hidden());
  const shown = root.querySelector(".messages");
  if (isFollowing && shown && !page.flash) shown.scrollTop = shown.scrollHeight;
  if (room) read(room, shown);
  if (page.flash) bringIntoView();
}

/** What reached the end of the screen counts as read. */
function read(room, list) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  list.parentElement.querySelector(".to-newest").hidden = isAtEnd || seenUpTo(page.me, room.id) >= newest(room);
  if (isAtEnd && document.visibilityState === "visible") see(page.me, room.id, null, timelineOf(room.id, page.me));
}

const newest = (room) => Math.max(0, ...timelineOf(room.id, page.me).map(({ ts }) => Number(ts)));

function bringIntoView() {
  const message = document.querySelector(`.messages [data-ts="${page.flash}"]`);
  if (!message) return;
  page.flash = null;
  message.scrollIntoView({ block: "center" });
  message.classList.add("flash");
  setTimeout(() => message.classList.remove("flash"), 2500);
}

function home() {
  const view = page.world.homes[page.me];
  const ctx = { key: `home|${page.me}`, source: { view: "home" }, values: view?.state?.values };
  return [
    el("header", { class: "room-head" }, el("h1", {}, icon("home"), page.world.bot.name, el("span", { class: "muted" }, t("places.home")))),
    el("div", { class: "home", key: ctx.key }, view ? drawBlocks(view.blocks, ctx) : el("p", { class: "empty" }, t("home.empty", { name: nameOf(page.me) }))),
  ];
}

function hidden() {
  const exists = channel(page.place);
  return [el("header", { class: "room-head" }, el("h1", {}, exists && canSee(exists, page.me) ? `#${exists.name}` : t("places.title"))),
    el("p", { class: "empty" }, t("room.hidden", { name: nameOf(page.me) }))];
}

function conversation(room, here) {
  const items = room ? withDividers(together(timelineOf(room.id, page.me)), room) : [];
  const toNewest = (event) => {
    const list = event.currentTarget.parentElement.querySelector(".messages");
    list.scrollTop = list.scrollHeight;
  };
  return [
    page.place === "bot" || room.is_im ? botHead() : roomHead(room),
    room && bookmarks(room),
    el("div", { class: "messages", key: here, tabindex: "0", role: "log", "aria-label": t("places.title"), onscroll: (event) => room && read(room, event.currentTarget) },
      items.length ? items : page.place === "bot" ? welcome() : el("p", { class: "empty" }, t("room.empty"))),
    el("button", { type: "button", class: "to-newest", hidden: true, key: "to-newest", onclick: toNewest }, icon("down"), t("room.to_newest")),
    el("div", { class: "feet", key: `feet|${here}` }, feet(room)),
  ];
}

function feet(room) {
  if (room?.is_archived) return el("p", { class: "closed" }, t("room.archived"));
  if (room && !canWrite(room, page.me)) return el("p", { class: "closed" }, t("room.looking", { name: nameOf(page.me) }));
  return drawComposer(room, null);
}

const welcome = () => guide("welcome-title", el("div", {}, el("button", { type: "button", class: "btn btn-primary", onclick: startCommand }, t("guide.start"))));

function botHead() {
  return el("header", { class: "room-head", key: "head" }, el("h1", {}, icon("bot"), page.world.bot.name, el("span", { class: "pill" }, t("message.app"))),
    el("p", { class: "topic" }, t("room.private_with", { name: nameOf(page.me) })));
}

function roomHead(room) {
  const topic = typeof room.topic === "string" ? room.topic : room.topic?.value;
  const members = room.members.filter((id) => id !== page.world.bot.user_id);
  return el("header", { class: "room-head", key: "head" },
    el("h1", {}, icon(room.is_private ? "lock" : "hash"), room.name),
    topic && el("p", { class: "topic", title: topic }, mrkdwn(topic)),
    el("div", { class: "room-tools" },
      menu("members", [icon("people"), count("room.members", members.length)],
        members.map((id) => el("button", { type: "button", class: "menu-item", onclick: () => go({ me: id }) }, nameOf(id)))),
      room.pins.length > 0 && menu("pins", [icon("pin"), count("room.pinned", room.pins.length)], room.pins.map((ts) => pinned(room, ts)))));
}

const menu = (key, label, items) => el("details", { class: "menu", key }, el("summary", { class: "chip" }, label), el("div", { class: "menu-panel" }, items));

function pinned(room, ts) {
  const message = messagesOf(room.id).find((one) => one.ts === ts);
  const show = (event) => {
    event.currentTarget.closest("details").removeAttribute("open");
    page.flash = ts;
    changed();
  };
  return message && el("button", { type: "button", class: "menu-item", onclick: show }, el("strong", {}, nameOf(message.user)), " ", message.text.slice(0, 90));
}

function bookmarks(room) {
  return room.bookmarks.length > 0 && el("div", { class: "bookmarks", key: "bookmarks" },
    room.bookmarks.map(({ id, title, link: url }) => el("span", { key: id }, icon("bookmark"), link(url, [title]))));
}

/** Messages with a line at each new day and one where the unread begin. */
function withDividers(messages, room) {
  const day = (message) => wall(Number(message.ts) * 1000, zoneOf(viewer())).slice(0, 10);
  const firstNew = newFrom > 0 && messages.find((message) => Number(message.ts) > newFrom && message.user !== page.me);
  return messages.flatMap((message, index) => [
    (index === 0 || day(message) !== day(messages[index - 1])) &&
      el("div", { class: "day", key: `day|${day(message)}` }, el("span", {}, longDay(Number(message.ts) * 1000, viewer()))),
    message === firstNew && el("div", { class: "day new", key: "new" }, el("span", {}, t("room.new"))),
    drawMessage(message, room, "list"),
  ]);
}
