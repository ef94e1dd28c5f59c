/* A window over the client: a modal, a dialog, a question. One at a time may be on top of another. */

import { h, icon, newId } from "./dom.js";

const REACHABLE = 'button, input, select, textarea, a[href], summary, [tabindex="0"]';

/** Opens an empty window. `onLeave` is asked when the person wants out (Escape, the cross). */
export function overlay({ title, look, onLeave }) {
  const name = newId("window");
  const heading = h("h2", { id: name, tabindex: "-1" }, title);
  const body = h("div", { class: "window-body" });
  const alert = h("p", { class: "window-alert", role: "alert", hidden: true });
  const footer = h("footer", { class: "window-foot" });
  const cross = h("button", { type: "button", class: "icon-button", "aria-label": "Close", on: { click: () => onLeave() } }, icon("close"));
  const dialog = h("dialog", { class: `window ${look}`, "aria-labelledby": name },
    h("header", { class: "window-head" }, heading, cross), alert, body, footer);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); onLeave(); });
  dialog.addEventListener("keydown", (event) => stayInside(dialog, event));
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return {
    dialog, body, footer,
    retitle: (words) => { if (heading.textContent !== words) heading.textContent = words; },
    warn: (words) => { alert.textContent = words; alert.hidden = !words; },
    begin: () => (body.querySelector("input, select, textarea") ?? heading).focus(),
    shut: () => {
      dialog.close();
      dialog.remove();
      if (before?.isConnected) before.focus();
    },
  };
}

/* The browser's own modal lets Tab wander off to its toolbar; in a window of a client it goes round. */
function stayInside(dialog, event) {
  if (event.key !== "Tab") return;
  const stops = [...dialog.querySelectorAll(REACHABLE)].filter((one) => !one.disabled && one.getClientRects().length && one.tabIndex >= 0);
  if (!stops.length) return;
  const [first, final] = [stops[0], stops.at(-1)];
  if (event.shiftKey && (document.activeElement === first || !stops.includes(document.activeElement))) {
    final.focus();
    event.preventDefault();
  } else if (!event.shiftKey && document.activeElement === final) {
    first.focus();
    event.preventDefault();
  }
}

/** Asks before something is done; resolves to true or false. */
export function question({ title, text, yes, no, danger, look }) {
  return new Promise((settle) => {
    const answered = (answer) => { shown.shut(); settle(answer); };
    const shown = overlay({ title, look: `${look} small`, onLeave: () => answered(false) });
    shown.body.append(text);
    const button = (label, kind, answer) => h("button", { type: "button", class: kind, on: { click: () => answered(answer) } }, label);
    shown.footer.append(button(no, "plain", false), button(yes, danger ? "danger" : "primary", true));
    shown.footer.lastElementChild.focus();
  });
}
