/* The picker: everybody at the school, by what they do there, with what arrived for them since you looked. */

import { h, hue, initials } from "./dom.js";

const PLATFORM = { slack: "Slack", teams: "Teams" };
const GROUPS = [
  ["Teachers", (one) => !one.lead && one.kind === "staff" && /teach/i.test(one.role)],
  ["Safeguarding leads", (one) => one.lead],
  ["Head and governors", (one) => /head|govern|chair/i.test(one.role)],
  ["Others", () => true],
];

export function people({ pick, unread }) {
  const root = document.getElementById("people");
  const groups = document.getElementById("people-groups");
  const who = document.getElementById("who");
  const badge = document.getElementById("who-badge");
  const rows = new Map();
  let chosen = "";

  who.addEventListener("click", () => open(who.getAttribute("aria-expanded") !== "true"));
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && root.classList.contains("open")) { open(false); who.focus(); } });
  document.addEventListener("pointerdown", (event) => { if (!root.contains(event.target)) open(false); });

  function open(wanted) {
    who.setAttribute("aria-expanded", String(wanted));
    root.classList.toggle("open", wanted);
  }

  function draw(cast) {
    const left = new Set(cast);
    groups.replaceChildren(...GROUPS.flatMap(([title, belongs]) => {
      const here = [...left].filter((one) => belongs(one) && one.platforms.length);
      here.forEach((one) => left.delete(one));
      return here.length ? [group(title, here)] : [];
    }));
  }

  const group = (title, here) => h("section", { "aria-label": title }, h("h3", {}, title), h("ul", {}, here.flatMap((one) => one.platforms.map((platform) => row(one, platform)))));

  function row(one, platform) {
    const account = `${one.key}@${platform}`;
    const count = h("span", { class: "badge", hidden: true });
    const button = h("button", { type: "button", data: { account }, on: { click: () => { open(false); pick({ person: one.key, platform }); } } },
      h("span", { class: `face hue-${hue(one.name)}`, "aria-hidden": "true" }, initials(one.name)),
      h("span", { class: "person" }, h("span", { class: "person-name" }, one.name), h("span", { class: "role" }, one.role)),
      h("span", { class: `platform ${platform}` }, h("span", { class: "for-ears" }, "on "), PLATFORM[platform]), count);
    rows.set(account, { button, count, one, platform });
    return h("li", {}, button);
  }

  function refresh() {
    let total = 0;
    for (const [account, { button, count }] of rows) {
      const news = account === chosen ? 0 : unread(account);
      total += news;
      badgeOf(count, news);
      button.classList.toggle("news", news > 0);
    }
    badgeOf(badge, total);
  }

  function badgeOf(count, news) {
    count.hidden = news === 0;
    const words = String(news);
    if (count.firstChild?.data !== words) count.replaceChildren(words, h("span", { class: "for-ears" }, " new"));
  }

  function choose(me) {
    chosen = `${me.person}@${me.platform}`;
    for (const [account, { button }] of rows) {
      if (account === chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const { one, platform } = rows.get(chosen);
    document.getElementById("who-now").replaceChildren(h("strong", {}, one.name), ` ${one.role} · ${PLATFORM[platform]}`);
    refresh();
  }

  return { draw, refresh, choose };
}
