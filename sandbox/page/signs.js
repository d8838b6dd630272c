/** The small marks beside a person's name and a channel's: what one has to know before writing there. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const marked = (name, sign, words) => el(`span.sign.sign-${name}`, { role: "img", "aria-label": words, title: words }, icon(sign));

/** Do Not Disturb. */
export const moon = (person) => person?.dnd && marked("moon", "moon", t("people.dnd"));

/** Deactivated, or in which language Slack speaks to them and whether they are a guest; in one word each where room is scarce. */
export function standing(person, isBrief) {
  if (person.deleted) return el("span.pill.pill-gone", {}, t("people.gone"));
  const guest = t(person.is_ultra_restricted ? "people.guest_one" : "people.guest");
  return [
    el("span.tongue", { title: person.locale }, (person.locale || "en-US").slice(0, 2).toUpperCase()),
    person.is_restricted && el("span.pill", { title: guest }, isBrief ? t("people.guest") : guest),
  ];
}

export const roomSign = (room) => icon(room.is_private ? "lock" : "hash");

/** Another organisation is in it. */
export const outside = (room) => room.is_ext_shared && marked("outside", "diamonds", t("room.outside"));
