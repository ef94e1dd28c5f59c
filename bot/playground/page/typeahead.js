/* A field that is filled by picking from what the bot suggests (WAI-ARIA combobox with a list). */

import { h, icon, newId } from "./dom.js";

const PAUSE = 180; // milliseconds without a key before the bot is asked

/**
 * `find(text)` resolves to [{value, title}]. `most` is how many may be picked. The result has `element`, `input`
 * (for the label), `picked()` and `pick(list)`.
 */
export function typeahead({ id, find, least = 1, most = 1, placeholder = "", changed = () => {} }) {
  let chosen = [];
  let shown = [];
  let active = -1;
  let asked = 0;
  let pause = 0;
  const listId = newId("suggestions");
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", placeholder, spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
  });
  const list = h("ul", { id: listId, class: "suggestions", role: "listbox", hidden: true });
  const tokens = h("span", { class: "tokens" });
  const clear = h("button", { type: "button", class: "icon-button clear", "aria-label": "Clear", hidden: true, on: { click: () => { pick([]); input.focus(); } } }, icon("close"));
  const element = h("div", { class: "typeahead" }, tokens, input, clear, list);

  function pick(several) {
    chosen = several;
    tokens.replaceChildren(...(most > 1 ? several.map(token) : []));
    input.value = most > 1 ? "" : several[0]?.title ?? "";
    clear.hidden = most > 1 || !several.length;
    hide();
    changed();
  }
  function token(one) {
    const drop = () => { pick(chosen.filter((other) => other.value !== one.value)); input.focus(); };
    return h("span", { class: "token" }, one.title, h("button", { type: "button", "aria-label": `Remove ${one.title}`, on: { click: drop } }, icon("close")));
  }
  function hide() {
    asked += 1;
    clearTimeout(pause);
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function take(one) {
    pick(most > 1 ? [...chosen.filter((other) => other.value !== one.value), one].slice(0, most) : [one]);
  }
  function show(found, words) {
    shown = found;
    active = found.length ? 0 : -1;
    list.replaceChildren(...(found.length ? found.map(option) : [h("li", { class: "none", role: "option", "aria-disabled": "true" }, words)]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point();
    list.scrollIntoView({ block: "nearest" });
  }
  function option(one, at) {
    return h("li", { id: `${listId}-${at}`, role: "option", "aria-selected": "false", on: { pointerdown: (event) => { event.preventDefault(); take(one); } } }, one.title);
  }
  function point() {
    [...list.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${listId}-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }
  async function search() {
    const text = input.value.trim();
    const turn = ++asked;
    if (text.length < least) return hide();
    try {
      const found = await find(text);
      if (turn === asked) show(found, "Nothing found");
    } catch (trouble) {
      if (turn === asked) show([], trouble.message);
    }
  }

  input.addEventListener("input", () => {
    if (most === 1 && chosen.length) { chosen = []; clear.hidden = true; changed(); }
    clearTimeout(pause);
    pause = setTimeout(search, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || !shown.length) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) active = (active + step + shown.length) % shown.length;
    else if (event.key === "Enter" || event.key === "Tab") take(shown[active]);
    else if (event.key === "Escape") { event.stopPropagation(); hide(); }
    else return;
    if (event.key !== "Tab") event.preventDefault();
    if (step) point();
  });
  // What was typed and not picked would be sent as nothing, so it must not look like an answer.
  input.addEventListener("blur", () => { hide(); if (!chosen.length || most > 1) input.value = ""; });

  return { element, input, pick, picked: () => chosen };
}
