/* Making and keeping elements. Text goes in as text nodes alone: nothing that somebody typed can become markup. */

const SVG = "http://www.w3.org/2000/svg";

/** An element. `props`: `class`, `on` (listeners), `data` (data-*), properties and attributes by their names. */
export function h(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) put(made, name, value);
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function put(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "on") for (const [event, told] of Object.entries(value)) element.addEventListener(event, told);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** One of the signs in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  return svg;
}

let last = 0;
/** An id that no other element has, to tie a label to its input. */
export const newId = (prefix) => `${prefix}-${++last}`;

/**
 * Makes `parent` show `items`, keeping the element of every item that is as it was: so that focus, what is typed
 * into a card, and what is unfolded survive the arrival of something else. Returns the items that were drawn anew.
 */
export function keep(parent, items, keyOf, draw) {
  const had = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const drawn = [];
  const nodes = items.map((item) => {
    const key = String(keyOf(item));
    const sign = JSON.stringify(item);
    const old = had.get(key);
    if (old && old.sign === sign) return old;
    const made = draw(item, old);
    made.dataset.key = key;
    made.sign = sign;
    drawn.push(item);
    return made;
  });
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
  return drawn;
}

/** Initials for a face without a picture. */
export const initials = (name) =>
  name.split(/\s+/).filter((word) => /^\p{L}/u.test(word)).map((word) => word[0]).slice(0, 2).join("").toUpperCase();

/** One of eight colours, always the same for the same name. */
export const hue = (name) => [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 8, 7);

let zone = "Europe/London";
export const keepTo = (wanted) => { zone = wanted; };
const format = (options, at) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(new Date(at * 1000));

export const hour = (at) => format({ hour: "2-digit", minute: "2-digit" }, at);
export const day = (at) => format({ weekday: "long", day: "numeric", month: "long" }, at);
export const moment = (at) => format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }, at);

/** Lets a button work on something, once at a time. It is not disabled: that would throw the focus away. */
export async function busily(button, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Lets a screen reader say it, once. */
export function speak(words) {
  document.getElementById("spoken").textContent = words;
}

let fading = 0;
/** Shows a sentence for a while. */
export function toast(words, { bad = false } = {}) {
  const shown = document.getElementById("toast");
  shown.textContent = words;
  shown.classList.toggle("bad", bad);
  shown.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { shown.hidden = true; }, bad ? 9000 : 5000);
}
