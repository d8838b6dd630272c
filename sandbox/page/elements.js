/** The live parts of blocks: buttons, menus, choices, dates and text fields. Each field says in data-… how its value is read. */
import { cityOf, wall, zoneOf } from "./dates.js";
import { el } from "./dom.js";
import { valueOf } from "./forms.js";
import { icon } from "./icons.js";
import { menu } from "./menus.js";
import { plain, textObject } from "./mrkdwn.js";
import { isBusy, press } from "./press.js";
import { nameOf, page, people, viewer } from "./state.js";
import { fileField } from "./upload.js";
import { t } from "./words.js";

/** An element → a node; a kind that is not known says so in the open. */
export function drawElement(element, block, ctx) {
  const state = ctx?.values?.[block?.block_id]?.[element.action_id];
  return (KINDS[element.type] ?? unknown)(state ? asLeft(element, state) : element, block, ctx);
}

/** A field of a view as the person left it: its state stands in place of what it began with. */
function asLeft(element, { type, ...state }) {
  const left = Object.entries(state).map(([name, value]) => [name.replace(/^selected_|^(?=value$)/, "initial_"), value]);
  return { ...element, ...Object.fromEntries(left), type };
}

export const unknown = ({ type }) => el("span.unknown", {}, t("block.unknown", { kind: type }));

function button(element, block, ctx) {
  const said = element.value === undefined ? {} : { value: element.value };
  const isWaiting = isBusy(ctx, block, element, said);
  const style = { primary: ".btn-primary", danger: ".btn-danger" }[element.style] ?? "";
  const isAddress = /^https?:/i.test(element.url ?? "");
  const follow = () => isAddress && window.open(element.url, "_blank", "noopener");
  return el(`button.btn${style}`, {
    key: `${block.block_id}/${element.action_id}/${element.value ?? ""}`, disabled: isWaiting,
    "aria-busy": isWaiting && "true", "aria-label": element.accessibility_label,
    onclick: async () => { if (await press(ctx, block, element, said)) follow(); },
  }, isWaiting && el("span.spinner"), textObject(element.text));
}

function overflow(element, block, ctx) {
  const choose = (option) => async () => {
    if (await press(ctx, block, element, { selected: option.value }) && option.url) window.open(option.url, "_blank", "noopener");
  };
  const item = (option) => el("button.menu-item", { onclick: choose(option) }, textObject(option.text));
  return menu(icon("more"), element.options.map(item), { key: `${block.block_id}/${element.action_id}`, name: t("block.more") });
}

/** What every field carries, so that a form can be read back and a label can point at it. */
function traits(kind, element, block, ctx) {
  const id = fieldId(element, block, ctx);
  return { "data-kind": kind, "data-block": block.block_id, "data-action": element.action_id, id, key: id };
}
export const fieldId = (element, block, ctx) => `${ctx.key}|${block.block_id}|${element.action_id}`.replace(/[^\w|.-]/g, "_");

const isLive = (block, ctx) => ctx.source.view !== "modal" || block.type !== "input" || block.dispatch_action;
const told = (element, block, ctx) => isLive(block, ctx)
  && (({ currentTarget }) => press(ctx, block, element, { selected: valueOf(currentTarget) }));

const asOption = (option) => ({ value: option.value, text: plain(option.text), label: option.text, more: option.description });
const hintOf = (element, otherwise) => (element.placeholder ? plain(element.placeholder) : otherwise);
const groupsOf = (element) => (element.option_groups ?? [{ options: element.options ?? [] }])
  .map((group) => ({ label: group.label && plain(group.label), options: group.options.map(asOption) }));
const persons = () => [{ options: people().map(({ id }) => ({ value: id, text: nameOf(id) })) }];
const rooms = () => [{ options: page.world.channels.filter((one) => !one.is_im).map((one) => ({ value: one.id, text: `#${one.name}` })) }];

function select(groups, initial) {
  return (element, block, ctx) => {
    const option = ({ value, text }) => el("option", { value, selected: value === initial(element) }, text);
    const grouped = ({ label, options }) => (label ? el("optgroup", { label }, options.map(option)) : options.map(option));
    const empty = el("option", { value: "" }, hintOf(element, t("block.choose")));
    return el("select", {
      ...traits("value", element, block, ctx), "aria-label": hintOf(element, t("block.choose")),
      onchange: told(element, block, ctx),
    }, empty, groups(element).map(grouped));
  };
}

function choices(kind, groups, initial) {
  return (element, block, ctx) => {
    const name = fieldId(element, block, ctx);
    const type = kind === "one" ? "radio" : "checkbox";
    const one = ({ value, text, label, more }) => el("label.choice", {},
      el("input", { type, name, value, checked: initial(element).includes(value) }),
      el("span", {}, label ? textObject(label) : text, more && el("small", {}, textObject(more))));
    return el("div.choices", {
      ...traits(kind, element, block, ctx), role: kind === "one" ? "radiogroup" : "group", tabindex: "-1",
      onchange: told(element, block, ctx),
    }, groups(element).map((group) => [group.label && el("div.choices-label", {}, group.label), group.options.map(one)]));
  };
}

function field(type, kind, initial) {
  return (element, block, ctx) => el("input.field", {
    ...traits(kind, element, block, ctx), type, value: initial(element), placeholder: hintOf(element),
    min: element.min_value, max: element.max_value, step: type === "number" && (element.is_decimal_allowed ? "any" : "1"),
    autofocus: element.focus_on_load, onchange: told(element, block, ctx),
  });
}

/** A text field of a modal offers an example, so that a visitor can go through a launch with the mouse alone. */
function text(element, block, ctx) {
  const shared = {
    ...traits("text", element, block, ctx), placeholder: hintOf(element, " "),
    maxlength: element.max_length, autofocus: element.focus_on_load,
    onkeydown: isLive(block, ctx) && !element.multiline && ((event) => {
      if (event.key === "Enter") press(ctx, block, element, { value: event.currentTarget.value });
    }),
  };
  const input = element.multiline ? el("textarea.field", { ...shared, rows: "3" }, element.initial_value)
    : el("input.field", { ...shared, type: "text", value: element.initial_value });
  const fillIn = (event) => {
    const target = event.currentTarget.previousElementSibling;
    target.value = t("modal.sample_text").slice(0, element.max_length ?? undefined);
    target.focus();
  };
  return el("div.text-field", {}, input,
    ctx.source.view === "modal" && el("button.link.sample", { onclick: fillIn }, icon("pen"), t("modal.sample")));
}

/** An instant is asked in the time of whoever fills it in, and says so. */
const instantField = (element, block, ctx) => el("div.instant-field", {},
  field("datetime-local", "instant", localDateTime)(element, block, ctx), el("small", {}, t("block.zone", { zone: cityOf(zoneOf(viewer())) })));

const localDateTime = (element) => element.initial_date_time && wall(element.initial_date_time * 1000, zoneOf(viewer())).slice(0, 16);

const valuesOf = (list) => (list ?? []).map((option) => option.value);
const KINDS = {
  button,
  overflow,
  static_select: select(groupsOf, (one) => one.initial_option?.value),
  users_select: select(persons, (one) => one.initial_user),
  channels_select: select(rooms, (one) => one.initial_channel),
  conversations_select: select(rooms, (one) => one.initial_conversation),
  multi_static_select: choices("many", groupsOf, (one) => valuesOf(one.initial_options)),
  multi_users_select: choices("many", persons, (one) => one.initial_users ?? []),
  multi_channels_select: choices("many", rooms, (one) => one.initial_channels ?? []),
  multi_conversations_select: choices("many", rooms, (one) => one.initial_conversations ?? []),
  radio_buttons: choices("one", groupsOf, (one) => [one.initial_option?.value]),
  checkboxes: choices("many", groupsOf, (one) => valuesOf(one.initial_options)),
  datepicker: field("date", "value", (one) => one.initial_date),
  timepicker: field("time", "value", (one) => one.initial_time),
  datetimepicker: instantField,
  number_input: field("number", "value", (one) => one.initial_value),
  email_text_input: field("email", "value", (one) => one.initial_value),
  url_text_input: field("url", "value", (one) => one.initial_value),
  plain_text_input: text,
  file_input: (element, block, ctx) => fileField(element, traits("files", element, block, ctx)),
  image: (one) => el("img.thumb", { src: one.image_url, alt: one.alt_text ?? "", referrerpolicy: "no-referrer" }),
};
