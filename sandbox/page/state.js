/** What the page knows: the workspace as the stand-in last told it, whom we look as, and where we look. */

export const page = {
  world: null,          // the newest answer of GET /_control/state
  me: null,             // user id we look as
  place: "bot",         // "home", "bot" (the private conversation with the bot, existing or not), or a channel id
  thread: null,         // ts of the thread in the side panel
  flash: null,          // ts of a message to bring into view
  busy: new Set(),      // keys of actions under way
  dismissed: new Set(), // private remarks put away
  isOffline: false,
};

let draw = () => {};
let isQueued = false;

export function onChange(redraw) {
  draw = redraw;
}

/** Asks for one redraw at the next frame, however often it is called before. */
export function changed() {
  if (isQueued) return;
  isQueued = true;
  requestAnimationFrame(() => {
    isQueued = false;
    draw();
  });
}

/** Moves to another person, place or thread; the address bar follows, so that Back and a copied address work.
 *  Somebody who may not see the channel on screen begins at the bot's private messages. */
export function go(target) {
  const moved = { me: page.me, place: page.place, thread: null, ...target };
  const room = channel(moved.place);
  if (!target.place && room && !canSee(room, moved.me)) moved.place = "bot";
  const parts = [moved.me, moved.place, moved.thread].filter(Boolean);
  page.flash = target.flash ?? null;
  location.hash = `#/${parts.join("/")}`;
  readAddress();
}

export function readAddress() {
  const [, me, place, thread] = location.hash.split("/");
  if (me) Object.assign(page, { me, place: place || "bot", thread: thread || null });
  document.body.classList.remove("drawer-open");
  changed();
}

export const user = (id) => page.world.users.find((one) => one.id === id);
export const channel = (id) => page.world.channels.find((one) => one.id === id);
export const viewer = () => user(page.me);
export const isBot = (id) => id === page.world.bot.user_id;
export const nameOf = (id) => (isBot(id) ? page.world.bot.name : user(id)?.real_name || user(id)?.name || id);
export const people = () => page.world.users.filter(({ id }) => !isBot(id)).sort((a, b) => nameOf(a.id).localeCompare(nameOf(b.id)));

export const botDm = (person) => page.world.channels.find((one) => one.is_im && one.user === person);
const isMember = (room, person) => room.members.includes(person);
/** Guests see only what they are members of. */
const canSee = (room, person) => isMember(room, person) || (!room.is_im && !room.is_private && !user(person).is_restricted);
const rooms = () => page.world.channels.filter((one) => !one.is_im).sort((a, b) => a.name.localeCompare(b.name));
export const roomsOf = (person) => rooms().filter((one) => isMember(one, person));
export const otherRooms = (person) => rooms().filter((one) => !isMember(one, person) && canSee(one, person));

/** The channel on screen, or undefined for Home, an unborn private conversation, or a room this person may not see. */
export function currentRoom() {
  if (page.place === "home") return undefined;
  const room = page.place === "bot" ? botDm(page.me) : channel(page.place);
  return room && canSee(room, page.me) ? room : undefined;
}

export const messagesOf = (id) => page.world.messages[id] ?? [];
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;
export const repliesTo = (id, ts) => messagesOf(id).filter((message) => isReply(message) && message.thread_ts === ts);
export const remarksFor = (id, person) => page.world.ephemerals
  .filter((one) => one.channel === id && one.user === person && !page.dismissed.has(`${id}|${one.ts}`))
  .map((one) => ({ ...one, isPrivate: true, user: one.bot_id ? page.world.bot.user_id : null })); // without a bot, Slack itself speaks

const byTs = (a, b) => Number(a.ts) - Number(b.ts);

/** The messages of a room as `person` sees them, oldest first: its posts, and what only this person was told. */
export function timelineOf(id, person) {
  const posts = messagesOf(id).filter((message) => !isReply(message) || message.subtype === "thread_broadcast");
  return [...posts, ...remarksFor(id, person).filter((remark) => !isReply(remark))].sort(byTs);
}

/** A thread: its first message, its replies, and what only this person was told in it. */
export function threadOf(id, ts, person) {
  const root = messagesOf(id).filter((message) => message.ts === ts);
  return [...root, ...[...repliesTo(id, ts), ...remarksFor(id, person).filter((one) => one.thread_ts === ts)].sort(byTs)];
}

/** "…/archives/C123/p1700000000000100", or the app's own Home → where that is on this page, else null. */
export function permalink(url) {
  const found = /\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?/.exec(url);
  if (found && channel(found[1])) return { place: found[1], flash: found[2] ? `${found[2]}.${found[3]}` : null };
  return /^slack:\/\/app\b|app_redirect/.test(url) && /tab=home/.test(url) ? { place: "home" } : null;
}
