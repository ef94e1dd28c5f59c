"""Refusals: outcomes that we expect and can put into words for the person who asked.

The docstring is the sentence shown. Bugs are not here: they get a reference and honest words in the adapter's guard.
"""


class Refused(Exception):
    """Sorry, that cannot be done."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or type(self).__doc__)


class NotOnTheStaffList(Refused):
    """You are not on this school's staff list, so nothing has been kept. If you work here, ask the school office to add you. If a child may be in danger, ring 999. If you are a young person, you can ring Childline on 0800 1111, free, at any time."""  # noqa: E501 (the sentence shown, whole)


class NotForPupils(Refused):
    """This is the form that staff use, so nothing has been kept. If something is worrying you, tell any adult at school whom you trust: they will listen. You can ring Childline on 0800 1111, free, day or night. If you are in danger now, ring 999."""  # noqa: E501 (the sentence shown, whole)


class AccountSwitchedOff(Refused):
    """This account has been switched off, so nothing has been kept. If you work here, ask your technician about it. If a child may be in danger, ring 999 and tell a safeguarding lead in person."""  # noqa: E501 (the sentence shown, whole)


class GuestAccount(Refused):
    """You are here with a guest account or a restricted one, so nothing has been kept. Use your own account at this school, or ask your technician for one. If a child may be in danger, ring 999 and tell a safeguarding lead in person."""  # noqa: E501 (the sentence shown, whole)


class AccountNotChecked(Refused):
    """We could not check your account just now, so nothing has been kept. Try again in a minute. If a child may be in danger, ring 999 and tell a safeguarding lead in person."""  # noqa: E501 (the sentence shown, whole)


class UnknownSchool(Refused):
    """Heard is not set up for this school, so nothing has been kept. If a child may be in danger, ring 999 and tell a safeguarding lead in person."""  # noqa: E501 (the sentence shown, whole)


class NotYourCommand(Refused):
    """A word after `/concern` that is for others. The text says for whom."""


class NoSuchConcern(Refused):
    """There is no such concern, or it is not yours to see."""


class MovedOn(Refused):
    """This concern has changed since that card was drawn. The card is being refreshed; look again."""


class Damaged(Refused):
    """Part of what Heard keeps about this is damaged and cannot be read, so nothing has been done and nothing was saved. Your technician is told of it. If it cannot wait, speak to a safeguarding lead in person; if a child may be in danger, ring 999."""  # noqa: E501 (the sentence shown, whole)


class OfANewerVersion(Damaged):
    """A newer version of Heard wrote part of this, and this one cannot read it yet, so nothing has been done and nothing was saved. Try again in a few minutes: your technician is bringing Heard up to date. If it cannot wait, speak to a safeguarding lead in person; if a child may be in danger, ring 999."""  # noqa: E501 (the sentence shown, whole)


class CannotBeRead(Damaged):
    """That concern is there, and cannot be read now: part of what Heard keeps of it is damaged. Your technician is told and can bring it back from a backup. If it cannot wait, speak to whoever has it in person; if a child may be in danger, ring 999."""  # noqa: E501 (the sentence shown, whole)


class Busy(Exception):
    """So many come at once, or something takes so long, that this could not be done in time: nothing was done. Somebody
    who waits is told that (`desk`); it is no sign that the database is away."""


class Away(Exception):
    """The store does not answer, or cannot keep anything: nothing is known to be done. Never shown."""


class Unsure(Away):
    """The store was told to keep it, and its answer did not come: it may be done, or not. Never shown."""


class Shut(Away):
    """That school's part of the store cannot be opened, though others' can. Never shown."""


class MustWrite(Exception):
    """What was begun as a look would change something: it is done again in a unit of work that may. Never shown."""


class CardAhead(Refused):
    """This card is newer than what is kept here, so nothing has been done. It is being drawn again; look once more."""


class Settled(Refused):
    """Somebody else was first: said with who it was and when, to one who may know it."""


class InvalidForm(Refused):
    """Some answers need another look."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__()
        self.by_field = by_field
        """A sentence for each field that needs another look, by the field's name."""
