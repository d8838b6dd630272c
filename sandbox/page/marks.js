/** What each person has not yet seen or answered: the badges that say as whom to look next. */
import { isLine } from "./lines.js";
import { botDm, isBot, isReply, messagesOf, page, remarksFor, repliesTo, roomsOf, timelineOf } from "./state.js";

const SETTLES_MS = 5000; // an answered message is redrawn by the bot within this time; its new buttons are not a new question
const STORE = "marks";

const seen = new Map();     // "person|channel" or "person|channel|thread" → ts up to which it was on screen
const answered = new Map(); // "channel|ts" → the buttons that were on it when somebody pressed one
const settling = new Map(); // "channel|ts" → {person, until, isDone}
const lastPressed = new Map(); // person → "channel|ts"

/** Takes up what this tab remembered of the same workspace; of another (its count of changes begins anew) it forgets all. */
export function restoreMarks() {
  for (const marks of [seen, answered, settling, lastPressed]) marks.clear();
  const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "null");
  if (!kept || kept.version > page.world.version) return;
  for (const [key, ts] of kept.seen) seen.set(key, ts);
  for (const [key, buttons] of kept.answered) answered.set(key, buttons);
}

function keep() {
  sessionStorage.setItem(STORE, JSON.stringify({ version: page.world.version, seen: [...seen], answered: [...answered] }));
}

export const seenUpTo = (person, channel, thread) => seen.get([person, channel, thread].filter(Boolean).join("|")) ?? 0;

/** Those messages were on this person's screen. Answers whether one of them was new. */
export function see(person, channel, thread, messages) {
  const newest = Math.max(0, ...messages.map(({ ts }) => Number(ts)));
  if (newest <= seenUpTo(person, channel, thread)) return false;
  seen.set([person, channel, thread].filter(Boolean).join("|"), newest);
  keep();
  return true;
}

/** Buttons of a message that ask something, as one text; "" when there is none. */
function questions(message) {
  const elements = (message.blocks ?? []).flatMap((block) => [...(block.elements ?? []), block.accessory ?? {}]);
  return elements.filter((one) => one.type === "button" && !one.url).map((one) => one.action_id + (one.value ?? "")).join(" ");
}

const find = (key) => {
  const [id, ts] = key.split("|");
  return [...messagesOf(id), ...page.world.ephemerals.filter((one) => one.channel === id)].find((message) => message.ts === ts);
};

/** A person pressed a button of the message: it asks no longer, unless it opened a modal that is then put away. */
export function pressed(person, channel, ts) {
  lastPressed.set(person, `${channel}|${ts}`);
  settle(person, false);
}

/** The modal that the person's last press had opened was submitted. */
export const submitted = (person) => lastPressed.has(person) && settle(person, true);

function settle(person, isDone) {
  settling.set(lastPressed.get(person), { person, until: performance.now() + SETTLES_MS, isDone });
  noteWorld();
}

export function noteWorld() {
  for (const [key, { person, until, isDone }] of settling) {
    const message = find(key);
    const isOpenInModal = !isDone && Boolean(page.world.views[person]);
    if (isOpenInModal) answered.delete(key);
    if (!message || isOpenInModal || performance.now() > until) settling.delete(key);
    else answered.set(key, questions(message));
  }
  keep();
}

const isWaiting = (channel, message) => questions(message) !== "" && answered.get(`${channel}|${message.ts}`) !== questions(message);
const isNew = (message, person, since) => Number(message.ts) > since && message.user !== person;

export function unreadIn(channel, person) {
  const since = seenUpTo(person, channel);
  return timelineOf(channel, person).filter((message) => isNew(message, person, since) && !isLine(message)).length;
}

export function unreadReplies(channel, ts, person) {
  const since = seenUpTo(person, channel, ts);
  return repliesTo(channel, ts).filter((one) => isNew(one, person, since)).length;
}

/** What waits for a person in private: {unread, asks, place: where to look first}. A menu they called up themselves asks nothing. */
export function waitingFor(person) {
  const dm = botDm(person);
  const found = { unread: 0, asks: 0, place: "bot" };
  const count = (id, messages, place) => {
    for (const message of messages) {
      const isAsk = !message.isPrivate && isWaiting(id, message);
      const since = seenUpTo(person, id, isReply(message) ? message.thread_ts : undefined);
      const isFresh = !isAsk && isNew(message, person, since) && (message.isPrivate || isBot(message.user));
      if ((isAsk || isFresh) && !found.unread && !found.asks) found.place = place;
      found.asks += isAsk ? 1 : 0;
      found.unread += isFresh ? 1 : 0;
    }
  };
  if (dm) count(dm.id, [...messagesOf(dm.id), ...remarksFor(dm.id, person)], "bot");
  for (const room of roomsOf(person)) count(room.id, remarksFor(room.id, person), room.id);
  return found;
}
