/** Reads fields back: one that was changed, or all of a modal as a submission. */
import { instant, zoneOf } from "./dates.js";
import { viewer } from "./state.js";

const READ = {
  text: (node) => node.value || null,
  value: (node) => node.value || null,
  instant: (node) => (node.value ? Math.floor(instant(node.value, zoneOf(viewer())) / 1000) : null),
  one: (node) => node.querySelector("input:checked")?.value ?? null,
  files: (node) => node.dataset.files.split(" ").filter(Boolean),
  many: (node) => [...node.querySelectorAll("input:checked")].map((box) => box.value),
};

/** What a field holds, as the desk takes it: a text, an option's value, seconds since the epoch, a list; null when empty. */
export const valueOf = (field) => READ[field.dataset.kind](field);

/** {block_id: {action_id: value}}; null for a field left or made empty. */
export function valuesOf(form) {
  const values = {};
  for (const field of form.querySelectorAll("[data-kind]")) (values[field.dataset.block] ??= {})[field.dataset.action] = valueOf(field);
  return values;
}
