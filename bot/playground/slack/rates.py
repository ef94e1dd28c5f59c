"""How many calls a minute Slack takes from one app in one workspace: numbers only.

(calls, seconds); Slack says "about one message a second in a channel, short bursts are allowed" and names
a tier for each other method (Slack, "Rate limits" and the page of each method, May 2026).
"""

from collections.abc import Mapping

from bot.playground.switchboard import Windows

PER_CHANNEL: Windows = ((6, 2), (15, 10), (70, 60))
TIER_3: Windows = ((60, 60),)
TIER_4: Windows = ((120, 60),)
OFTEN: Windows = ((300, 60),)

BY_METHOD: Mapping[str, Windows] = {
    "auth.test": OFTEN,
    "blocks.validate": OFTEN,
    "chat.delete": TIER_3,
    "chat.update": TIER_3,
    "chat.postEphemeral": TIER_4,
    "conversations.open": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.members": TIER_4,
    "users.info": TIER_4,
    "team.info": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.update": TIER_4,
    "views.push": TIER_4,
}
