/* The frame of a chat client: the list of places, the messages, the box to type in. What each platform draws
   differently is told by slack.js and teams.js. */

import { day, h, hour, hue, icon, initials, keep, newId, speak } from "./dom.js";
import { composer } from "./composer.js";
import { homeTab } from "./home.js";
import { menuButton } from "./menu.js";

/** Draws one person's client into `root`. `doing`: {hands, attempt, unread(place), looked(place), away}. */
export function client(root, platform, person, doing) {
  let place = null;
  let screen = null;
  const heading = h("h2", { id: newId("place") });
  const note = h("p", { class: "note" });
  const places = h("ul", { class: "places" });
  const log = h("ol", { class: "log", tabindex: "0", "aria-labelledby": heading.id });
  const empty = h("p", { class: "nothing", hidden: true });
  const box = composer({ platform, person, doing, screen: () => screen, chat });
  const tools = h("div", { class: "tools" });
  const own = homeTab(platform, doing, () => drawRoom(true));
  const frame = h("section", { class: `chat-client ${platform.look}`, "aria-label": `${person.name}'s ${platform.title}` },
    h("nav", { class: "rail", "aria-label": platform.placesTitle },
      h("p", { class: "home" }, h("span", { class: "home-name" }, doing.school), h("small", {}, platform.title)), places),
    h("div", { class: "room" },
      h("header", { class: "room-head" }, h("div", {}, heading, note), own.bar, tools), log, own.panel, empty, box.element));
  root.replaceChildren(frame);
  const window = platform.window(doing);
  let atEnd = true;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80; });
  // The newest message stays in sight when the room around it gets smaller.
  const watcher = new ResizeObserver(() => { if (atEnd) toEnd(); });
  watcher.observe(log);

  /* Whether the platform says that this lead is out of office: the bot then looks for somebody else. */
  function drawSwitch(away) {
    if (!doing.away) return;
    tools.firstChild ?? tools.append(h("button", { type: "button", class: "switch", role: "switch", on: { click: flip } }, h("i"), "Out of office"));
    tools.firstChild.setAttribute("aria-checked", String(away));
  }

  const flip = () => doing.away(tools.firstChild.getAttribute("aria-checked") !== "true");

  function chat() {
    return screen?.chats.find((one) => one.place === place);
  }

  function show(told, away) {
    const first = !screen;
    screen = told;
    drawSwitch(away);
    if (!chat()) place = wanted(told);
    drawRoom(first);
    drawPlaces();
    window.show(told);
  }

  /* Where something new stands that the bot has to do with, the newest of all; else the chat with the bot. What the
     whole staff talks about can wait, and on Teams nothing that is typed there reaches the bot. */
  function wanted(told) {
    const latest = (one) => one.messages.at(-1)?.at ?? 0;
    const own = told.chats.filter((one) => one.place === "bot" || one.private);
    const fresh = own.filter((one) => doing.unread(one.place) > 0).sort((one, other) => latest(other) - latest(one));
    return (fresh[0] ?? told.chats.find((one) => one.place === "bot") ?? told.chats[0])?.place;
  }

  function drawPlaces() {
    const entries = screen.chats.map((one) => ({ key: one.place, here: one.place === place, unread: doing.unread(one.place), ...platform.place(one, screen) }));
    const focused = places.contains(document.activeElement) && document.activeElement.closest("li").dataset.key;
    keep(places, entries, (one) => one.key, (one) =>
      h("li", {}, h("button", { type: "button", class: one.unread ? "unread" : "", "aria-current": one.here ? "true" : null, on: { click: () => go(one.key) } },
        h("span", { class: `sign hue-${hue(one.name)}` }, icon(one.sign)),
        h("span", { class: "place-name" }, one.name, h("small", {}, one.note)),
        one.unread > 0 && h("span", { class: "badge" }, String(one.unread), h("span", { class: "for-ears" }, " new")))));
    if (focused) places.querySelector(`[data-key="${focused}"] button`)?.focus();
  }

  function go(key) {
    place = key;
    log.replaceChildren();
    drawRoom(true);
    drawPlaces();
  }

  function drawRoom(arriving) {
    const here = chat();
    if (!here) return;
    const told = platform.place(here, screen);
    if (heading.textContent !== told.name) heading.replaceChildren(icon(told.sign), told.name);
    note.textContent = here.place === "bot" ? `${person.name}'s chat with the app` : here.private ? "Private: safeguarding leads only" : "Everybody on the staff";
    const low = arriving || atEnd;
    const known = new Set([...log.children].map((child) => child.dataset.key));
    const held = focusIn(log);
    const drawn = keep(log, days(here.messages), (one) => one.key ?? one.id, (one) => (one.day ? dayLine(one) : message(one)));
    held.restore();
    const onPage = own.show(here, screen);
    log.hidden = box.element.hidden = onPage;
    empty.hidden = onPage || here.messages.length > 0;
    empty.textContent = here.place === "bot" ? `This is the start of the chat with ${screen.bot}. Type a slash to see what it can do.` : "Nothing has been said here yet.";
    const fresh = drawn.filter((one) => one.id && !known.has(String(one.id)));
    if (low && drawn.length) toEnd();
    if (fresh.length && !arriving) announce(fresh.filter((one) => !one.from.me));
    doing.looked(here.place);
    platform.looked?.(here, doing);
    box.refresh();
  }

  function message(one) {
    const entries = () => platform.messageMenu(screen, one, doing);
    const more = entries().length > 0 && menuButton({ label: `More actions for the message from ${one.from.name}`, face: icon("more"), entries });
    return h("li", { class: `message${one.from.me ? " mine" : ""}${one.from.bot ? " bot" : ""}${one.only_me ? " private" : ""}` },
      h("span", { class: `face ${one.from.bot ? "bot-face" : `hue-${hue(one.from.name)}`}`, "aria-hidden": "true" }, one.from.bot ? icon("chat") : initials(one.from.name)),
      h("div", { class: "content" },
        one.only_me && platform.onlyMe(),
        h("p", { class: "by" }, h("strong", {}, one.from.name), one.from.bot && h("span", { class: "app-mark" }, "App"), h("time", {}, hour(one.at))),
        platform.message(one, screen, doing),
        one.edited > 0 && h("span", { class: "edited" }, "(edited)")),
      more);
  }

  return { show, go, shut: () => { watcher.disconnect(); window.shut(); root.replaceChildren(); }, focus: box.focus };
}

/* A card that is drawn anew takes the focus with it: it goes to the button of the same name, else to the first. */
function focusIn(log) {
  const name = log.contains(document.activeElement) && document.activeElement.textContent;
  const key = name !== false && document.activeElement.closest("li")?.dataset.key;
  const restore = () => {
    if (!key || log.contains(document.activeElement)) return;
    const buttons = [...log.querySelectorAll(`[data-key="${CSS.escape(key)}"] button`)];
    (buttons.find((one) => one.textContent === name) ?? buttons[0] ?? log).focus();
  };
  return { restore };
}

function days(messages) {
  let last = "";
  return messages.flatMap((one) => {
    const today = day(one.at);
    const line = today === last ? [] : [{ key: `day-${today}`, day: today }];
    last = today;
    return [...line, one];
  });
}

const dayLine = (one) => h("li", { class: "day" }, h("span", {}, one.day));

function announce(fresh) {
  if (fresh.length) speak(fresh.map((one) => `${one.from.name}: ${one.preview || one.text || "sent a card"}`).join(". "));
}
