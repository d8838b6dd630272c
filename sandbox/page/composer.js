/** Where a person types: messages, and slash commands with their suggestions. */
import { act } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { globalShortcuts } from "./shortcuts.js";
import { changed, nameOf, page } from "./state.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

const drafts = new Map(); // where → what is typed there and not sent

const draftKey = (thread) => `${page.me}|${page.place}|${thread ?? ""}`;
const areaOf = (node) => node.closest(".composer").querySelector("textarea");
const commands = () => page.world.commands || ["/launch"];
const fitting = (typed) => (typed ? commands().filter((name) => typed !== name && name.startsWith(typed)) : []);

export function drawComposer(room, thread) {
  const key = draftKey(thread);
  const isBusy = page.busy.has(`send|${key}`);
  const placeholder = t(thread ? "composer.thread" : "composer.placeholder", { name: nameOf(page.me) });
  const where = room && !room.is_im ? `#${room.name}` : page.world.bot.name;
  const onsubmit = (event) => {
    event.preventDefault();
    send(event.currentTarget, room, thread);
  };
  return el("form.composer", { key: `composer|${key}`, onsubmit },
    !thread && suggestions(fitting(drafts.get(key) ?? "")),
    !thread && commands().length > 0 && commandsButton(),
    !thread && globalShortcuts(),
    el("textarea", {
      rows: "1", key: `area|${key}`, placeholder, "aria-label": t("composer.label", { place: where }), autocomplete: "off",
      oninput: (event) => remember(key, event.currentTarget), onkeydown: onKey,
    }, drafts.get(key)),
    el("button.btn.btn-primary.send", { type: "submit", disabled: isBusy, "aria-busy": isBusy && "true", "aria-label": t("composer.send") },
      isBusy ? el("span.spinner") : icon("send"), el("span.wide-only", {}, t("composer.send"))));
}

function commandsButton() {
  const begin = (event) => type(areaOf(event.currentTarget), "/");
  return el("button.quiet", { "aria-label": t("composer.commands"), title: t("composer.commands"), onclick: begin }, icon("slash"));
}

function suggestions(names) {
  const choose = (name) => (event) => type(areaOf(event.currentTarget), name);
  return names.length > 0 && el("div.suggestions", { key: "suggestions" },
    names.map((name) => el("button.menu-item", { key: name, onclick: choose(name) }, el("code", {}, name))));
}

function remember(key, area) {
  drafts.set(key, area.value);
  area.rows = Math.min(6, area.value.split("\n").length);
  changed();
}

function type(area, words) {
  area.value = words;
  area.dispatchEvent(new Event("input"));
  area.focus();
}

function onKey(event) {
  const area = event.currentTarget;
  const [suggested] = fitting(area.value);
  if (suggested && (event.key === "Tab" || event.key === "Enter")) {
    event.preventDefault();
    type(area, suggested);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    area.form.requestSubmit();
  }
}

/** For the welcome: sends the command in the private conversation with the bot, which may begin by it. */
export function startButton() {
  const isBusy = page.busy.has("send|start");
  const [first] = commands();
  const start = () => command("start", page.world.bot.user_id, first);
  return first && el("button.btn.btn-primary", { disabled: isBusy, "aria-busy": isBusy && "true", onclick: start },
    isBusy && el("span.spinner"), t("guide.start"));
}

function command(key, channel, words) {
  const [, name, text] = /^(\/\S+)\s*([\s\S]*)$/.exec(words);
  return act(`send|${key}`, "command", { channel, user: page.me, command: name, text });
}

async function send(form, room, thread) {
  const area = form.querySelector("textarea");
  const words = area.value.trim();
  if (!words) return;
  if (thread && words.startsWith("/")) {
    toast(t("composer.no_thread_commands"));
    return;
  }
  const key = draftKey(thread);
  const channel = room?.id ?? page.world.bot.user_id;
  const answer = words.startsWith("/") ? await command(key, channel, words)
    : await act(`send|${key}`, "message", { channel, user: page.me, text: words, ...(thread && { thread_ts: thread }) });
  if (!answer) return;
  drafts.delete(key);
  if (area.value.trim() === words) type(area, "");
}
