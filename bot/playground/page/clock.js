/* The school's clock: what time it is there, and moving it on. It runs on by itself between two looks. */

import { moveClock } from "./api.js";
import { moment, toast } from "./dom.js";

const SETTLES = 600; // milliseconds until what fell due has come with the next screen

export function clock({ attempt, counts, nameOf }) {
  const now = document.getElementById("now");
  const moves = document.getElementById("moves");
  let ahead = null; // seconds between this machine's clock and the school's

  function draw() {
    if (ahead === null) return;
    const words = moment(Date.now() / 1000 + ahead);
    if (now.textContent !== words) now.textContent = words;
  }

  moves.addEventListener("click", async (event) => {
    const by = event.target.closest("button")?.dataset.by;
    if (!by || moves.getAttribute("aria-busy") === "true") return;
    moves.setAttribute("aria-busy", "true");
    const before = counts();
    const trouble = await attempt(() => moveClock(by));
    moves.removeAttribute("aria-busy");
    // What fell due arrives with the next screen; a moment later it can be counted.
    if (!trouble) setTimeout(() => told(before), SETTLES);
  });

  function told(before) {
    const news = Object.entries(counts()).filter(([account, count]) => count > (before[account] ?? 0));
    const names = [...new Set(news.map(([account]) => nameOf(account)))];
    const who = names.length > 3 ? `${names.length} people` : names.join(", ").replace(/, ([^,]*)$/, " and $1");
    toast(`It is now ${now.textContent}. ${names.length ? `Something new for ${who}.` : "Nothing fell due."}`);
  }

  setInterval(draw, 1000);
  return { show: (told) => { ahead = told.at - Date.now() / 1000; draw(); } };
}
