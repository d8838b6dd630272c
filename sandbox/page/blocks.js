/** Slack's layout blocks as nodes. */
import { drawElement, fieldId, unknown } from "./elements.js";
import { el } from "./dom.js";
import { markdown } from "./markdown.js";
import { mrkdwn, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { t } from "./words.js";

/** Blocks → nodes. `ctx`: {key, source: {channel, messageTs} | {view}, values: the state of a view, errors: {block_id: sentence}}. */
export const drawBlocks = (blocks, ctx) => blocks.map((block) => (BLOCKS[block.type] ?? unknown)(block, ctx));

const BLOCKS = {
  header: (block) => el("h3.b-header", {}, textObject(block.text)),
  divider: () => el("hr"),
  section,
  context: (block) => el("div.b-context", {},
    block.elements.map((one) => (one.type === "image" ? drawElement(one) : el("span", {}, textObject(one))))),
  actions: (block, ctx) => el("div.b-actions", {}, block.elements.map((one) => drawElement(one, block, ctx))),
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  image: (block) => el("figure.b-image", {}, block.title && el("figcaption", {}, textObject(block.title)),
    el("img", { src: block.image_url ?? block.slack_file?.url, alt: block.alt_text ?? "", referrerpolicy: "no-referrer" })),
  table,
  container,
  input,
};

function section(block, ctx) {
  const words = el("div.b-text", {}, block.text && el("div", {}, textObject(block.text)),
    block.fields && el("div.b-fields", {}, block.fields.map((one) => el("div", {}, textObject(one)))));
  return el("div.b-section", {}, words, block.accessory && el("div.b-accessory", {}, drawElement(block.accessory, block, ctx)));
}

function table(block) {
  const align = (index) => ({ center: ".t-center", right: ".t-right" }[block.column_settings?.[index]?.align] ?? "");
  const content = (cell) => (cell.type === "rich_text" ? richText(cell) : cell.text ?? cell.value);
  const drawn = (cells, row) => el("tr", {}, cells.map((cell, index) => el(`${row ? "td" : "th"}${align(index)}`, {}, content(cell))));
  return el("div.table-scroll", {}, el("table", {}, block.rows.map(drawn)));
}

/** A collapsible one shows its title only until it is opened; `open` then belongs to the reader. */
function container(block, ctx) {
  const children = block.child_blocks.map((one) => (BLOCKS[one.type] ?? unknown)(one, ctx));
  const title = [textObject(block.title), block.subtitle && el("small", {}, textObject(block.subtitle))];
  if (!block.is_collapsible) return el("div.b-container", {}, el("strong", {}, title), children);
  return el("details.b-container", { open: !block.default_collapsed }, el("summary", {}, title), children);
}

function input(block, ctx) {
  const id = fieldId(block.element, block, ctx);
  const error = ctx.errors?.[block.block_id];
  return el(error ? "div.b-input.has-error" : "div.b-input", { key: `input|${id}` },
    el("label", { for: id }, textObject(block.label), block.optional && el("small", {}, ` ${t("modal.optional")}`)),
    drawElement(block.element, block, ctx),
    error && el("p.field-error", { role: "alert" }, error),
    block.hint && el("p.hint", {}, textObject(block.hint)));
}

/** The body of a message: its blocks, or its text when it has none. */
export const bodyOf = (message, ctx) => (message.blocks?.length ? drawBlocks(message.blocks, ctx)
  : el("div.b-text", {}, mrkdwn(message.text)));
