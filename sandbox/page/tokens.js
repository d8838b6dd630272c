/** The live parts of a text, however it was written: people, channels, links, dates. */
import { clockNow } from "./clock.js";
import { slackDate } from "./dates.js";
import { el } from "./dom.js";
import { channel, go, isBot, nameOf, page, permalink, user, viewer } from "./state.js";

export function mention(id, label) {
  const known = isBot(id) || user(id);
  return el(id === page.me ? "span.mention.mention-me" : "span.mention", {}, `@${known ? nameOf(id) : label || id}`);
}

export function roomLink(id, label) {
  const room = channel(id);
  const text = `#${room?.name ?? label ?? id}`;
  return room ? el("button.link.mention", { onclick: () => go({ place: id }) }, text) : el("span.mention", {}, text);
}

export const broadcast = (name) => el("span.mention.mention-me", {}, `@${name}`);

/** A link, if its scheme is one a reader can follow safely; anything else stays words. */
export function link(url, children) {
  const label = children?.length ? children : [url.replace(/^mailto:/, "")];
  const place = permalink(url);
  if (place) return el("button.link", { onclick: () => go(place) }, label);
  if (!/^(https?|mailto|tel):/i.test(url)) return el("span", {}, label);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function date(ts, pattern, url, fallback) {
  if (!Number.isFinite(Number(ts))) return el("span", {}, fallback ?? "");
  const text = slackDate(ts, pattern, viewer(), clockNow());
  return url ? link(url, [text]) : el("time.instant", { datetime: new Date(Number(ts) * 1000).toISOString(), title: fallback }, text);
}
