/** What Slack would show on a person's screen or phone: messages for them that come in while they look elsewhere. */
import { el } from "./dom.js";
import { isLine } from "./lines.js";
import { mrkdwn } from "./mrkdwn.js";
import { botDm, go, isReply, messagesOf, nameOf, page, roomsOf, viewer } from "./state.js";
import { note } from "./toasts.js";

/** `before` is the workspace as it was. Do Not Disturb keeps all of it quiet; of many at once the newest speaks. */
export function notify(before) {
  if (!viewer() || viewer().dnd || viewer().deleted) return;
  const dm = botDm(page.me);
  const found = [...(dm ? fresh(before, dm.id) : []), ...roomsOf(page.me).flatMap(({ id }) => fresh(before, id).filter(isForMe))];
  const last = found.sort((a, b) => Number(a.ts) - Number(b.ts)).at(-1);
  if (last) show(last, last.channel === dm?.id ? "bot" : last.channel);
}

function fresh(before, channel) {
  const known = new Set((before.messages[channel] ?? []).map(({ ts }) => ts));
  return messagesOf(channel).filter((one) => !known.has(one.ts) && one.user !== page.me && !isLine(one)).map((one) => ({ ...one, channel }));
}

function isForMe({ text, blocks }) {
  const said = JSON.stringify([text, blocks ?? []]);
  return said.includes(`<@${page.me}`) || said.includes(`"user_id":"${page.me}"`);
}

function show(message, place) {
  const thread = isReply(message) ? message.thread_ts : null;
  if (page.place === place && document.visibilityState === "visible" && (!thread || page.thread === thread)) return;
  const words = el("span", {}, mrkdwn(message.text.replaceAll("\n", " · "))).textContent;
  const { me } = page;
  const open = () => go({ me, place, thread, flash: thread ?? message.ts });
  note("push", "bot", el("button.push", { onclick: open }, el("strong", {}, nameOf(message.user)), words));
}
