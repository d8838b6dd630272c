/** Builds nodes from plain values, and fits a freshly drawn tree onto the one on screen so that typing, focus, scroll
 *  and open menus survive every redraw. Data only ever becomes text nodes and attributes. */

const HANDLERS = ["onclick", "onchange", "oninput", "onsubmit", "onkeydown", "onscroll", "ontoggle"];
const SVG = "http://www.w3.org/2000/svg";

/** `what` is a tag with its classes, "div.messages.wide"; a button is a plain one unless `type` says otherwise. */
export function el(what, props = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  node.classList.add(...classes);
  if (tag === "button") node.type = "button";
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...present(children));
  return node;
}

export function svg(paths, className) {
  const node = document.createElementNS(SVG, "svg");
  const frame = { viewBox: "0 0 20 20", class: className, "aria-hidden": "true" };
  for (const [name, value] of Object.entries(frame)) node.setAttribute(name, value);
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    node.append(path);
  }
  return node;
}

/** Shows `children` inside `root`, keeping every node that still fits. */
export function fill(root, ...children) {
  fitChildren(root, present(children));
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "")
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node[name] = value;
  else if (name === "key") node.dataset.key = value;
  else node.setAttribute(name, value === true ? "" : value);
}

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset.key : undefined);
const isSame = (a, b) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function fit(shown, fresh) {
  if (!isSame(shown, fresh)) return shown.replaceWith(fresh);
  if (shown.nodeType === Node.TEXT_NODE) {
    if (shown.data !== fresh.data) shown.data = fresh.data;
    return undefined;
  }
  fitAttributes(shown, fresh);
  for (const name of HANDLERS) if (shown[name] !== fresh[name]) shown[name] = fresh[name];
  return fitChildren(shown, [...fresh.childNodes]);
}

/** `open` belongs to the person who opened a menu; value and checked are properties once a person has touched a field. */
function fitAttributes(shown, fresh) {
  for (const { name, value } of fresh.attributes) if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  for (const { name } of [...shown.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) shown.removeAttribute(name);
}

function fitChildren(parent, wanted) {
  const keys = new Set(wanted.map(keyOf));
  for (const node of [...parent.childNodes]) if (keyOf(node) !== undefined && !keys.has(keyOf(node))) node.remove();
  const keyed = new Map([...parent.childNodes].filter((node) => keyOf(node) !== undefined).map((node) => [keyOf(node), node]));
  let next = parent.firstChild;
  for (const fresh of wanted) {
    const known = keyOf(fresh) === undefined ? (next && isSame(next, fresh) ? next : null) : keyed.get(keyOf(fresh));
    if (!known) {
      parent.insertBefore(fresh, next);
    } else {
      if (known === next) next = next.nextSibling;
      else parent.insertBefore(known, next);
      fit(known, fresh);
    }
  }
  while (next) {
    const after = next.nextSibling;
    next.remove();
    next = after;
  }
}
