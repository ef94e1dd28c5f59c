/* The page's few questions to the playground. Every gesture is answered by the next screen, not by its own reply. */

const API = "/playground/api";

/** What the platform refused, in its words. */
export class PlatformRefused extends Error {}

async function ask(path, options) {
  const answer = await fetch(API + path, options);
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const told = await answer.json().catch(() => ({}));
  const words = typeof told.detail === "string" ? told.detail : `The playground answered ${answer.status}.`;
  throw answer.status === 409 ? new PlatformRefused(words) : new Error(words);
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export const people = () => ask("/people");

/** Everything on somebody's screen, as soon as it differs from `mark`; null when nothing happened for a while. */
export const screen = (me, mark, signal) =>
  ask(`/screen?${new URLSearchParams({ person: me.person, platform: me.platform, mark })}`, { signal });

export const moveClock = (by) => post("/clock", { by });
export const setAway = (person, away) => post("/away", { person, away });

/** One person's gestures on one platform. */
export function hands(me) {
  const does = (path) => (more = {}) => post(path, { ...me, ...more });
  return {
    say: does("/say"),
    press: does("/press"),
    search: does("/search"),
    close: does("/close"),
    // Slack's own
    submit: does("/submit"),
    shortcut: does("/shortcut"),
    setState: does("/set-state"),
    pressInView: does("/press-in-view"),
    openHome: does("/open-home"),
    pressHome: does("/press-home"),
    // Teams' own
    submitCard: does("/submit-card"),
    start: does("/start"),
    report: does("/report"),
    look: does("/look"),
  };
}
