"""One of each page of the dialog and each window on an account, with invented people."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from handlers.account import form as concern
from handlers.account import meant_form, not_satisfied_form, police_notice, quick, review
from handlers.account import window as account
from handlers.rules import verdict
from handlers.rules.meant import Sure
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.verdict import Meant, Verdict
from handlers.samples import ANSWERS, BOTH_NAMES, HINTED, KEY, LEADS, MARKED, MOVE, NAMES, NUMBERS
from handlers.ui.card import Button, Look, Press
from handlers.ui.form import Form
from handlers.wing import Examples

_PEOPLE: tuple[Meant, ...] = (
    Meant(
        person=Person(id=PersonId(UUID(int=4)), name="Helen Marsh", roles=frozenset({Role.HEAD})),
        as_the_adult=True, sure=Sure.NAME,
        stamp="5a1d7c1e",
    ),
    Meant(
        person=replace(LEADS[0], telephone=None), as_the_adult=False, sure=Sure.PART, stamp="5a1d7c1f",
        verdict=Verdict.CLOSE,
    ),
)  # fmt: skip


def _adult(number: int) -> Form:
    return concern.page(KEY, number, {**ANSWERS, "about": "both", "danger": "yes"}, NAMES, numbers=NUMBERS)


def _rewriting() -> Form:
    answers, _ = review.settle(HINTED, {"hint_1": review.REWRITE}, year="Y8")
    return concern.page(KEY, 3, answers, NAMES)


def _pages() -> Mapping[str, Form]:
    opinion = {**ANSWERS, "source": "adult", "facts": "It was noticed that she had some marks."}
    return {
        "concern_1_empty": concern.page(KEY, 1, {}, {}),
        "concern_1": concern.page(KEY, 1, ANSWERS, NAMES),
        "concern_2_child": concern.page(KEY, 2, ANSWERS, NAMES),
        "concern_2_both": _adult(2),
        "concern_3": concern.page(KEY, 3, ANSWERS, NAMES),
        "concern_4": concern.page(KEY, 4, ANSWERS, NAMES),
        "concern_3_two_children": concern.page(KEY, 3, MARKED, BOTH_NAMES),
        "concern_4_three_marks": concern.page(KEY, 4, MARKED, BOTH_NAMES),
        "concern_3_rewriting": _rewriting(),
        "review": review.page(KEY, HINTED, NAMES, year="Y8"),
        "review_open": review.page(KEY, opinion, NAMES, year="Y8"),
        "review_clean": review.page(KEY, {**ANSWERS, "hinted": "yes"}, NAMES, year="Y8"),
        "quick": quick.form(KEY, {}, {}),
        "police_notice": police_notice.form(KEY, {}, {}),
        "not_satisfied": not_satisfied_form.form(MOVE, "26-48213", "This goes to the head."),
    }


def _namesake(number: int, role: Role) -> Person:
    return Person(id=PersonId(UUID(int=number)), name=f"Lee Abara {number}", roles=frozenset({role}))


def _meant() -> Mapping[str, Form]:
    people = enumerate((*meant_form.POSTS, Role.STAFF), start=1)
    many = tuple(
        replace(_PEOPLE[1], person=_namesake(number, role))
        for number, role in people
    )
    names = {**NAMES, **{str(one.person.id): one.person.name for one in _PEOPLE}}
    kept = verdict.kept(ANSWERS, _PEOPLE)
    return {
        "meant": meant_form.page(KEY, _PEOPLE),
        "meant_many": meant_form.page(KEY, many),
        "review_meant": review.page(KEY, HINTED, NAMES, year="Y8", found=_PEOPLE),
        "quick_meant": quick.form(KEY, {"facts": "Mr Abara ran."}, {}, asked=meant_form.asked(_PEOPLE[1:])),
        "account_meant": account.window(KEY, "Concern 26-48213", (), kept, names, number=1),
    }


_SENT = account.Sent(
    by="Tess Hallam", at="Tue 24 Nov, 10:15", soon="Today",
    times="Happened Mon 23 Nov, 15:40; learned 17 hours later; recorded 70 minutes after that",
    state=(("State", "Read, waiting to be accepted"),),
    buttons=tuple(
        Button(press=press, label=label, subject=UUID(KEY), version=1, look=look)
        for press, label, look in ((Press.ACCEPT, "Accept", Look.PRIMARY), (Press.MORE, "More", Look.PLAIN))
    ),
)  # fmt: skip


def _account(text: str, number: int) -> Form:
    answers = {**ANSWERS, "facts": text}
    return account.window(
        KEY, "Concern 26-48213", (), answers, NAMES, number=number, sent=_SENT
    )


def _windows() -> Mapping[str, Form]:
    return {
        "account": _account(str(ANSWERS["facts"]), 1),
        "account_long": _account("She said it again. " * 900, 2),
        "account_marked": account.window(KEY, "Concern 26-48213", (), MARKED, BOTH_NAMES, number=1),
    }


def examples() -> Examples:
    return Examples(forms={**_pages(), **_meant(), **_windows()})
