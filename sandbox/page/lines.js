/** The small lines Slack itself writes in a channel, in the page's language; people who join one after the other share one. */
import { hourMinute } from "./dates.js";
import { el } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { nameOf, viewer } from "./state.js";
import { count, pageLocale, t } from "./words.js";

const NAMED = 3; // of people who joined together, this many by name

const CROWDS = { channel_join: "line.joined", channel_leave: "line.left" };
const LINES = {
  channel_topic: (line, names) => [t("line.topic", { names }), " ", mrkdwn(line.topic)],
  channel_purpose: (line, names) => [t("line.purpose", { names }), " ", mrkdwn(line.purpose)],
  channel_name: (line, names) => [t("line.renamed", { names, name: line.name })],
  channel_archive: (line, names) => [t("line.archived", { names })],
  pinned_item: (line, names) => [t("line.pinned", { names })],
};

export const isLine = ({ subtype }) => subtype in CROWDS || subtype in LINES;

/** Messages with each run of joins (or leaves) made one line that carries all its `users`. */
export function together(messages) {
  const found = [];
  for (const message of messages) {
    const last = found.at(-1);
    if (!(message.subtype in CROWDS)) found.push(message);
    else if (last?.subtype === message.subtype) last.users.push(message.user);
    else found.push({ ...message, users: [message.user] });
  }
  return found;
}

function crowd(users) {
  const names = users.slice(0, NAMED).map(nameOf);
  if (users.length > NAMED) names.push(count("line.others", users.length - NAMED));
  return new Intl.ListFormat(pageLocale()).format(names);
}

export function drawLine(line, key) {
  const words = line.users ? count(CROWDS[line.subtype], line.users.length, { names: crowd(line.users) })
    : LINES[line.subtype](line, nameOf(line.user));
  return el("div.system-line", { key, "data-ts": line.ts, title: line.users?.map(nameOf).join(", ") },
    el("span", {}, words), el("time", {}, hourMinute(Number(line.ts) * 1000, viewer())));
}
