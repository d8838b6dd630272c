/** The desk at the top: the launch clock with its speed and jumps, the bot's connection, the language. */
import { act } from "./api.js";
import { clockNow } from "./clock.js";
import { cityOf, format, instant, wall, zoneOf } from "./dates.js";
import { showGuide } from "./dialogs.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./toasts.js";
import { changed, page, viewer } from "./state.js";
import { count, language, pageLocale, setLanguage, t } from "./words.js";

const SPEEDS = [0, 1, 10, 60, 600];
const STEPS = [["clock.minute", 60], ["clock.ten", 600], ["clock.hour", 3600]];
const SHORT = { weekday: "short", day: "numeric", month: "short" };
const TIME = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

/** `waits`: person id → what waits for them. */
export function drawTopbar(waits) {
  fill(document.getElementById("bar"),
    drawerButton(waits),
    el("div.brand", {}, t("app.title")),
    face(), page.world.clock ? speeds() : el("span.muted", {}, t("clock.system")), page.world.clock && jumps(),
    connection(), tools());
  fill(document.getElementById("notices"), notices());
  tickClock();
}

/** On a narrow screen the people are in a drawer: its button says for how many of them something waits. */
function drawerButton(waits) {
  const waiting = [...waits.values()].filter(({ asks, unread }) => asks || unread).length;
  return el("button.quiet.drawer-button", { "aria-label": `${t("app.menu")}${waiting ? `, ${t("people.waiting")} : ${waiting}` : ""}`,
    onclick: () => document.body.classList.toggle("drawer-open") }, icon("menu"), waiting > 0 && el("span.badge.badge-ask", {}, waiting));
}

const face = () => el("div.clock", { role: "group", "aria-label": t("clock.title") },
  el("div.clock-local", {},
    el("span.clock-day"), " ", el("strong.clock-time"), " ", el("span.clock-zone", {}, cityOf(zoneOf(viewer())))),
  el("div.clock-utc"));

/** The running figures, written without a redraw. */
export function tickClock() {
  const now = clockNow();
  const write = (selector, text) => {
    const node = document.querySelector(selector);
    if (node && node.textContent !== text) node.textContent = text;
  };
  const locale = pageLocale();
  write(".clock-day", format(now, locale, zoneOf(viewer()), { ...SHORT, year: "numeric" }));
  write(".clock-time", format(now, locale, zoneOf(viewer()), TIME));
  write(".clock-utc", `${format(now, locale, "UTC", SHORT)} ${format(now, locale, "UTC", TIME)} ${t("clock.utc")}`);
}

function speeds() {
  const label = (speed) => (speed === 0 ? t("clock.pause") : speed === 1 ? t("clock.real") : t("clock.times", { speed }));
  return el("div.speeds", { role: "group", "aria-label": t("clock.speed") }, SPEEDS.map((speed) => el("button", {
    "aria-pressed": String(page.world.clock.speed === speed), "aria-label": label(speed), title: label(speed),
    onclick: () => setClock({ speed }),
  }, speed === 0 ? icon("pause") : `${speed}×`)));
}

const setClock = (body) => act("clock", "clock", body);
const jumpTo = (ms) => setClock({ launch: new Date(ms).toISOString() });

function jumps() {
  const step = ([key, seconds]) => el("button.btn", { onclick: () => jumpTo(clockNow() + seconds * 1000) }, t(key));
  return el("details.menu.jump", { key: "jump" }, el("summary.btn", {}, t("clock.jump"), icon("down")),
    el("div.menu-panel", {}, el("div.steps", {}, STEPS.map(step)), timeForm(zoneOf(viewer())),
      page.world.moments.length > 0 && el("h3", {}, t("clock.moments")), page.world.moments.map(moment)));
}

const timeForm = (zone) => el("form.to-time", { onsubmit: (event) => toTime(event, zone) },
  el("label", { for: "to-time" }, t("clock.to", { zone: cityOf(zone) })),
  el("div", {}, el("input", { id: "to-time", type: "datetime-local", required: true, value: wall(clockNow(), zone).slice(0, 16) }),
    el("button.btn.btn-primary", { type: "submit" }, t("clock.go"))));

function moment({ at, label }) {
  const ms = Date.parse(at);
  const isPast = ms <= clockNow();
  const when = format(ms, pageLocale(), zoneOf(viewer()), { ...SHORT, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return el("button.menu-item.moment", { key: at + label.en, disabled: isPast, onclick: () => jumpTo(ms) },
    el("span", {}, label[language()]), el("small", {}, isPast ? t("clock.past") : when));
}

function toTime(event, zone) {
  event.preventDefault();
  const ms = instant(event.currentTarget.querySelector("input").value, zone);
  if (ms <= clockNow()) {
    toast(t("clock.forward", { now: wall(clockNow(), zone).slice(11, 16) }));
    return;
  }
  event.currentTarget.closest("details").removeAttribute("open");
  jumpTo(ms);
}

function connection() {
  const { connections } = page.world;
  const isGood = !page.isOffline && connections > 0;
  const words = page.isOffline ? t("bot.offline") : connections ? count("bot.connected", connections) : t("bot.absent");
  return el(isGood ? "div.connection" : "div.connection.bad", { role: "status", title: words },
    el("span.dot"), el("span.connection-words", {}, words));
}

function tools() {
  const choose = (code) => () => {
    setLanguage(code);
    changed();
  };
  const one = (code) => el("button",
    { lang: code, "aria-pressed": String(language() === code), onclick: choose(code) }, code.toUpperCase());
  return el("div.tools", {}, el("button.quiet", { "aria-label": t("app.help"), title: t("app.help"), onclick: showGuide }, "?"),
    el("div.speeds", { role: "group", "aria-label": t("app.language") }, one("fr"), one("en")));
}

const notice = (...words) => el("p.notice", {}, icon("warn"), " ", words);

function notices() {
  const { bot, connections, faults } = page.world;
  const lost = bot.process && !bot.process.running ? t("bot.ended", { code: bot.process.code }) : !connections && t("bot.absent_long");
  const clear = () => act("faults", "fault", { kind: "clear" });
  return [
    page.isOffline ? notice(t("bot.offline_long")) : lost && notice(lost),
    faults.length > 0 && notice(t("bot.faults", { kinds: faults.map(({ kind }) => kind).join(", ") }), " ",
      el("button.link", { onclick: clear }, t("bot.clear_faults"))),
  ];
}
