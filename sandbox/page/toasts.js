/** Short notices in a corner of the page, above everything, read aloud by screen readers. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const SHOWN_MS = 9000;

export function toast(sentence) {
  const note = el("div.toast", {}, icon("warn"), el("span", {}, sentence),
    el("button.quiet", { "aria-label": t("common.close"), onclick: () => note.remove() }, icon("close")));
  const box = document.getElementById("toasts");
  box.append(note);
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover(); // again, so that it stands above a modal opened since
  setTimeout(() => note.remove(), SHOWN_MS);
}
