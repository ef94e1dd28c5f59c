/* The box to type in, with what is offered after a slash, and the menu beside it. */

import { busily, h, icon, newId } from "./dom.js";
import { menuButton } from "./menu.js";

export function composer({ platform, person, doing, screen, chat }) {
  let offered = [];
  let active = 0;
  const id = newId("compose");
  const listId = newId("commands");
  const list = h("ul", { id: listId, class: "commands", role: "listbox", "aria-label": "Commands", hidden: true });
  const label = h("label", { for: id, class: "for-ears" });
  const input = h("textarea", {
    id, rows: "1", autocomplete: "off", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
    on: { input: offer, keydown: keys, blur: hide },
  });
  const entries = () => platform.menu(screen(), doing);
  const plus = menuButton({ label: platform.look === "slack" ? "Shortcuts" : "Apps", face: icon(platform.look === "slack" ? "bolt" : "plus"), entries });
  const send = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send" }, icon("send"));
  const element = h("form", { class: "composer", on: { submit: (event) => { event.preventDefault(); busily(send, go); } } }, list, label, h("div", { class: "compose-box" }, plus, input, send));

  function refresh() {
    const told = platform.place(chat(), screen());
    label.textContent = `Message ${told.name}`;
    input.placeholder = chat().place === "bot" ? `Message ${told.name}, or type /` : `Message ${told.name}`;
    plus.hidden = !entries().length;
  }

  function offer() {
    grow();
    const typed = input.value.toLowerCase();
    offered = typed.startsWith("/") && !typed.includes(" ") && !typed.includes("\n")
      ? platform.commands(screen(), chat(), doing).filter((one) => one.typed.toLowerCase().startsWith(typed)) : [];
    active = 0;
    list.replaceChildren(...offered.map((one, at) =>
      h("li", { id: `${listId}-${at}`, role: "option", on: { pointerdown: (event) => { event.preventDefault(); choose(one); } } },
        h("strong", {}, one.typed), h("span", {}, one.hint), h("small", {}, one.by))));
    list.hidden = !offered.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point();
  }

  function point() {
    [...list.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === active)));
    if (offered.length) input.setAttribute("aria-activedescendant", `${listId}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function hide() {
    offered = [];
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(one) {
    hide();
    if (one.do) { input.value = ""; grow(); one.do(); return; }
    input.value = `${one.typed} `;
    input.focus();
  }

  function keys(event) {
    if (!list.hidden && offered.length) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { active = (active + step + offered.length) % offered.length; point(); event.preventDefault(); return; }
      if (event.key === "Escape") { hide(); event.preventDefault(); return; }
      const whole = input.value.trim().toLowerCase() === offered[active].typed.toLowerCase() && !offered[active].do;
      if (event.key === "Tab" || (event.key === "Enter" && !whole)) { event.preventDefault(); choose(offered[active]); return; }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); busily(send, go); }
  }

  async function go() {
    const text = input.value.trim();
    if (!text) return;
    hide();
    input.value = "";
    grow();
    const trouble = await doing.attempt(() => doing.hands.say({ text, place: chat().place }));
    // What could not be sent is not lost.
    if (trouble && !input.value) { input.value = text; grow(); }
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  }

  return { element, refresh, focus: () => input.focus() };
}
