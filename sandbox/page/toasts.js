/** Short notices at the bottom of the page, read aloud by screen readers. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const SHOWN_MS = 9000;

export function toast(sentence) {
  const note = el("div", { class: "toast" }, icon("warn"), el("span", {}, sentence),
    el("button", { type: "button", class: "quiet", "aria-label": t("common.close"), onclick: () => note.remove() }, icon("close")));
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
