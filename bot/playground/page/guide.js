/* Four steps for somebody who is here for the first time. They follow what is done, and can be sent away. */

import { h, icon } from "./dom.js";

const KEY = "guide-done";
const remember = (done) => { try { localStorage.setItem(KEY, done ? "yes" : ""); } catch { /* it is shown again then */ } };
const isDone = () => { try { return localStorage.getItem(KEY) === "yes"; } catch { return false; } };

export function guide({ pick }) {
  const root = document.getElementById("guide");
  let steps = [];
  let at = 0;
  let opened = false;

  document.getElementById("guide-again").addEventListener("click", () => { remember(false); at = 0; opened = false; draw(); });

  function begin(cast) {
    const teacher = cast.find((one) => !one.lead && /teach/i.test(one.role) && one.platforms.includes("slack")) ?? cast[0];
    const lead = cast.find((one) => one.lead && one.platforms.includes("slack")) ?? cast.find((one) => one.lead) ?? cast[0];
    const as = (one) => ({ person: one.key, platform: one.platforms[0] });
    const short = (one) => one.name.split(" ")[0];
    steps = [
      { words: ["Be ", button(`${short(teacher)}, a teacher`, () => pick(as(teacher))), ". You see the chat as Slack draws it."], done: ({ me }) => me?.person === teacher.key },
      { words: ["Type ", h("kbd", {}, "/concern"), " in the box at the bottom and press Enter."], done: ({ screen }) => Boolean(screen?.view || screen?.dialog) },
      { words: ["Fill the form in, page by page, send it, read the receipt and close it."], done: ({ screen }) => { opened ||= Boolean(screen?.view || screen?.dialog); return opened && screen && !screen.view && !screen.dialog; } },
      { words: ["Now be ", button(`${short(lead)}, a safeguarding lead`, () => pick(as(lead))), ": open and accept the card in the leads' private channel."], done: ({ me }) => me?.person === lead.key },
    ];
    draw();
  }

  const button = (words, told) => h("button", { type: "button", class: "inline", on: { click: told } }, words);

  function show(now) {
    if (isDone() || !steps.length) return;
    const before = at;
    while (at < steps.length && steps[at].done(now)) at += 1;
    if (at !== before) draw();
  }

  function draw() {
    root.hidden = isDone();
    if (root.hidden) return;
    const away = h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss the first steps", on: { click: () => { remember(true); draw(); } } }, icon("close"));
    root.replaceChildren(
      h("h2", {}, at < steps.length ? `First steps: ${at + 1} of ${steps.length}` : "That is the loop"),
      h("ol", { class: "dots", "aria-hidden": "true" }, steps.map((_, number) => h("li", { class: number < at ? "past" : number === at ? "here" : "" }))),
      h("p", {}, at < steps.length ? steps[at].words : "Move the clock on and watch the badges: what is left undone is chased, further up each time."),
      away);
  }

  return { begin, show };
}
