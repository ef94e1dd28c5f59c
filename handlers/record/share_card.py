"""To a colleague: that something is shared with them, by reference. What it is they read in a window."""

from handlers.rules.concern import Concern
from handlers.rules.share import Share
from handlers.situation import Situation
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Press, Words


def share_card(share: Share, concern: Concern, now: Situation) -> Card:
    heading = f"Shared with you: concern {concern.reference}"
    if not share.live(at=now.at):
        return Card(summary=f"{heading}, ended", parts=(Heading(heading), Words(text="This has ended.")))
    pairs = (("By", now.names.get(share.by, "a colleague")), ("Until", say.day(share.until, now.calendar)))
    read = Button(press=Press.READ_SHARE, label="Read", subject=share.id, version=share.version, look=Look.PRIMARY)
    return Card(summary=heading, parts=(Heading(heading), Facts(pairs), Buttons((read,))))
