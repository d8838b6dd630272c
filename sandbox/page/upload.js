/** The field for files: each goes to the workspace as soon as it is chosen; the form then names them by id. */
import { act } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { changed, page } from "./state.js";
import { pageLocale, t } from "./words.js";

const MOST = 10; // Slack's own limit where the app names none
const UNITS = [["megabyte", 1_000_000], ["kilobyte", 1_000], ["byte", 1]];
const chosen = new Map(); // id of a field → the files in it, as the desk told them

/** `traits` are what every field carries; `traits.id` is the label's target. */
export function fileField(element, { id, key, ...traits }) {
  const files = chosen.get(id) ?? [];
  const most = element.max_files ?? MOST;
  const isBusy = page.busy.has(`upload|${id}`);
  return el("div.files", { key, ...traits, "data-files": files.map((file) => file.id).join(" ") },
    files.map((file) => row(file, id)),
    files.length < most && el("label.btn.file-choose", { key: "choose", "aria-busy": isBusy && "true" },
      isBusy ? el("span.spinner") : icon("clip"), t(most > 1 ? "files.choose_many" : "files.choose"),
      el("input", {
        id, type: "file", multiple: most > 1, disabled: isBusy, accept: element.filetypes?.map((type) => `.${type}`).join(","),
        onchange: (event) => upload(event.currentTarget, id, most - files.length),
      })));
}

function row(file, id) {
  const remove = () => {
    chosen.set(id, chosen.get(id).filter((one) => one !== file));
    changed();
  };
  return el("div.file", { key: file.id }, icon("file"), el("span.file-name", {}, file.name), el("small", {}, sizeOf(file.size)),
    el("button.quiet", { "aria-label": t("files.remove", { name: file.name }), title: t("files.remove", { name: file.name }), onclick: remove },
      icon("close")));
}

function sizeOf(bytes) {
  const [unit, size] = UNITS.find(([, length]) => bytes >= length) ?? UNITS[2];
  const unitDisplay = unit === "byte" ? "long" : "short";
  return new Intl.NumberFormat(pageLocale(), { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 }).format(bytes / size);
}

async function upload(input, id, room) {
  const files = [...input.files].slice(0, room);
  input.value = "";
  for (const file of files) {
    const answer = await act(`upload|${id}`, "files", { user: page.me, name: file.name, content: await file.text() });
    if (answer) chosen.set(id, [...(chosen.get(id) ?? []), answer.file]);
  }
  changed();
}
