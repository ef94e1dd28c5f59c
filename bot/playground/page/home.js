/* An app's own page: a tab beside the chat with it. It is drawn again when what stands on it has changed. */

import { h, newId } from "./dom.js";

/** `platform.home` says what the page is; `chose(open)` hears which of the two tabs is looked at. */
export function homeTab(platform, doing, chose) {
  const panelId = newId("home");
  let open = false;
  let sign = null;
  const tab = (label, mine) => h("button", { type: "button", role: "tab", "aria-controls": mine ? panelId : null, on: { click: () => turn(mine) } }, label);
  const tabs = platform.home ? [tab(platform.home.title, true), tab(platform.home.other, false)] : [];
  const bar = h("div", { class: "tabs", role: "tablist", hidden: true, on: { keydown: keys } }, tabs);
  const panel = h("div", { id: panelId, class: "home-page", role: "tabpanel", "aria-label": platform.home?.title ?? "", tabindex: "0", hidden: true });

  function turn(on) {
    open = on;
    sign = null;
    chose();
    if (on) platform.home.opens(doing);
  }

  function keys(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    turn(event.key === "ArrowLeft");
    tabs[open ? 0 : 1].focus();
  }

  /* Whether the page, and not the chat, is what is looked at now. */
  function show(chat, screen) {
    const here = Boolean(platform.home?.exists(chat, screen));
    bar.hidden = !here;
    panel.hidden = !(here && open);
    tabs.forEach((one, at) => { one.setAttribute("aria-selected", String(open === (at === 0))); one.tabIndex = open === (at === 0) ? 0 : -1; });
    if (!panel.hidden) draw(screen);
    return !panel.hidden;
  }

  function draw(screen) {
    const now = platform.home.sign(screen);
    if (now === sign) return;
    sign = now;
    const name = panel.contains(document.activeElement) ? document.activeElement.textContent : null;
    const nodes = platform.home.draw(screen, doing);
    panel.replaceChildren(...(nodes ?? [h("p", { class: "nothing-here" }, platform.home.empty(screen))]));
    if (name !== null) ([...panel.querySelectorAll("button")].find((one) => one.textContent === name) ?? panel).focus();
  }

  return { bar, panel, show };
}
