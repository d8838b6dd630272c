/** Short notices in a corner of the page, above everything, read aloud by screen readers. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const SHOWN_MS = 9000;

export const toast = (sentence) => note("warn", "warn", el("span", {}, sentence));

/** `kind` is "warn" or "push"; a new push takes the place of the last one. */
export function note(kind, sign, content) {
  const box = document.getElementById("toasts");
  if (kind === "push") box.querySelector(".toast-push")?.remove();
  const close = () => shown.remove();
  const shown = el(`div.toast.toast-${kind}`, {}, icon(sign), content,
    el("button.quiet", { "aria-label": t("common.close"), onclick: close }, icon("close")));
  if (kind === "push") content.addEventListener("click", close);
  box.append(shown);
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover(); // again, so that it stands above a modal opened since
  setTimeout(close, SHOWN_MS);
}
