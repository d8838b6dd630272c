/** A menu that opens on the spot. */
import { el } from "./dom.js";

/** `traits`: its key, and the name it is called by where its label is a drawing. */
export function menu(label, items, { key, name, look = "btn" }) {
  const bringIntoView = ({ currentTarget }) => currentTarget.open && currentTarget.lastElementChild.scrollIntoView({ block: "nearest" });
  return el("details.menu", { key, ontoggle: bringIntoView },
    el(`summary.${look}`, { "aria-label": name, title: name }, label), el("div.menu-panel", {}, items));
}
