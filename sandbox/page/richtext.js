/** rich_text blocks (and the rich cells of tables) as nodes. */
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { lines } from "./mrkdwn.js";
import { broadcast, date, link, mention, roomLink } from "./tokens.js";

export const richText = (block) => el("div.rich", {}, (block.elements ?? []).map(part));

const PARTS = {
  rich_text_section: (one) => el("div", {}, inline(one)),
  rich_text_quote: (one) => el("blockquote", {}, inline(one)),
  rich_text_preformatted: (one) => el("pre", {}, inline(one)),
  rich_text_list: (one) => el(`${one.style === "ordered" ? "ol" : "ul"}.indent-${Math.min(one.indent ?? 0, 4)}`,
    { start: one.offset ? String(one.offset + 1) : null },
    one.elements.map((item) => el("li", {}, inline(item)))),
};

const part = (one) => PARTS[one.type]?.(one) ?? [];
const inline = (one) => (one.elements ?? []).map((leaf) => styled(LEAVES[leaf.type]?.(leaf) ?? [leaf.text ?? ""], leaf.style));

const LEAVES = {
  text: (leaf) => lines(leaf.text),
  link: (leaf) => [link(leaf.url, leaf.text ? [leaf.text] : [])],
  user: (leaf) => [mention(leaf.user_id)],
  channel: (leaf) => [roomLink(leaf.channel_id)],
  usergroup: (leaf) => [broadcast(leaf.usergroup_id)],
  broadcast: (leaf) => [broadcast(leaf.range)],
  emoji: (leaf) => [emoji(leaf.name)],
  date: (leaf) => [date(leaf.timestamp, leaf.format, leaf.url, leaf.fallback)],
  color: (leaf) => [el("code", {}, leaf.value)],
};

function styled(nodes, style = {}) {
  const wrap = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };
  return Object.entries(wrap).reduce((inner, [name, tag]) => (style[name] ? [el(tag, {}, inner)] : inner), nodes);
}
