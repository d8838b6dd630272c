/** One message as it stands in a conversation or a thread. */
import { bodyOf } from "./blocks.js";
import { format, hourMinute, zoneOf } from "./dates.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { drawLine, isLine } from "./lines.js";
import { unreadReplies } from "./marks.js";
import { messageShortcuts } from "./shortcuts.js";
import { moon } from "./signs.js";
import { changed, go, isBot, isReply, nameOf, page, repliesTo, user, viewer } from "./state.js";
import { count, pageLocale, t } from "./words.js";

const TONES = 8;

/** A sign with a person's initials, in a colour that is theirs; without an id, of Slack itself. */
export function face(id, name) {
  if (!id) return el("span.face.face-bot", { "aria-hidden": "true" }, icon("warn"));
  const initials = name.split(/[\s.]+/).filter(Boolean).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const tone = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % TONES;
  return isBot(id) ? el("span.face.face-bot", { "aria-hidden": "true" }, icon("bot"))
    : el(`span.face.tone-${tone}`, { "aria-hidden": "true" }, initials);
}

function stamp(message) {
  const ms = Number(message.ts) * 1000;
  const full = format(ms, pageLocale(), zoneOf(viewer()), { dateStyle: "full", timeStyle: "medium" });
  return el("time", { datetime: new Date(ms).toISOString(), title: full }, hourMinute(ms, viewer()));
}

/** `room` is the channel it stands in; `where` is "list" or "thread" and keeps the two copies of a message apart. */
export function drawMessage(message, room, where) {
  const name = message.user ? nameOf(message.user) : t("app.title");
  const key = `${where}|${message.isPrivate ? "private|" : ""}${message.ts}`;
  if (isLine(message)) return drawLine(message, key);
  const ctx = { key: `${key}|${page.me}`, source: { channel: room.id, messageTs: message.ts } };
  return el(message.isPrivate ? "article.message.message-private" : "article.message", { key, "data-ts": message.ts, "aria-label": name },
    face(message.user, name),
    el("div.message-main", {},
      message.isPrivate && privateNote(message, room),
      room.pins.includes(message.ts) && el("div.message-note", {}, icon("pin"), t("message.pinned")),
      el("div.message-head", {}, el("strong", {}, name), isBot(message.user) && el("span.pill", {}, t("message.app")),
        moon(user(message.user)), stamp(message),
        where === "list" && isReply(message) && toThread(message)),
      el("div.message-body", {}, bodyOf(message, ctx), message.edited && el("span.edited", {}, t("message.edited"))),
      where === "list" && threadLink(message, room)),
    !message.isPrivate && tools(message, room, where));
}

const toThread = (message) => el("button.link", { onclick: () => go({ thread: message.thread_ts }) }, t("message.broadcast"));

function privateNote(message, room) {
  const dismiss = () => {
    page.dismissed.add(`${room.id}|${message.ts}`);
    changed();
  };
  return el("div.message-note", {}, icon("lock"), t("message.private", { name: nameOf(page.me) }),
    el("button.link", { onclick: dismiss }, t("message.dismiss")));
}

/** What one can do with a message: on a wide screen it shows under the mouse, on a narrow one always. */
function tools(message, room, where) {
  const open = () => go({ thread: message.thread_ts ?? message.ts });
  const reply = el("button.quiet", { key: "reply", "aria-label": t("message.reply"), title: t("message.reply"), onclick: open }, icon("thread"));
  return el("div.message-tools", { key: "tools" }, where === "list" && reply,
    messageShortcuts({ channel: room.id, messageTs: message.ts }));
}

function threadLink(message, room) {
  const replies = isReply(message) || message.isPrivate ? [] : repliesTo(room.id, message.ts);
  if (!replies.length) return null;
  const open = () => go({ thread: message.ts });
  const fresh = unreadReplies(room.id, message.ts, page.me);
  const authors = [...new Set(replies.map(({ user }) => user))].slice(0, 4);
  return el("button.thread-link", { onclick: open }, authors.map((id) => face(id, nameOf(id))),
    el("span", {}, count("message.replies", replies.length)),
    fresh > 0 && el("span.badge", {}, t("message.new_replies", { count: fresh })));
}
