/* What you have looked at: so that a badge shows what arrived for somebody else since. Kept for this tab. */

export function seen() {
  let kept = { run: "", read: {} };
  let arrived = {};
  const store = () => { try { sessionStorage.setItem("seen", JSON.stringify(kept)); } catch { /* a badge is not worth more */ } };
  const count = (account, place) => arrived[account]?.[place] ?? 0;
  const unreadIn = (account, place) => Math.max(0, count(account, place) - (kept.read[`${account}/${place}`] ?? 0));
  const unread = (account) => Object.keys(arrived[account] ?? {}).reduce((sum, place) => sum + unreadIn(account, place), 0);

  return {
    /** A new run of the playground begins with empty chats: what was read before counts for nothing. */
    begin(run) {
      try { kept = JSON.parse(sessionStorage.getItem("seen")) ?? kept; } catch { /* as above */ }
      if (kept.run !== run) kept = { run, read: {} };
    },
    arrive: (counts) => { arrived = counts; },
    look(account, place) {
      if (document.hidden || unreadIn(account, place) === 0) return;
      kept.read[`${account}/${place}`] = count(account, place);
      store();
    },
    unreadIn,
    unread,
    /** How many messages each account has in all its places. */
    counts: () => Object.fromEntries(Object.entries(arrived).map(([account, places]) => [account, Object.values(places).reduce((sum, n) => sum + n, 0)])),
  };
}
