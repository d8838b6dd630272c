/** The small dialogs of the page itself: a button's confirmation, and how the page works. */
import { el, fill } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { t } from "./words.js";

/** Shows a confirm object as Slack does and answers what the person chose. */
export function confirmed(confirm) {
  const said = (object, fallback) => (object ? textObject(object) : fallback);
  const style = confirm.style === "danger" ? "btn-danger" : "btn-primary";
  return shown("confirm", [
    el("h2", { id: "confirm-title" }, textObject(confirm.title)),
    el("div.dialog-body", {}, textObject(confirm.text)),
    el("form.dialog-feet", { method: "dialog" },
      el("button.btn", { type: "submit", value: "no" }, said(confirm.deny, t("confirm.no"))),
      el(`button.btn.${style}`, { type: "submit", value: "yes" }, said(confirm.confirm, t("confirm.yes")))),
  ]);
}

export function showGuide() {
  const feet = el("form.dialog-feet", { method: "dialog" }, el("button.btn", { type: "submit" }, t("common.close")));
  return shown("guide", [guide("guide-title"), feet]);
}

function shown(id, children) {
  const dialog = document.getElementById(id);
  fill(dialog);
  fill(dialog, children);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

/** The four steps a newcomer needs; `more` follows the second. */
export function guide(id, more) {
  const steps = [t("guide.person"), [t("guide.command"), more], t("guide.clock"), t("guide.badge")];
  return el("div.guide", {}, el("h2", { id }, t("guide.title")), el("ol", {}, steps.map((step) => el("li", {}, step))));
}
