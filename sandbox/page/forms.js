/** Reads a modal's fields back, as a submission. */
import { instant, zoneOf } from "./dates.js";
import { viewer } from "./state.js";

const READ = {
  text: (node) => node.value || null,
  value: (node) => node.value || null,
  instant: (node) => (node.value ? Math.floor(instant(node.value, zoneOf(viewer())) / 1000) : null),
  one: (node) => node.querySelector("input:checked")?.value ?? null,
  many: (node) => [...node.querySelectorAll("input:checked")].map((box) => box.value),
};

/** {block_id: {action_id: value}}; null for a field left or made empty. */
export function valuesOf(form) {
  const values = {};
  for (const node of form.querySelectorAll("[data-kind]")) {
    (values[node.dataset.block] ??= {})[node.dataset.action] = READ[node.dataset.kind](node);
  }
  return values;
}
