/** The side panel with one thread. */
import { drawComposer } from "./composer.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { see } from "./marks.js";
import { drawMessage } from "./message.js";
import { currentRoom, go, page, threadOf } from "./state.js";
import { t } from "./words.js";

export function drawThread() {
  const root = document.getElementById("thread");
  const room = currentRoom();
  root.hidden = !page.thread || !room;
  document.body.classList.toggle("has-thread", !root.hidden);
  if (root.hidden) {
    fill(root);
    return;
  }
  const messages = threadOf(room.id, page.thread, page.me);
  fill(root,
    el("header.room-head", {}, el("h2", {}, icon("thread"), t("thread.title")),
      el("button.quiet", { "aria-label": t("common.close"), onclick: () => go({ thread: null }) }, icon("close"))),
    el("div.messages", { key: `${page.me}|${room.id}|${page.thread}`, tabindex: "0", role: "log", "aria-label": t("thread.title") },
      messages.length ? messages.map((message) => drawMessage(message, room, "thread")) : el("p.empty", {}, t("thread.gone"))),
    el("div.feet", {}, !room.is_archived && drawComposer(room, page.thread)));
  see(page.me, room.id, page.thread, messages);
}
