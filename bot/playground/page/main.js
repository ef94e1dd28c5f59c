/* The page: who is picked, the wait for news, and handing what comes to the parts that draw it. */

import * as api from "./api.js";
import { client } from "./client.js";
import { clock } from "./clock.js";
import { keepTo, toast } from "./dom.js";
import { guide } from "./guide.js";
import { people } from "./people.js";
import { refused } from "./refused.js";
import { seen } from "./seen.js";
import { slack } from "./slack.js";
import { knowPeople } from "./slack-text.js";
import { teams } from "./teams.js";

const PLATFORMS = { slack, teams };
const RETRY = 1500; // milliseconds until the playground is asked again after it did not answer

const frame = document.getElementById("frame");
const looked = seen();
let cast = [];
let school = "";
let me = null; // {person, platform}
let shown = null; // the client that is drawn
let asking = null;
let typing = false; // whether the cursor goes into the message box once the client stands
let last = null; // what the playground told last

const nameOf = (account) => cast.find((one) => one.key === account.split("@")[0])?.name ?? account;

const picker = people({ pick, unread: (account) => looked.unread(account) });
const steps = guide({ pick: (account) => pick(account) });
const time = clock({ attempt, counts: looked.counts, nameOf });

begin();

async function begin() {
  try {
    const told = await api.people();
    cast = told.people;
    school = told.school;
    looked.begin(told.run);
    knowPeople(Object.fromEntries(cast.filter((one) => one.slack).map((one) => [one.slack, one.name])));
    picker.draw(cast);
    steps.begin(cast);
  } catch {
    toast("The playground does not answer. Trying again.", { bad: true });
    setTimeout(begin, RETRY);
    return;
  }
  addEventListener("hashchange", follow);
  follow();
  if (!me) watch({ person: anybody().key, platform: anybody().platforms[0] });
}

/* Before anybody is picked, badges and clock are alive all the same: some account must be asked about. */
const anybody = () => cast.find((one) => one.platforms.length);

function follow() {
  const [person, platform] = location.hash.slice(1).split("@");
  const found = cast.find((one) => one.key === person);
  if (found?.platforms.includes(platform) && (me?.person !== person || me?.platform !== platform)) become({ person, platform });
}

function pick(account) {
  // On a touch screen the keyboard would cover what there is to read.
  typing = matchMedia("(pointer: fine)").matches;
  location.hash = `${account.person}@${account.platform}`;
  if (me?.person === account.person && me.platform === account.platform) settle();
}

function settle() {
  if (typing) shown.focus();
  typing = false;
}

function become(account) {
  me = account;
  shown?.shut();
  const person = cast.find((one) => one.key === me.person);
  const name = `${me.person}@${me.platform}`;
  shown = client(frame, PLATFORMS[me.platform], person, {
    school,
    attempt,
    hands: api.hands(me),
    unread: (place) => looked.unreadIn(name, place),
    looked: (place) => { looked.look(name, place); picker.refresh(); },
    away: person.lead ? (away) => attempt(() => api.setAway(person.key, away)) : null,
  });
  document.title = `${person.name} on ${PLATFORMS[me.platform].title}: Heard playground`;
  picker.choose(me);
  watch(me);
}

async function watch(account) {
  asking?.abort();
  const turn = new AbortController();
  asking = turn;
  let mark = "";
  while (!turn.signal.aborted) {
    try {
      const told = await api.screen(account, mark, turn.signal);
      if (turn.signal.aborted) return;
      if (told) {
        show(told);
        mark = told.mark;
      }
    } catch {
      if (turn.signal.aborted) return;
      mark = "";
      toast("The playground does not answer. Trying again.", { bad: true });
      await new Promise((done) => { setTimeout(done, RETRY); });
    }
  }
}

function show(told) {
  if (last && last.run !== told.run) { location.reload(); return; }
  last = told;
  keepTo(told.clock.zone);
  time.show(told.clock);
  looked.arrive(told.arrived);
  if (me) {
    shown.show(told.screen, told.away.includes(me.person));
    settle();
  }
  picker.refresh();
  refused(told.refused);
  steps.show({ me, screen: me && told.screen, unread: (account) => looked.unread(account) });
}

/** Does a gesture; what comes of it stands on the next screen. Returns what went wrong, in words, or nothing. */
async function attempt(gesture, { quiet = false } = {}) {
  try {
    await gesture();
    return "";
  } catch (trouble) {
    const words = trouble instanceof api.PlatformRefused ? `Refused: ${trouble.message}` : trouble.message;
    if (!quiet) toast(words, { bad: true });
    return words;
  }
}
