/** The middle of the page: one conversation, or the app's Home, as the chosen person sees it. */
import { drawComposer, startButton } from "./composer.js";
import { longDay, wall, zoneOf } from "./dates.js";
import { guide } from "./dialogs.js";
import { el, fill } from "./dom.js";
import { botHead, home, homeOpened } from "./home.js";
import { icon } from "./icons.js";
import { together } from "./lines.js";
import { see, seenUpTo } from "./marks.js";
import { menu } from "./menus.js";
import { drawMessage } from "./message.js";
import { mrkdwn } from "./mrkdwn.js";
import { moon, roomSign } from "./signs.js";
import { changed, currentRoom, go, messagesOf, nameOf, page, timelineOf, user, viewer } from "./state.js";
import { link } from "./tokens.js";
import { count, t } from "./words.js";

const NEAR_END = 60; // pixels from the end within which a reader is following along
const SHOWN = 150;   // messages drawn at first; older ones by button
let onScreen = null;
let oldest = 0;      // ts of the oldest message drawn; it stands still while somebody reads further up
let newFrom = 0;     // ts up to which this person had read when they came here

export function drawConversation() {
  const root = document.getElementById("conversation");
  const room = currentRoom();
  const here = `${page.me}|${page.place}`;
  const list = root.querySelector(".messages");
  const isFollowing = here !== onScreen || !list || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  if (here !== onScreen) newFrom = room ? seenUpTo(page.me, room.id) : 0;
  if (room && isFollowing && !page.flash) oldest = Number(timelineOf(room.id, page.me).at(-SHOWN)?.ts ?? 0);
  if (here !== onScreen && page.place === "home") homeOpened();
  onScreen = here;
  fill(root, page.place === "home" ? home() : room || page.place === "bot" ? conversation(room, here) : hidden());
  const shown = root.querySelector(".messages");
  if (isFollowing && shown && !page.flash) shown.scrollTop = shown.scrollHeight;
  if (room) read(room, shown);
  if (page.flash) bringIntoView();
}

/** Who reached the end has read all. Answers whether something of it was new. */
function read(room, list) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  list.parentElement.querySelector(".to-newest").hidden = isAtEnd || seenUpTo(page.me, room.id) >= newest(room);
  return isAtEnd && document.visibilityState === "visible" && see(page.me, room.id, null, timelineOf(room.id, page.me));
}

const newest = (room) => Math.max(0, ...timelineOf(room.id, page.me).map(({ ts }) => Number(ts)));

function bringIntoView() {
  const message = document.querySelector(`.messages [data-ts="${page.flash}"]`);
  if (!message) {
    showAll();
    return;
  }
  page.flash = null;
  message.scrollIntoView({ block: "center" });
  message.classList.add("flash");
  setTimeout(() => message.classList.remove("flash"), 2500);
}

/** The message looked for may stand among the older ones. */
function showAll() {
  if (oldest === 0) page.flash = null;
  oldest = 0;
  changed();
}

const hidden = () => [
  el("header.room-head", {}, el("h1", {}, t("places.title"))),
  el("p.empty", {}, t("room.hidden", { name: nameOf(page.me) })),
];

function conversation(room, here) {
  const messages = room ? timelineOf(room.id, page.me) : [];
  const before = messages.filter(({ ts }) => Number(ts) < oldest);
  const items = withDividers(together(messages.slice(before.length)), room);
  const older = () => {
    oldest = Number(before.at(-SHOWN)?.ts ?? 0);
    changed();
  };
  const onscroll = (event) => room && read(room, event.currentTarget) && changed();
  const toNewest = (event) => {
    const list = event.currentTarget.parentElement.querySelector(".messages");
    list.scrollTop = list.scrollHeight;
  };
  return [
    page.place === "bot" || room.is_im ? botHead() : roomHead(room),
    room && bookmarks(room),
    el("div.messages", { key: here, tabindex: "0", role: "log", "aria-label": t("places.title"), onscroll },
      before.length > 0 && el("p.older", { key: "older" }, el("button.btn", { onclick: older }, t("room.older"))),
      items.length ? items : page.place === "bot" ? welcome() : el("p.empty", {}, t("room.empty"))),
    el("button.to-newest", { hidden: true, key: "to-newest", onclick: toNewest }, icon("down"), t("room.to_newest")),
    el("div.feet", { key: `feet|${here}` }, feet(room)),
  ];
}

function feet(room) {
  if (room?.is_archived) return el("p.closed", {}, t("room.archived"));
  return drawComposer(room, null);
}

const welcome = () => guide("welcome-title", el("div", {}, startButton()));

function roomHead(room) {
  const members = room.members.filter((id) => id !== page.world.bot.user_id);
  return el("header.room-head", { key: "head" },
    el("h1", {}, roomSign(room), room.name),
    room.is_ext_shared && el("span.pill.pill-outside", {}, icon("diamonds"), t("room.outside")),
    room.topic && el("p.topic", { title: room.topic }, mrkdwn(room.topic)),
    el("div.room-tools", {},
      menu([icon("people"), count("room.members", members.length)], members.map(member), { key: "members", look: "chip" }),
      room.pins.length > 0 && menu([icon("pin"), count("room.pinned", room.pins.length)],
        room.pins.map((ts) => pinned(room, ts)), { key: "pins", look: "chip" })));
}

const member = (id) => el("button.menu-item", { onclick: () => go({ me: id }) }, nameOf(id), " ", moon(user(id)));

function pinned(room, ts) {
  const message = messagesOf(room.id).find((one) => one.ts === ts);
  const show = () => {
    page.flash = ts;
    changed();
  };
  return message && el("button.menu-item", { onclick: show }, el("strong", {}, nameOf(message.user)), " ", message.text.slice(0, 90));
}

function bookmarks(room) {
  return room.bookmarks.length > 0 && el("div.bookmarks", { key: "bookmarks" },
    room.bookmarks.map(({ id, title, link: url }) => el("span", { key: id }, icon("bookmark"), link(url, [title]))));
}

/** Messages with a line at each new day and one where the unread begin. */
function withDividers(messages, room) {
  const day = (message) => wall(Number(message.ts) * 1000, zoneOf(viewer())).slice(0, 10);
  const firstNew = newFrom > 0 && messages.find((message) => Number(message.ts) > newFrom && message.user !== page.me);
  return messages.flatMap((message, index) => [
    (index === 0 || day(message) !== day(messages[index - 1])) &&
      el("div.day", { key: `day|${day(message)}` }, el("span", {}, longDay(Number(message.ts) * 1000, viewer()))),
    message === firstNew && el("div.day.new", { key: "new" }, el("span", {}, t("room.new"))),
    drawMessage(message, room, "list"),
  ]);
}
