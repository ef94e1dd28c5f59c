"""What may be chosen in the form behind /concern. Keys are stored for ever: add, never rename. Labels are shown."""

from collections.abc import Mapping

from handlers.rules.concern import About, Urgency
from handlers.rules.pack import ENGLAND
from handlers.rules.routing import Post, Weight
from handlers.ui.form import Option


def options(pairs: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(key=key, label=label) for key, label in pairs.items())


YES_NO = options({"yes": "Yes", "no": "No"})
ABOUT = options(
    {
        About.CHILD: "A child",
        About.ADULT: "An adult who works here",
        About.BOTH: "Both",
        About.PRACTICE: "How we do things",
    }
)
URGENCY = options(
    {
        Urgency.NOW: "Now",
        Urgency.TODAY: "Today",
        Urgency.WEEK: "This week",
        Urgency.RECORD: "For the record",
    }
)
SOURCES = options(
    {
        "saw": "I saw or heard it",
        "child": "The child told me",
        "other_child": "Another child told me",
        "adult": "An adult told me",
        "work": "In the child's work or a drawing",
        "online": "Online",
        "monitoring": "A monitoring alert",
        "anonymous": "Anonymously",
    }
)
PARTS_PLAYED = options(
    {
        "harmed": "Harmed or at risk",
        "alleged": "Alleged to have caused harm",
        "witness": "Witness",
        "sibling": "Sibling",
        "mentioned": "Mentioned",
    }
)
POSTS = options(
    {
        Post.STAFF: "Staff, supply, volunteer or contractor",
        Post.LEAD: "A safeguarding lead or deputy",
        Post.HEAD: "The head",
        Post.CHAIR: "The chair of governors",
        Post.GOVERNOR: "Another governor",
        Post.TRUST: "Central staff of the trust",
    }
)
WEIGHTS = options(
    {
        Weight.ALLEGATION: "A child may have been harmed, or I am not sure",
        Weight.LOW_LEVEL: "A low-level concern",
        Weight.SELF: "It is about me",
    }
)
INVOLVED = options(
    {
        "no": "No",
        "close": "Yes",
        "relative": "I am related to the child",
        "both": "Both",
    }
)
HAPPENED = options(
    {
        "today": "Today",
        "yesterday": "Yesterday",
        "then": "On another day",
        "over_time": "Over time",
        "unknown": "Not known",
    }
)
LEARNED = options(
    {"same": "When it happened", "today": "Today", "yesterday": "Yesterday", "then": "On another day"}
)
FURTHER = options(
    {
        "others": "What others said",
        "present": "Who else was there",
        "looked": "How the child looked",
        "child": "A child not on the list",
    }
)
NOTES = options({"yes": "Yes, and I will hand them over", "no": "No"})
PLACES = options(
    {
        "home": "Home",
        "classroom": "Classroom",
        "corridor": "Corridor",
        "toilets": "Toilets or changing room",
        "playground": "Playground or field",
        "gate": "School gate",
        "route": "Route or transport",
        "trip": "Trip or visit",
        "community": "In the community",
        "online": "Online",
        "unknown": "Not known",
    }
)
TOLD_BY = options(
    {
        "words": "In spoken words",
        "nothing": "The child said nothing",
        "gesture": "By a gesture",
        "sign": "In sign language or Makaton",
        "aac": "With a device or symbols (AAC)",
        "drawing": "By drawing or writing",
        "interpreter": "Through an interpreter",
    }
)
SAFE_HOME = options({"yes": "Yes", "no": "No", "unsure": "Not sure"})
PARENT_TOLD = options({"no": "No", "yes": "Yes", "unsafe": "No, telling them may not be safe"})
MARKS = options({"0": "No", "1": "Yes, one", "2": "Yes, two", "3": "Yes, three or more"})
REGIONS = options(
    {
        f"{side}_{key}": f"{face}: {label}"
        for side, face, regions in (
            (
                "front",
                "Front",
                {
                    "forehead": "forehead", "eye": "eye or eye socket", "cheek": "cheek", "mouth": "mouth or chin",
                    "neck": "neck", "chest": "chest", "belly": "belly", "groin": "groin", "shoulder": "shoulder",
                    "upper_arm": "upper arm", "forearm": "forearm", "hand": "palm or fingers", "thigh": "thigh",
                    "shin": "knee or shin", "foot": "top of the foot",
                },
            ),
            (
                "back",
                "Back",
                {
                    "head": "back of the head", "ear": "ear or behind it", "neck": "neck", "shoulder": "shoulder",
                    "upper_back": "upper back", "lower_back": "lower back", "buttock": "buttock",
                    "upper_arm": "upper arm", "elbow": "elbow or forearm", "hand": "back of the hand",
                    "thigh": "thigh", "calf": "calf", "sole": "heel or sole",
                },
            ),
        )
        for key, label in regions.items()
    }
)
"""Regions of the body map, front and back."""
SKIN = options({"no": "No", "yes": "Yes", "unknown": "Not known"})
SIDES = options({"left": "Left", "right": "Right", "middle": "Middle"})
OWN_ACCOUNT = options({"yes": "My own account, full names, no photographs of injuries"})
KINDS = tuple(Option(key=key, label=label) for key, label in ENGLAND.offered_kinds())


SEEN = (
    Option(key="spoken", label="Seen and spoken to"),
    Option(key="seen", label="Seen, not spoken to"),
    Option(key="no", label="Not seen yet"),
    Option(key="none", label="No child to be seen"),
)


PARENTS = (
    Option(key="told", label="Told"),
    Option(key="to_tell", label="Not told yet, will be"),
    Option(key="not_told", label="Not told, for the reason below"),
)
