/** Slack's mrkdwn and plain_text as nodes. */
import { el } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { broadcast, date, link, mention, roomLink } from "./tokens.js";

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A text object of a block → its words alone, for where nodes cannot stand. */
export const plain = (text) => (text.emoji === false ? unescape(text.text) : withEmoji(unescape(text.text)));

/** A text object of a block → nodes. */
export const textObject = (text) => (text.type === "mrkdwn" ? mrkdwn(text.text) : lines(plain(text)));

export const lines = (text) => text.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));

export function mrkdwn(text) {
  return text.split(/```([\s\S]*?)```/).flatMap((part, index) => index % 2
    ? [el("pre", {}, unescape(part.replace(/^\n|\n$/g, "")))]
    : quotes(part));
}

/** Lines that begin with > stand together as one quote. */
function quotes(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const last = groups.at(-1);
    if (last && last.isQuote === Boolean(quoted)) last.lines.push(quoted ? quoted[1] : line);
    else groups.push({ isQuote: Boolean(quoted), lines: [quoted ? quoted[1] : line] });
  }
  return groups.flatMap((group) => {
    const nodes = group.lines.flatMap((line, index) => (index ? [el("br"), ...inline(line)] : inline(line)));
    return group.isQuote ? [el("blockquote", {}, nodes)] : nodes;
  });
}

const STYLES = { "*": "strong", _: "em", "~": "s" };
const SPAN = /^([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u;

function inline(text) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(unescape(plain));
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const [length, node] = token(text, at);
    if (length) {
      flush();
      nodes.push(node);
    } else {
      plain += text[at];
    }
    at += length || 1;
  }
  flush();
  return nodes;
}

/** The token that begins at `at`: [its length, its node], or [0] for an ordinary character. */
function token(text, at) {
  const rest = text.slice(at);
  const code = /^`([^`\n]+)`/.exec(rest);
  if (code) return [code[0].length, el("code", {}, unescape(code[1]))];
  const angle = /^<([^<>\n]+)>/.exec(rest);
  if (angle) return [angle[0].length, angled(angle[1])];
  const name = /^:([a-z0-9_+'-]+):/.exec(rest);
  if (name && emoji(name[1]) !== name[0]) return [name[0].length, emoji(name[1])];
  const isWordBefore = at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]);
  const span = !isWordBefore && SPAN.exec(rest);
  return span ? [span[0].length, el(STYLES[span[1]], {}, inline(span[2]))] : [0];
}

function angled(content) {
  const [target, label] = splitOnce(content, "|");
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return roomLink(target.slice(1), label);
  if (target.startsWith("!date^")) {
    const [, ts, pattern, url] = target.split("^");
    return date(ts, unescape(pattern ?? ""), url && unescape(url), label && unescape(label));
  }
  if (target.startsWith("!subteam^")) return broadcast((label ?? target.slice(9)).replace(/^@/, ""));
  if (target.startsWith("!")) return broadcast(target.slice(1));
  return link(unescape(target), label ? inline(label) : []);
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
