/** Instants as a person reads them: Slack's date tokens, local times, and a local time typed in a zone back to its instant. */
import { pageLocale, t } from "./words.js";

const DAY_MS = 86_400_000;
const LONG_DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const TWO = "2-digit";
const ALL = { year: "numeric", month: TWO, day: TWO, hour: TWO, minute: TWO, second: TWO, hourCycle: "h23" };
const formats = new Map();

function localeOf(person) {
  const tag = (person?.locale || "en-US").replace("_", "-");
  return Intl.DateTimeFormat.supportedLocalesOf([tag])[0] ?? "en-US";
}

export const zoneOf = (person) => person?.tz || "UTC";
export const cityOf = (zone) => zone.split("/").pop().replaceAll("_", " ");

function formatter(locale, options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key);
}

export const format = (ms, locale, zone, options) => formatter(locale, { ...options, timeZone: zone }).format(ms);
export const hourMinute = (ms, person) => wall(ms, zoneOf(person)).slice(11, 16);
export const longDay = (ms, person) => format(ms, pageLocale(), zoneOf(person), LONG_DAY);

/** The calendar of an instant in a zone, as "2027-03-16T04:30:00". */
export function wall(ms, zone) {
  const part = Object.fromEntries(formatter("en-US", { ...ALL, timeZone: zone }).formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}

/** A local "2027-03-16T04:30" in a zone → UTC milliseconds: of an hour that comes twice the first, in one left out as if it were there. */
export function instant(local, zone) {
  const naive = Date.parse(`${local}Z`);
  const offset = (ms) => Date.parse(`${wall(ms, zone)}Z`) - Math.floor(ms / 1000) * 1000;
  const candidates = [naive - offset(naive - DAY_MS), naive - offset(naive + DAY_MS)];
  const exact = candidates.filter((ms) => wall(ms, zone).startsWith(local.slice(0, 16)));
  return exact.length ? Math.min(...exact) : Math.max(...candidates);
}

function nearDay(ms, now, zone) {
  const day = (value) => Date.parse(`${wall(value, zone).slice(0, 10)}T00:00Z`);
  const apart = Math.round((day(ms) - day(now)) / DAY_MS);
  return { "-1": "date.yesterday", 0: "date.today", 1: "date.tomorrow" }[apart] ?? null;
}

function ago(ms, now, locale) {
  const seconds = Math.round((ms - now) / 1000);
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  return new Intl.RelativeTimeFormat(locale).format(Math.trunc(seconds / size), unit);
}

/** Slack's tokens ({date_short_pretty} at {time}, …) for the instant `ts` (seconds), as `person` reads them at `now` (milliseconds). */
export function slackDate(ts, pattern, person, now) {
  const ms = Number(ts) * 1000;
  const [locale, zone] = [localeOf(person), zoneOf(person)];
  const year = Math.abs(ms - now) > 182 * DAY_MS ? { year: "numeric" } : {};
  const shapes = {
    date: { month: "long", day: "numeric", ...year },
    date_short: { month: "short", day: "numeric", ...year },
    date_long: { weekday: "long", month: "long", day: "numeric", ...year },
    date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  };
  const clock = (options, length) => (formatter(locale, { hour: "numeric" }).resolvedOptions().hour12
    ? format(ms, locale, zone, { hour: "numeric", minute: "2-digit", ...options }) : wall(ms, zone).slice(11, length));
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === "time") return clock({}, 16);
    if (token === "time_secs") return clock({ second: "2-digit" }, 19);
    if (token === "ago") return ago(ms, now, locale);
    if (token === "date_num") return wall(ms, zone).slice(0, 10);
    const near = token.endsWith("_pretty") && nearDay(ms, now, zone);
    if (near) return t(near, {}, locale.slice(0, 2));
    const shape = shapes[token.replace(/_pretty$/, "")];
    return shape ? format(ms, locale, zone, shape) : whole;
  });
}
