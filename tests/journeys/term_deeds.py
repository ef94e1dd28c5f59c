"""What people do in the term, by the words of its lines: through rendered forms and buttons, on their platform.

Everything that is typed carries the canary. Every deed that a chronology must show is noted with its moment.
"""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from bot.playground.thumbs import Answer, Seen, Thumbs
from tests.journeys.gestures import MINE, begins, does_more, fills_and_sends, goes_on, newest, open_window, reference_in
from tests.journeys.term import Line, Stood

URGENCY = {"now": "Now", "today": "Today", "week": "This week", "record": "For the record"}
LEVEL = {"low": "Low", "medium": "Medium", "high": "High"}
OUTCOME = {
    "monitoring": "Monitoring", "support": "Support in school", "early_help": "Early help",
    "referral": "Referral to an outside agency", "conduct": "Adult conduct", "nothing": "No further action",
}
AGENCY = {"mash": "Children's social care (front door or MASH)", "lado": "Local authority designated officer (LADO)"}
METHOD = {"telephone": "By telephone", "online": "By an online form"}
KIND = {"call_home": "Call home · today", "meet": "Meet with somebody · this week"}
NAMES = {
    "lee": "Lee Abara", "priya": "Priya Raman", "dana": "Dana Okello", "helen": "Helen Marsh", "tess": "Tess Hallam",
    "sol": "Sol Castellano", "tom": "Tom Whitlow", "mina": "Mina Sadler", "jo": "Jo Penhale", "colin": "Colin Teale",
    "ravi": "Ravi Bhatt",
}
HARMED = "A child may have been harmed, or I am not sure"
CHILD = "Mia Patel · 8B · Year 8"


async def does(stood: Stood, line: Line) -> None:
    """Do what that line says, and check that nobody was turned away."""
    await DEEDS[line.words[0]](stood, line)
    await stood.carried()


def _told(line: Line) -> dict[str, str]:
    """The line's `name=value` words."""
    return dict(word.split("=", 1) for word in line.words[1:] if "=" in word)


def _pages(line: Line) -> tuple[Mapping[str, Answer], ...]:
    told, urgency = _told(line), URGENCY[line.words[1]]
    about = {"child": "A child", "adult": "An adult who works here", "practice": "How we do things"}
    whose = told.get("about", "child")
    first: dict[str, Answer] = {
        "Is anyone in danger now?": "No", "What is it about?": about[whose], "How soon must someone act?": urgency,
        "Have you told a lead in person?": "No",
    }
    if close := told.get("close"):
        first["Is a lead, the head or the chair involved, or close?"] = "Yes"
    second: dict[str, Answer] = {
        "How do you know?": "I saw or heard it", "When did it happen?": "Over time",
        "Where did it happen?": "School gate", "Where exactly": f"CANARY-PLACE {line.nick}",
    }
    if close:
        second["Which lead, head or chair is involved or close?"] = NAMES[close]
    if whose == "child":
        first["Child"] = CHILD
        second["This child's part in it"] = "Harmed or at risk"
    if whose == "adult":
        second |= {"Adult": NAMES[told["adult"]], "How serious may it be?": HARMED}
    third = {"What you saw, heard and did: facts only": f"CANARY-FACTS {line.nick} I saw this at the gate at 08:50."}
    kind = {"fgm": "Female genital mutilation"}.get(told.get("kind", ""), "Bullying or prejudice")
    fourth: Mapping[str, Answer] = {"Kind of concern": [kind], "Before you send": [MINE]}
    return first, second, third, fourth


def _known(stood: Stood, line: Line, reference: str) -> None:
    """Which concern the line's nickname stands for from now on, and whom it keeps out."""
    stood.references[line.nick] = reference
    id = stood.rows("select id from concerns where reference = ?", reference)[0][0]
    stood.ids[UUID(str(id))] = line.nick
    told = _told(line)
    stood.recused[line.nick] |= {told[name] for name in ("close", "adult") if name in told}


def _noted(stood: Stood, line: Line, title: str) -> None:
    stood.done[line.nick].append((stood.clock(), title, NAMES[line.who]))


async def _raises(stood: Stood, line: Line) -> None:
    person = stood.on(line.who)
    await begins(person)
    await fills_and_sends(person, _pages(line))
    _known(stood, line, _receipt(person))
    said = open_window(person).words
    assert ("goes to them as “now”" in said) == ("woken" in line.words), said
    await person.close()
    _noted(stood, line, "Concern raised")


def _receipt(person: Thumbs) -> str:
    words = open_window(person).words
    assert "has been received" in words, words
    return reference_in(words)


async def _quick(stood: Stood, line: Line) -> None:
    person = stood.on(line.who)
    await person.say("/concern quick")
    if person.platform == "teams":
        await person.press("Open the quick form", on=newest(person, "Open the quick form"))
    urgency = URGENCY[line.words[1]]
    await person.fill({"Child": CHILD, "What you saw or heard": f"CANARY-LINE {line.nick}"})
    await person.fill({"How soon must someone act?": urgency})
    await person.press("Send")
    _known(stood, line, reference_in(open_window(person).words))
    await person.close()
    _noted(stood, line, "Concern raised")


async def _completes(stood: Stood, line: Line) -> None:
    """From the reminder, over what is known already."""
    person = stood.on(line.who)
    await person.press("Complete it", on=card(stood, line, "Complete it"))
    first, second, third, fourth = _pages(Line(at=line.at, nick=line.nick, who=line.who, words=("raises", "today")))
    asked = ("Is anyone in danger now?", "Have you told a lead in person?")
    await person.fill({label: first[label] for label in asked})
    await person.press("Next")
    await person.fill(second)
    await person.press("Next")
    await fills_and_sends(person, (third, fourth))
    assert "has been received" in open_window(person).words
    await person.close()
    _noted(stood, line, "Added by the reporter")


async def _begins(stood: Stood, line: Line) -> None:
    """Two pages, and the window is closed."""
    person = stood.on(line.who)
    before = {str(key) for (key,) in stood.rows("select key from drafts")}
    await begins(person)
    for page in _pages(line)[:2]:
        await person.fill(page)
        await goes_on(person)
    await person.close()
    stood.ids |= {UUID(str(k)): line.nick for (k,) in stood.rows("select key from drafts") if str(k) not in before}


def card(stood: Stood, line: Line, button: str, name: str = "") -> Seen:
    """The newest message of that concern in front of that person with that button."""
    person, shown = stood.on(line.who), name or stood.references[line.nick]
    found = [seen for place in ("leads", "bot") for seen in person.chat(place) if _is_it(seen, shown, button)]
    assert found, f"{stood.now()}: {line.who} has no card of {line.nick} with {button!r}"
    return max(found, key=lambda seen: float(seen.id))


def _is_it(seen: Seen, shown: str, button: str) -> bool:
    return button in seen.buttons and shown in seen.words


async def _accepts(stood: Stood, line: Line) -> None:
    await stood.on(line.who).press("Accept", on=card(stood, line, "Accept"))
    _noted(stood, line, "Accepted")


async def _decides(stood: Stood, line: Line) -> None:
    lead = stood.on(line.who)
    outcome, level = line.words[1:3]
    await lead.press("Triage", on=card(stood, line, "Triage"))
    while "Go on" in open_window(lead).buttons:
        await lead.press("Go on")
    answers = {
        "Level": LEVEL[level], "Was the child seen and spoken to?": "Seen and spoken to", "Parents or carers": "Told",
        "Decision": OUTCOME[outcome], "Rationale": f"CANARY-WHY {line.nick}",
    }
    await _sends(lead, "Record decision", answers)
    _noted(stood, line, "Decision")


async def _judges(stood: Stood, line: Line) -> None:
    """Triage of a concern about an adult, as an allegation in which no child is named."""
    lead = stood.on(line.who)
    await lead.press("Triage", on=card(stood, line, "Triage"))
    await lead.press("Go on")
    answers: dict[str, Answer] = {
        "Allegation, or low-level concern?": "An allegation: it may meet the harm threshold",
        "Which of these may be so?": ["Has harmed a child, or may have harmed a child"],
        "Rationale": f"CANARY-WHY {line.nick}", "Is the child safe now?": "No child is concerned",
        "Can the child be named?": "No child is concerned, for the reason below",
        "Why no child is named": "CANARY-NOCHILD", "Was anybody asked about it already?": "No, nobody",
    }
    await _sends(lead, "Record decision", answers, "Next steps")
    _noted(stood, line, "Decision")


async def _records(stood: Stood, line: Line) -> None:
    """A step of an allegation, from its card."""
    lead = stood.on(line.who)
    what, button, answers, title = STEPS[line.words[1]]
    await lead.press("Next steps", on=card(stood, line, "Next steps"))
    await lead.fill({"What do you want to record?": what})
    await lead.press("Next")
    await _sends(lead, button, answers, "recorded")
    _noted(stood, line, title)


STEPS: Mapping[str, tuple[str, str, Mapping[str, Answer], str]] = {
    "suspension": (
        "Suspension: what was considered and decided", "Record",
        {
            "What was decided?": "Another way, named below",
            "Which ways to avoid it were considered?": ["Other work in school, away from the child or from children"],
            "Why, and why not the others": "CANARY-SUSPENSION", "Who decided, and who advised": "CANARY-DECIDED",
        },
        "Suspension was considered",
    ),
    "support": (
        "The adult: what they were told, and their support", "Record",
        {
            "Has the adult been told?": "Yes", "What they were told, or why they are not told yet": "CANARY-TOLD-THEM",
            "Their named contact": "CANARY-CONTACT",
        },
        "What the adult was told, and who supports them",
    ),
    "outcome": (
        "The outcome of the allegation", "Record outcome",
        {
            "Outcome of the allegation": "Unsubstantiated", "Why: what it rests on": "CANARY-FINDING",
            "Removed from work with children, or would have been?": "No", "Is the adult a teacher?": "Yes",
        },
        "Outcome of the allegation",
    ),
}  # fmt: skip
"""By its word: the line of the list, the button, what is answered, the title of its entry."""


async def _sends(person: Thumbs, button: str, answers: Mapping[str, Answer], says: str = "") -> None:
    """Fill the window that is open and send it; what it says then is no complaint."""
    await person.fill(answers)
    await person.press(button)
    window = open_window(person)
    assert not [field for field in window.fields if field.complaint], window
    assert window.buttons != (button,) and says in window.words, window
    await person.close()


async def _closes(stood: Stood, line: Line) -> None:
    lead = stood.on(line.who)
    await lead.press("Close", on=card(stood, line, "Close"))
    button = "Close concern" if "Close concern" in open_window(lead).buttons else "Propose to close"
    await _sends(lead, button, {"How was it resolved?": f"CANARY-END {line.nick}"})
    _noted(stood, line, "Closed" if button == "Close concern" else "Closing proposed")


async def _signs(stood: Stood, line: Line) -> None:
    lead = stood.on(line.who)
    await lead.press("Sign off", on=card(stood, line, "Sign off"))
    await _sends(lead, "Record", {"Do you sign it off?": "I agree: close it", "Your reasons": "CANARY-SIGNED"})
    _noted(stood, line, "Closed")


async def _reads(stood: Stood, line: Line) -> None:
    """As second reader, who agrees."""
    lead = stood.on(line.who)
    await lead.press("Read the decision", on=card(stood, line, "Read the decision"))
    answers = {"Does it stand?": "I agree: the decision stands", "Your reasons": "CANARY-READ"}
    await _sends(lead, "Record", answers, "stands")
    _noted(stood, line, "Decision read by a second reader")


async def _offers(stood: Stood, line: Line) -> None:
    lead = stood.on(line.who)
    await does_more(lead, card(stood, line, "More"), "Hand over to somebody else")
    await _sends(lead, "Hand over", {"Hand over to": NAMES[line.words[1]], "What they need to know": "CANARY-NOTE"})
    _noted(stood, line, "Handed over")


async def _covers(stood: Stood, line: Line) -> None:
    lead = stood.on(line.who)
    await does_more(lead, card(stood, line, "More"), "Take over from an owner who is away")
    await _sends(lead, "Take over", {"Why are you taking it over?": "CANARY-COVER"})
    _noted(stood, line, "Taken over")


async def _safe(stood: Stood, line: Line) -> None:
    """Say why the child is safe until school opens again."""
    lead = stood.on(line.who)
    await does_more(lead, card(stood, line, "More"), "Safe until: say why it can wait past home time")
    await _sends(lead, "Save", {"Why is the child safe until then?": "CANARY-SAFE"}, "may wait until")
    _noted(stood, line, "Safe until")


async def _logs(stood: Stood, line: Line) -> None:
    """Log the call that a duty of their own asked for, from the newest reminder."""
    person = stood.on(line.who)
    await person.press("Your own duty", on=card(stood, line, "Your own duty"))
    rung = {"The reference that the police gave you": "CANARY-POLICE", "Date of your call": f"{stood.clock():%Y-%m-%d}"}
    await _sends(person, "Save", rung)
    _noted(stood, line, "Police reference logged by the reporter")


async def _assigns(stood: Stood, line: Line) -> None:
    lead = stood.on(line.who)
    to, kind, *due = line.words[1:]
    await lead.press("Assign an action", on=card(stood, line, "Assign an action"))
    answers = {
        "What sort of action?": KIND[kind], "Who will do it?": NAMES[to],
        "What is to be done?": f"CANARY-DO {line.nick}", **({"Due date": due[0]} if due else {}),
    }
    await _sends(lead, "Assign", answers, "It is due")
    _noted(stood, line, "Action 1 assigned")


async def _finishes(stood: Stood, line: Line) -> None:
    person = stood.on(line.who)
    await person.press("Done", on=card(stood, line, "Done"))
    await _sends(person, "Done", {"What did you do?": "CANARY-DONE"})
    _noted(stood, line, "Action 1 done")


async def _verifies(stood: Stood, line: Line) -> None:
    await stood.on(line.who).press("Verify", on=card(stood, line, "Verify"))
    _noted(stood, line, "Action 1 verified")


async def _refers(stood: Stood, line: Line) -> None:
    lead = stood.on(line.who)
    agency, method = line.words[1:3]
    await does_more(lead, card(stood, line, "More"), "Refer to an outside agency")
    answers = {
        "Which agency?": AGENCY[agency], "How did you refer?": METHOD[method], "What you told them": "CANARY-TOLD",
        "Have the parents or carers been told? If not, why not?": "CANARY-PARENTS",
    }
    await _sends(lead, "Record referral", answers)
    _noted(stood, line, "Referred to an outside agency")


async def _on_referral(stood: Stood, line: Line, press: str, button: str, answers: Mapping[str, Answer]) -> None:
    lead = stood.on(line.who)
    await lead.press(press, on=card(stood, line, press, f"{stood.references[line.nick]}/R1"))
    await _sends(lead, button, answers)


async def _confirms(stood: Stood, line: Line) -> None:
    await _on_referral(stood, line, "Confirmed in writing", "Record", {"How was it put in writing?": "By e-mail"})
    _noted(stood, line, "Referral confirmed in writing")


async def _challenges(stood: Stood, line: Line) -> None:
    answers = {"Why does the school disagree?": "CANARY-DISAGREE"}
    await _on_referral(stood, line, "Challenge", "Challenge", answers)
    _noted(stood, line, "Challenged")


async def _answers(stood: Stood, line: Line) -> None:
    said = {"yes": "It accepts the referral", "no": "No further action, or its threshold is not met"}
    answers = {"What did they answer?": said[line.words[1]], "What the agency said": "CANARY-SAID"}
    await _on_referral(stood, line, "Record the answer", "Record answer", answers)
    _noted(stood, line, "The agency answered")


async def _resolves(stood: Stood, line: Line) -> None:
    await _on_referral(stood, line, "Resolve", "Resolve", {"How was it resolved?": "CANARY-RESOLVED"})
    _noted(stood, line, "Referral resolved")


async def _away(stood: Stood, line: Line) -> None:
    await stood.out_of_office(line.who, away=True)


async def _leaves_to(stood: Stood, line: Line) -> None:
    """Say in advance that one will be away, and who covers."""
    lead, (cover, first, last) = stood.on(line.who), line.words[1:]
    await lead.say("/concern away")
    if lead.window() is None:
        await lead.press(newest(lead, "Fill it in").buttons[0])
    answers = {"First day away": first, "Last day away": last, "Who covers for you": NAMES[cover]}
    await _sends(lead, "Tell them", {**answers, "What they need to know": "CANARY-COVER"})
    stood.ids[stood.id_of(line.who)] = line.nick


async def _names(stood: Stood, line: Line) -> None:
    """Somebody turns out to be too close: from this moment on they are told nothing."""
    lead, whom = stood.on(line.who), line.words[1]
    await does_more(lead, card(stood, line, "More"), "Somebody is named in it, or too close")
    answers = {"Who?": NAMES[whom], "How are they involved?": "They are too close to it or to somebody in it"}
    await _sends(lead, "Record", {**answers, "How do you know?": "CANARY-CLOSE"})
    stood.recused[line.nick].add(whom)
    _noted(stood, line, "Named in it, or too close")


async def _back(stood: Stood, line: Line) -> None:
    await stood.out_of_office(line.who, away=False)


Deed = Callable[[Stood, Line], Awaitable[None]]
DEEDS: Mapping[str, Deed] = {
    "raises": _raises, "quick": _quick, "completes": _completes, "begins": _begins, "accepts": _accepts,
    "decides": _decides, "closes": _closes, "signs": _signs, "reads": _reads, "offers": _offers, "covers": _covers,
    "assigns": _assigns, "finishes": _finishes, "verifies": _verifies, "refers": _refers, "confirms": _confirms,
    "challenges": _challenges, "answers": _answers, "resolves": _resolves, "away": _away, "back": _back,
    "leaves_to": _leaves_to, "judges": _judges, "records": _records, "names": _names, "safe": _safe, "logs": _logs,
}  # fmt: skip
