/** The one modal a person may have open: its blocks, its fields, and the errors found in them. */
import { act } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { valuesOf } from "./forms.js";
import { icon } from "./icons.js";
import { submitted } from "./marks.js";
import { textObject } from "./mrkdwn.js";
import { changed, page } from "./state.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

let refused = { view: null, errors: {} };
const covered = new Map(); // id of a view that another one covers → its form, with what was typed there

const close = () => act("close", "close-view", { user: page.me });

async function submit(form, view) {
  const person = page.me;
  const answer = await act("submit", "submit", { user: person, values: valuesOf(form) });
  if (!answer) return;
  refused = { view: view.id, errors: answer.errors ?? {} };
  if (answer.error) toast(t("modal.not_taken", { error: answer.error }));
  if (answer.closed) submitted(person);
  changed();
}

export function drawModal() {
  const dialog = document.getElementById("modal");
  const view = page.world.views[page.me];
  if (!view) {
    if (dialog.open) dialog.close();
    covered.clear();
    fill(dialog);
    return;
  }
  dialog.oncancel = (event) => {
    event.preventDefault();
    close();
  };
  uncover(dialog, view);
  fill(dialog, body(view));
  if (!dialog.open) {
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector("[data-kind]"))?.focus();
  }
}

/** A view pushed on top leaves the one below as it is, to come back to. */
function uncover(dialog, view) {
  const shown = dialog.querySelector("form");
  if (!shown || shown.dataset.view === view.id) return;
  covered.set(shown.dataset.view, shown);
  shown.remove();
  if (covered.has(view.id)) dialog.append(covered.get(view.id));
}

function body(view) {
  const errors = refused.view === view.id ? refused.errors : {};
  const ctx = { key: `${page.me}|${view.id}`, source: { view: "modal" }, values: view.state.values, errors };
  const isBusy = page.busy.has("submit");
  const onsubmit = (event) => {
    event.preventDefault();
    submit(event.currentTarget, view);
  };
  const leave = (sign, words) => el("button.quiet", { key: sign, "aria-label": words, title: words, onclick: close }, icon(sign));
  return el("form", { key: ctx.key, "data-view": view.id, novalidate: true, onsubmit },
    el("header.dialog-head", {}, view.previous_view_id && leave("back", t("modal.back")),
      el("h2", { id: "modal-title" }, textObject(view.title)), !view.previous_view_id && leave("close", t("common.close"))),
    el("div.dialog-body", {}, drawBlocks(view.blocks, ctx)),
    el("footer.dialog-feet", {},
      el("button.btn", { onclick: close }, view.close ? textObject(view.close) : t("modal.close")),
      view.submit && el("button.btn.btn-primary", { type: "submit", disabled: isBusy, "aria-busy": isBusy && "true" },
        isBusy && el("span.spinner"), textObject(view.submit))));
}
