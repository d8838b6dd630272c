/** The `markdown` block: headings, lists, quotes, fenced code, tables and inline marks of standard Markdown. */
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./tokens.js";

const INLINE = [
  [/^`([^`]+)`/, (m) => el("code", {}, m[1])],
  [/^\*\*(\S|\S[\s\S]*?\S)\*\*/, (m) => el("strong", {}, inline(m[1]))],
  [/^~~(\S|\S[\s\S]*?\S)~~/, (m) => el("s", {}, inline(m[1]))],
  [/^[*_](\S|\S[^*_]*?\S)[*_](?!\w)/, (m) => el("em", {}, inline(m[1]))],
  [/^!?\[([^\]]*)\]\(([^()\s]+)\)/, (m) => link(m[2], inline(m[1]))],
  [/^<?(https?:\/\/[^\s<>]+)>?/, (m) => link(m[1], [])],
];

function inline(text) {
  const nodes = [];
  for (let at = 0, plain = 0; at <= text.length;) {
    const rest = text.slice(at);
    const isInsideWord = at > plain && /\w/.test(text[at - 1]);
    const hit = rest && !isInsideWord && INLINE.map(([rule, build]) => [rule.exec(rest), build]).find(([match]) => match);
    if (hit || !rest) nodes.push(withEmoji(text.slice(plain, at)));
    if (!rest) break;
    if (hit) nodes.push(hit[1](hit[0]));
    at += hit ? hit[0][0].length : 1;
    if (hit) plain = at;
  }
  return nodes;
}

const KINDS = [
  ["code", /^```/], ["heading", /^#{1,6}\s+/], ["rule", /^(-{3,}|\*{3,})\s*$/], ["quote", /^>\s?/],
  ["bullet", /^\s*[-*+]\s+/], ["number", /^\s*\d+[.)]\s+/], ["table", /^\s*\|.*\|\s*$/], ["blank", /^\s*$/],
];
const kindOf = (line) => KINDS.find(([, rule]) => rule.test(line))?.[0] ?? "paragraph";
const strip = (line, kind) => line.replace(KINDS.find(([name]) => name === kind)[1], "");

/** Runs of lines of one kind; a fence takes everything up to its end. */
function runs(text) {
  const found = [];
  let fence = null;
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    if (fence) {
      if (kind === "code") fence = null;
      else fence.lines.push(line);
    } else if (kind === "code") {
      found.push((fence = { kind, lines: [] }));
    } else if (kind !== "heading" && found.at(-1)?.kind === kind) {
      found.at(-1).lines.push(line);
    } else {
      found.push({ kind, lines: [line] });
    }
  }
  return found;
}

const BUILD = {
  code: (all) => el("pre", {}, all.join("\n")),
  heading: ([line]) => el("div.md-heading", { role: "heading", "aria-level": "4" }, inline(strip(line, "heading"))),
  rule: () => el("hr"),
  quote: (all) => el("blockquote", {}, inline(all.map((line) => strip(line, "quote")).join("\n"))),
  bullet: (all) => el("ul", {}, all.map((line) => el("li", {}, inline(strip(line, "bullet"))))),
  number: (all) => el("ol", {}, all.map((line) => el("li", {}, inline(strip(line, "number"))))),
  table: (all) => el("div.table-scroll", {}, el("table", {}, all.filter((line) => !/^[\s|:-]+$/.test(line)).map(row))),
  blank: () => null,
  paragraph: (all) => el("p", {}, inline(all.join("\n"))),
};

const cellsOf = (line) => line.trim().slice(1, -1).split("|");
const row = (line, index) => el("tr", {}, cellsOf(line).map((cell) => el(index ? "td" : "th", {}, inline(cell.trim()))));

export const markdown = (text) => el("div.markdown", {}, runs(text).map(({ kind, lines }) => BUILD[kind](lines)));
