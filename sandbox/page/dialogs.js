/** The small dialogs of the page itself: a button's confirmation, and how the page works. */
import { el, fill } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { t } from "./words.js";

/** Shows a confirm object as Slack does and answers what the person chose. */
export function confirmed(confirm) {
  const said = (object, fallback) => (object ? textObject(object) : fallback);
  const yes = el("button", { value: "yes", class: confirm.style === "danger" ? "btn btn-danger" : "btn btn-primary" }, said(confirm.confirm, t("confirm.yes")));
  return shown("confirm", [
    el("h2", { id: "confirm-title" }, textObject(confirm.title)),
    el("div", { class: "dialog-body" }, textObject(confirm.text)),
    el("form", { method: "dialog", class: "dialog-feet" }, el("button", { value: "no", class: "btn" }, said(confirm.deny, t("confirm.no"))), yes),
  ]);
}

export function showGuide() {
  return shown("guide", [guide("guide-title"), el("form", { method: "dialog", class: "dialog-feet" }, el("button", { class: "btn" }, t("common.close")))]);
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
  return el("div", { class: "guide" }, el("h2", { id }, t("guide.title")),
    el("ol", {}, el("li", {}, t("guide.person")), el("li", {}, t("guide.command"), more), el("li", {}, t("guide.clock")), el("li", {}, t("guide.badge"))));
}
