# ruff: noqa: E501 (tables are read across)
"""Who may do what, by relation and by state: data, to be read beside DOMAIN.md ("Who gets it", "Life of a concern").

Written from DOMAIN.md and ASSURANCE.md ("Who may", attacks 33 to 48) and not by asking `rules.authority`: it is what
that is judged by. Nothing here is a rule of the program, and nothing of the program is imported but names of presses.

    yes    it is done, or its window opens
    -      there is no such concern: the very words that are said where there is none
    else   a code of `SENTENCES`: what is true of the state, and nothing more
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handlers.ui.card import Press

NOT_THERE = "There is no such concern, or it is not yours to see."
SENTENCES: Mapping[str, str] = {
    "-": NOT_THERE,
    "nobody": "You are not on this school's staff list, so nothing has been kept.",
    "pupil": "This is the form that staff use, so nothing has been kept.",
    "closed": "This concern is closed.",
    "shut": "This concern is closed. Reopen it",
    "goes_on": "This concern has been merged into another one. Look there.",
    "mine": "You have this concern already.",
    "taken": "has this concern already, accepted",
    "unowned": "Nobody has accepted this concern yet. You can accept it yourself.",
    "accept_to_decide": "Accept this concern first: a decision needs an owner.",
    "accept_first": "Accept this concern first.",
    "owner_decides": "Only whoever has accepted this concern can decide.",
    "owner_hands": "Only whoever has accepted a concern can hand it over.",
    "owner_closes": "Only whoever has accepted this concern can close it.",
    "not_offered": "This concern is not being handed over to you.",
    "decided": "A decision has been recorded. There is nothing to say here any more.",
    "undecided": "Record a decision first. A concern cannot be closed without one.",
    "unread": "This decision waits for its second reader. It cannot be closed yet.",
    "owed": "This concern cannot be closed yet: an action is still open.",
    "unsettled": "is not settled. Record its answer, or withdraw it with a reason, first.",
    "proposed": "Closing has been proposed already. It waits for a second person to sign it off.",
    "unproposed": "Nobody has proposed to close this concern.",
    "no_merge": "Nobody has proposed to merge this concern, or it has been settled.",
    "close_first": "Close this concern first. Only the record of a closed concern can be disposed of.",
    "no_disposal": "Nobody has proposed to dispose of this record, or it has been settled.",
    "another_agrees": "Somebody else must agree: not whoever proposed it.",
    "another_signs": "Somebody else must sign this off: not whoever proposed it.",
    "no_second": "This decision does not wait for a second reader.",
    "own_second": "You made this decision, so somebody else must be its second reader.",
    "is_open": "This concern is open.",
    "owner_says": "Only the person who owes this action can acknowledge it.",
    "done": "This action is done already.",
    "cancelled": "This action has been cancelled.",
    "not_done": "This action is not done yet.",
    "verified": "This action has been verified already.",
    "own_work": "Somebody else must verify what you did yourself.",
    "settled": "This referral is settled already.",
    "in_time": "The agency still has time to answer.",
    "no_duty": "Nothing in this concern calls for a report of your own.",
    "complete": "Nothing is missing from",
    "others_form": "This form belongs to somebody else. Type /concern to begin your own.",
    "own_form_sent": "This form has been sent already.",
    "not_sealed": "This concern is not sealed.",
    "childs": "This is for a concern about an adult who works here.",
    "part_made": "The child's part has been made already. Whoever has it can link another child to it.",
    "find_owned": "Accept this concern first: its outcome needs an owner.",
    "find_triaged": "Triage it as an allegation first.",
    "find_theirs": "Only whoever has accepted this concern can record its outcome.",
    "not_asked": "Whoever reported this is asked for nothing through Heard.",
    "uncalled": "Nothing that was found calls for such a referral.",
    "grave": "This is an allegation already.",
    "gone": "This one is not there any more",
    "no_word": "This button does not work any more. Type /concern help",
    "no_hours": "This is for the safeguarding leads and the head. Tell one of them that school is closed.",
    "no_role": "This is for the safeguarding leads, the head",
}
"""What is said, by code. Each is a fact about the state that whoever hears it may know."""

ORDER = tuple(sorted(SENTENCES, key=lambda code: -len(SENTENCES[code])))
"""The longer sentence is looked for first: one may begin as another does."""

CONCERN_STATES = ("submitted", "seen", "accepted", "offered", "triaged", "second", "proposed", "closed", "merged")
ACTION_STATES = ("open", "acknowledged", "in_progress", "waiting", "done", "verified", "cancelled")
REFERRAL_STATES = ("sent", "refused", "challenged", "accepted", "resolved", "withdrawn")

WHO = """
deed                owner  lead  overseer  glass  reporter  apart  doer  shared
open                yes    yes   yes       yes    -         -      -     -
more                yes    yes   yes       -      -         -      -     -
chronology          yes    yes   yes       yes    -         -      -     -
accept              yes    yes   -         -      -         -      -     -
on_it               yes    yes   -         -      -         -      -     -
decline             yes    yes   -         -      -         -      -     -
cover               yes    yes   -         -      -         -      -     -
safe_until          yes    yes   -         -      -         -      -     -
escalate            yes    yes   -         -      -         -      -     -
hand_over           yes    yes   -         -      -         -      -     -
assign              yes    yes   -         -      -         -      -     -
actions             yes    yes   -         -      -         -      -     -
decide              yes    yes   -         -      -         -      -     -
second_read         yes    yes   -         -      -         -      -     -
close               yes    yes   -         -      -         -      -     -
sign_off            yes    yes   -         -      -         -      -     -
reopen              yes    yes   -         -      -         -      -     -
merge               yes    yes   -         -      -         -      -     -
agree_merge         yes    yes   -         -      -         -      -     -
dispose             yes    yes   -         -      -         -      -     -
agree_dispose       yes    yes   -         -      -         -      -     -
misfile             yes    yes   -         -      -         -      -     -
correct             yes    yes   -         -      -         -      -     -
ask_more            yes    yes   -         -      -         -      -     -
review              yes    yes   -         -      -         -      -     -
name                yes    yes   -         -      -         -      -     -
seal                yes    yes   -         -      -         -      -     -
unseal              yes    yes   -         -      -         -      -     -
share               yes    yes   -         -      -         -      -     -
unshare             yes    yes   -         -      -         -      -     -
refer               yes    yes   -         -      -         -      -     -
referrals           yes    yes   -         -      -         -      -     -
allegation          yes    yes   yes       -      -         -      -     -
lado                yes    yes   -         -      -         -      -     -
childs_part         yes    yes   -         -      -         -      -     -
strategy            yes    yes   -         -      -         -      -     -
suspension          yes    yes   -         -      -         -      -     -
adult_support       yes    yes   -         -      -         -      -     -
finding             yes    yes   -         -      -         -      -     -
barring             yes    yes   -         -      -         -      -     -
graver              yes    yes   -         -      -         -      -     -
add                 -      -     -         -      yes       yes    -     -
duty                -      -     -         -      yes       yes    -     -
told                -      -     -         -      yes       -      -     -
not_satisfied       -      -     -         -      yes       yes    -     -
complete            -      -     -         -      yes       yes    -     -
open_action         yes    yes   yes       yes    -         -      yes   -
acknowledge         yes    yes   -         -      -         -      yes   -
begin               yes    yes   -         -      -         -      yes   -
wait                yes    yes   -         -      -         -      yes   -
more_time           yes    yes   -         -      -         -      yes   -
done                yes    yes   -         -      -         -      yes   -
verify              yes    yes   -         -      -         -      -     -
send_back           yes    yes   -         -      -         -      -     -
reassign            yes    yes   -         -      -         -      -     -
cancel_action       yes    yes   -         -      -         -      -     -
open_referral       yes    yes   -         -      -         -      -     -
confirm_referral    yes    yes   -         -      -         -      -     -
answer_referral     yes    yes   -         -      -         -      -     -
challenge_referral  yes    yes   -         -      -         -      -     -
resolve_referral    yes    yes   -         -      -         -      -     -
withdraw_referral   yes    yes   -         -      -         -      -     -
ask_letter          yes    yes   -         -      -         -      -     -
read_share          -      -     -         -      -         -      -     yes
"""
"""Relation by deed: who may do it at all. Whoever stands in no column (named, sealed out, not yet reached, a stranger on
the staff, a lead of another school) may do nothing, and finds nothing. `apart`: a reporter who is a relative of the
child, or the subject: their own submission and its receipt, and nothing by role. Before anybody owns it, `owner` is a
lead as any other. Through the emergency door (`glass`) there is reading, and no list of what else could be done. An owner has no `read_share`, for nothing is shared with them."""

WHEN = """
deed         who    submitted         seen              accepted       offered        triaged       second        proposed      closed   merged
accept       owner  yes               yes               mine           yes            mine          mine          mine          closed   goes_on
accept       lead   yes               yes               taken          yes            taken         taken         taken         closed   goes_on
on_it        owner  yes               yes               mine           yes            mine          mine          mine          closed   goes_on
on_it        lead   yes               yes               taken          yes            taken         taken         taken         closed   goes_on
decline      owner  not_offered       not_offered       not_offered    not_offered    not_offered   not_offered   not_offered   closed   goes_on
decline      lead   not_offered       not_offered       not_offered    yes            not_offered   not_offered   not_offered   closed   goes_on
cover        owner  unowned           unowned           mine           mine           mine          mine          mine          closed   goes_on
cover        lead   unowned           unowned           yes            yes            yes           yes           yes           closed   goes_on
safe_until   any    accept_first      accept_first      yes            yes            decided        decided       decided       closed   goes_on
escalate     any    yes               yes               yes            yes            yes           yes           yes           closed   goes_on
hand_over    owner  owner_hands       owner_hands       yes            yes            yes           yes           yes           closed   goes_on
hand_over    lead   owner_hands       owner_hands       owner_hands    owner_hands    owner_hands   owner_hands   owner_hands   closed   goes_on
assign       any    yes               yes               yes            yes            yes           yes           yes           shut     goes_on
decide       owner  accept_to_decide  accept_to_decide  yes            yes            yes           yes           yes           closed   goes_on
decide       lead   accept_to_decide  accept_to_decide  owner_decides  owner_decides  owner_decides  owner_decides  owner_decides  closed   goes_on
second_read  owner  no_second         no_second         no_second      no_second      no_second     own_second    no_second     closed   goes_on
second_read  lead   no_second         no_second         no_second      no_second      no_second     yes           no_second     closed   goes_on
close        owner  undecided         undecided         undecided      undecided      yes           unread        proposed      closed   goes_on
close        lead   undecided         undecided         undecided      undecided      owner_closes  unread        owner_closes  closed   goes_on
sign_off     owner  undecided         undecided         undecided      undecided      unproposed    unread        another_signs  closed   goes_on
sign_off     lead   undecided         undecided         undecided      undecided      unproposed    unread        yes           closed   goes_on
reopen       any    is_open           is_open           is_open        is_open        is_open       is_open       is_open       yes      goes_on
merge        any    accept_first      accept_first      yes            yes            yes           yes           yes           closed   goes_on
agree_merge  any    no_merge          no_merge          no_merge       no_merge       no_merge      no_merge      no_merge      no_merge no_merge
dispose      any    close_first       close_first       close_first    close_first    close_first   close_first   close_first   yes      goes_on
agree_dispose any   no_disposal       no_disposal       no_disposal    no_disposal    no_disposal   no_disposal   no_disposal   no_disposal no_disposal
misfile      any    yes               yes               yes            yes            yes           yes           yes           closed   goes_on
ask_more     any    yes               yes               yes            yes            yes           yes           yes           closed   goes_on
refer        any    yes               yes               yes            yes            yes           yes           yes           shut     goes_on
duty         any    no_duty           no_duty           no_duty        no_duty        no_duty       no_duty       no_duty       no_duty  no_duty
complete     any    complete          complete          complete       complete       complete      complete      complete      complete complete
"""
"""What the state says to whoever may do it. A deed without a row is `yes` in every state (reading, adding, correcting,
sharing). In `offered` the offer is made to the other lead; in `proposed` the owner has proposed to close."""

OF_ACTIONS = """
deed           who    open        acknowledged  in_progress  waiting     done        verified    cancelled
acknowledge    doer   yes         yes           yes          yes         done        done        cancelled
acknowledge    lead   owner_says  owner_says    owner_says   owner_says  owner_says  owner_says  owner_says
begin          any    yes         yes           yes          yes         done        done        cancelled
wait           any    yes         yes           yes          yes         done        done        cancelled
more_time      any    yes         yes           yes          yes         done        done        cancelled
done           any    yes         yes           yes          yes         done        done        cancelled
verify         lead   not_done    not_done      not_done     not_done    yes         verified    cancelled
send_back      lead   not_done    not_done      not_done     not_done    yes         verified    cancelled
reassign       lead   yes         yes           yes          yes         done        done        cancelled
cancel_action  lead   yes         yes           yes          yes         done        done        cancelled
"""
OF_REFERRALS = """
deed                who  sent     refused  challenged  accepted  resolved  withdrawn
confirm_referral    any  yes      yes      yes         yes       yes       settled
answer_referral     any  yes      yes      yes         settled   settled   settled
challenge_referral  any  in_time  yes      in_time     settled   settled   settled
resolve_referral    any  yes      yes      yes         settled   settled   settled
withdraw_referral   any  yes      yes      yes         settled   settled   settled
ask_letter          any  yes      yes      yes         yes       yes       yes
"""
"""A referral by telephone may be confirmed in writing whatever the agency has answered by then."""

OF_AN_ALLEGATION = """
deed           who    submitted   seen        accepted      offered       triaged      second       proposed      closed  merged
lado           any    yes         yes         yes           yes           yes          yes          yes           closed  goes_on
childs_part    any    part_made   part_made   part_made     part_made     part_made    part_made    part_made     closed  goes_on
strategy       any    yes         yes         yes           yes           yes          yes          yes           closed  goes_on
suspension     any    yes         yes         yes           yes           yes          yes          yes           closed  goes_on
adult_support  any    yes         yes         yes           yes           yes          yes          yes           closed  goes_on
finding        owner  find_owned  find_owned  find_triaged  find_triaged  yes          yes          yes           closed  goes_on
finding        lead   find_owned  find_owned  find_theirs   find_theirs   find_theirs  find_theirs  find_theirs   closed  goes_on
barring        any    uncalled    uncalled    uncalled      uncalled      uncalled     uncalled     uncalled      closed  goes_on
graver         any    grave       grave       grave         grave         grave        grave        grave         closed  goes_on
"""
"""What the state of an allegation says; of a concern about a child each of these says `childs`, whatever its state. How
it stands (`allegation`) is read in every state."""

NOT_A_CONCERNS = """
deed        reporter       staff        lead         named
start       own_form_sent  others_form  others_form  others_form
start_here  own_form_sent  others_form  others_form  others_form
quick       own_form_sent  others_form  others_form  others_form
quick_here  own_form_sent  others_form  others_form  others_form
notice      own_form_sent  others_form  others_form  others_form
notice_here own_form_sent  others_form  others_form  others_form
raise       yes            yes          yes          yes
throw_away  gone           gone         gone         gone
board       yes            yes          yes          yes
list        -              -            -            -
away        yes            yes          yes          yes
closed      no_hours       no_hours     yes          yes
away_note   -              -            -            -
take_all    -              -            -            -
agree       -              -            -            -
find        -              -            yes          yes
patterns    -              -            yes          yes
figures     -              -            -            -
low_level_log -            -            yes          yes
unlock      no_role        no_role      yes          yes
word        no_word        no_word      no_word      no_word
"""
"""Presses that are about no concern, pressed with the id of one all the same. The first four carry the key of a form that
is being written, which becomes the concern's id: whoever presses another's is told that it is another's, sent or not.
The others are about a person, a draft, a question, or about nothing, and are asked by role: what is said is what is said
where there is no such concern."""

FORMS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "safe_until": ("safe_until", {"reason": "Her aunt has her."}),
    "escalate": ("escalate", {"reason": "It waits."}),
    "hand_over": ("hand_over", {"to": "@second", "note": "You know her."}),
    "decline": ("decline", {"reason": "I am in court."}),
    "cover": ("cover", {"reason": "Away until Monday."}),
    "assign": ("assign", {"kind": "call_home", "what": "Ring home.", "owner": "@sol"}),
    "decide": (
        "decide:99",
        {"level": "low", "seen": "spoken", "parents": "told", "outcome": "monitoring", "rationale": "Seen twice."},
    ),
    "second_read": ("second_read:99", {"agreed": "yes", "reading": "It holds."}),
    "close": ("close", {"outcome": "All well.", "open": "cancel", "open_reason": "Not needed."}),
    "sign_off": ("sign_off", {"agreed": "yes", "sign_off": "It is done."}),
    "reopen": ("reopen", {"reason": "It began again."}),
    "merge": ("merge", {"into": "@other", "reason": "The same event."}),
    "agree_merge": ("agree_merge", {"agreed": "yes", "why": "One event."}),
    "dispose": ("dispose", {"basis": "ordered", "reason": "The court says so."}),
    "agree_dispose": ("agree_dispose", {"agreed": "yes", "why": "I have read the order."}),
    "misfile": ("misfile", {"right": "@oskar", "part": "witness", "reason": "Two children of one name."}),
    "correct": ("correct", {"what": "note", "now": "It was Monday.", "reason": "She told me."}),
    "ask_more": ("ask_more", {"asked": "Tell me where she was."}),
    "share": ("share", {"fields": "@facts", "to": "@sol", "until": "@soon", "reason": "Her tutor."}),
    "unshare": ("unshare", {"share": "@share", "reason": "No longer her tutor."}),
    "refer": ("refer", {"to_agency": "@agency", "method": "telephone", "parents_of_referral": "Told."}),
    "review": ("quality", dict.fromkeys(("apart", "verbatim", "enough", "outcome"), "yes")),
    "name": ("name", {"person": "@sol", "part": "close", "reason": "Her uncle."}),
    "seal": ("seal", {"to_1": "@owner", "reason": "It must stay with two."}),
    "unseal": ("unseal", {"reason": "It need not any more."}),
    "lado": ("lado", {"method": "telephone", "agency_contact": "Fern", "lado_said": "no_answer", "parents_of_referral": "No"}),
    "childs_part": ("childs_part", {"child_is": "none", "child_why": "It was in the street."}),
    "strategy": ("strategy", {"meeting_is": "not_held", "meeting_came_of": "The LADO says so."}),
    "suspension": (
        "suspension",
        {"suspended": "alternative", "alternatives": ("accompanied",), "suspension_why": "Enough.", "decided_by": "I"},
    ),
    "adult_support": ("adult_support", {"adult_told": "not_yet", "adult_told_what": "The LADO says not yet."}),
    "finding": ("finding", {"finding": "unfounded", "finding_why": "Nothing.", "removed": "no", "teacher": "no"}),
    "barring": ("barring", {"barring_body": "dbs", "barring_is": "not_needed", "barring_why": "Not removed."}),
    "graver": ("graver:99", {"reason": "It adds up."}),
    "add": ("add", {"more": "She came back."}),
    "duty": ("duty", {"police_reference": "CAD 7", "rung_date": "@today"}),
    "not_satisfied": ("not_satisfied", {"not_satisfied": "Nobody rang."}),
    "wait": ("wait", {"agency": "The hub", "until": "@soon"}),
    "more_time": ("more_time", {"due_date": "@later", "reason": "They were away."}),
    "done": ("done", {"what_done": "I rang."}),
    "send_back": ("send_back", {"reason": "Ring again."}),
    "reassign": ("reassign", {"to": "@sol", "reason": "Away."}),
    "cancel_action": ("cancel_action", {"reason": "Not needed."}),
    "confirm_referral": ("referral_confirm", {"method": "mail"}),
    "answer_referral": ("referral_answer", {"answer": "accepted", "agency_said": "They will visit."}),
    "challenge_referral": ("referral_challenge", {"reason": "She is at risk."}),
    "resolve_referral": ("referral_resolve", {"reason": "Agreed."}),
    "withdraw_referral": ("referral_withdraw", {"reason": "Made in error."}),
    "ask_letter": ("referral_letter", {}),
    "chronology": ("chronology", {"show": "all"}),
    "open": ("account", {}),
}
"""By deed, the form that its window sends (with the page where it is not the first), and answers that are good."""

ADULT_SCENES = frozenset({"adult", "subject"})
"""The scenes whose concern is about an adult: triaged by a form of its own, and with no second reader."""
OF_AN_ADULT: Mapping[str, tuple[str, Mapping[str, str | tuple[str, ...]]]] = {
    "decide": (
        "decide_adult:99",
        {"adult_is": "low_level", "rationale": "Seen twice.", "child_safe": "yes", "asked_before": "no"},
    ),
}
"""Forms that a deed has in those scenes instead."""

LISTS: Mapping[str, str] = {
    "more": "safe_until decide second_read sign_off refer referrals actions decline cover hand_over escalate chronology correct "
    "ask_more allegation share unshare review merge misfile name seal unseal reopen dispose",
    "allegation": "lado childs_part strategy suspension adult_support finding barring graver",
    "actions": "verify send_back more_time reassign cancel_action",
}
"""Deeds that can be chosen from a list in a window as well."""

DOINGS: Mapping[str, Press | None] = {
    "read": Press.OPEN, "accept": Press.ACCEPT, "escalate": Press.ESCALATE, "hand_over": Press.HAND_OVER,
    "assign": Press.ASSIGN, "decide": Press.DECIDE, "safe_until": Press.SAFE_UNTIL, "close": Press.CLOSE, "second_read": Press.SECOND_READ,
    "sign_off": Press.SIGN_OFF, "reopen": Press.REOPEN, "merge": Press.MERGE, "dispose": Press.DISPOSE, "misfile": Press.MISFILE,
    "correct": Press.CORRECT, "name": Press.NAME, "seal": Press.SEAL, "refer": Press.REFER, "run_case": Press.LADO, "share": Press.SHARE,
    "look_back": Press.DECIDE, "export": Press.ASK_LETTER, "review": Press.REVIEW, "break_glass": Press.UNLOCK,
    "see_receipt": Press.TOLD, "add": Press.ADD, "read_action": Press.OPEN_ACTION, "finish_action": Press.DONE,
    "run_action": Press.VERIFY,
}  # fmt: skip
"""The press that stands for each doing of the program; `None` where no press does it."""
FORMS_OF_NO_CONCERN = frozenset({"concern", "quick", "police_notice", "throw_away", "find", "dismiss", "away", "closed", "unlock", "agree", "list", "low_level_log"})
"""Forms whose key is a draft's or nobody's."""
FORMS_ONLY_READ = frozenset({"action", "shared", "told", "referral", "figures"})
"""Windows with nothing to send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    deed: Press
    who: str
    cells: Mapping[str, str]


def rows(table: str) -> Iterator[Row]:
    """The lines of a table, its columns by name."""
    first, *lines = [line.split() for line in table.strip().splitlines()]
    two = first[1] == "who"
    names = first[2:] if two else first[1:]
    for line in lines:
        cells = line[2:] if two else line[1:]
        assert len(cells) == len(names), line
        yield Row(deed=Press(line[0]), who=line[1] if two else "any", cells=dict(zip(names, cells, strict=True)))


MAY = {row.deed: row.cells for row in rows(WHO)}


def said(table: str, deed: Press, standing: str, state: str) -> str:
    """What that table says to that standing (`owner`, `lead`, `doer`, ...); `yes` where it has no row."""
    found = [row for row in rows(table) if row.deed is deed]
    row = next((row for row in found if row.who == standing), None) or next(
        (row for row in found if row.who == "any" or (row.who == "lead" and standing == "owner")), None
    )
    return "yes" if row is None else row.cells[state]
