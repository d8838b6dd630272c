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
    fill(dialog);
    return;
  }
  dialog.oncancel = (event) => {
    event.preventDefault();
    close();
  };
  fill(dialog, body(view));
  if (!dialog.open) {
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector("[data-kind]"))?.focus();
  }
}

function body(view) {
  const errors = refused.view === view.id ? refused.errors : {};
  const ctx = { key: `${page.me}|${view.id}`, source: { view: "modal" }, values: view.state.values, errors };
  const isBusy = page.busy.has("submit");
  const onsubmit = (event) => {
    event.preventDefault();
    submit(event.currentTarget, view);
  };
  return el("form", { key: ctx.key, novalidate: true, onsubmit },
    el("header.dialog-head", {}, el("h2", { id: "modal-title" }, textObject(view.title)),
      el("button.quiet", { "aria-label": t("common.close"), onclick: close }, icon("close"))),
    el("div.dialog-body", {}, drawBlocks(view.blocks, ctx)),
    el("footer.dialog-feet", {},
      el("button.btn", { onclick: close }, view.close ? textObject(view.close) : t("modal.close")),
      view.submit && el("button.btn.btn-primary", { type: "submit", disabled: isBusy, "aria-busy": isBusy && "true" },
        isBusy && el("span.spinner"), textObject(view.submit))));
}
