/* A button with a small list under it, worked by mouse, touch or arrow keys. It stands in the browser's top layer,
   so that no scrolling box cuts it off. */

import { h } from "./dom.js";

/** `entries` is asked each time the menu opens: [{label, hint, do}]. */
export function menuButton({ label, face, entries, kind = "icon-button" }) {
  const button = h("button", { type: "button", class: kind, "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false" }, face);
  button.addEventListener("click", () => open(button, label, entries()));
  return button;
}

function open(button, label, entries) {
  const list = h("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" });
  for (const entry of entries) {
    const chosen = () => { list.hidePopover(); entry.do(); };
    list.append(h("button", { type: "button", role: "menuitem", tabindex: "-1", on: { click: chosen } },
      entry.label, entry.hint && h("small", {}, entry.hint)));
  }
  list.addEventListener("keydown", (event) => walk(list, event));
  list.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    button.setAttribute("aria-expanded", "false");
    if (list.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    list.remove();
  });
  (button.closest("dialog") ?? document.body).append(list);
  list.showPopover();
  place(list, button);
  button.setAttribute("aria-expanded", "true");
  list.firstElementChild?.focus();
}

function walk(list, event) {
  const entries = [...list.children];
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (event.key === "Tab") list.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  entries[(to + entries.length) % entries.length].focus();
}

function place(list, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = list;
  const below = at.bottom + 4 + high < innerHeight;
  list.style.top = `${below ? at.bottom + 4 : Math.max(4, at.top - 4 - high)}px`;
  list.style.left = `${Math.max(4, Math.min(at.right - wide, innerWidth - wide - 4))}px`;
}
