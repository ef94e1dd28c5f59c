"""What somebody is in the school, in words: how two of one name are told apart. Pure."""

from handlers.rules.people import Person, Role
from handlers.ui import say

_POSTS = {
    Role.LEAD: "Safeguarding lead",
    Role.DEPUTY: "Deputy lead",
    Role.HEAD: "Head",
    Role.CHAIR: "Chair of governors",
    Role.VICE_CHAIR: "Vice-chair of governors",
    Role.SAFEGUARDING_GOVERNOR: "Safeguarding governor",
    Role.WHISTLEBLOWING_LEAD: "Whistleblowing lead",
    Role.HR: "Human resources",
    Role.NOMINATED: "Nominated person",
    Role.TRUST_LEAD: "Trust's safeguarding lead",
    Role.AUDITOR: "Auditor",
    Role.TECHNICIAN: "School technician",
    Role.DPO: "Data protection officer",
    Role.STAFF: "Staff",
    Role.PUPIL: "Pupil",
}


def post(person: Person) -> str:
    """As it stands behind a name: `Deputy lead`, `Safeguarding lead and Head`."""
    return say.posts(person, _POSTS, "Staff")
