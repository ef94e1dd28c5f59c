"""A second start finds what was there: the record holds, and the chats are drawn from it anew."""

from bot.clock import Clock
from bot.demo import free_address, on_stage, redraw
from tests.journeys.conftest import TUESDAY
from tests.journeys.gestures import reports, sees


async def test_what_was_raised_before_the_stop_stands_in_the_chats_after_the_next_start(tmp_path):
    async with on_stage(tmp_path, address=free_address(0), clock=Clock.started_at(TUESDAY)) as first:
        reference = await reports(first.slack.thumbs("tess"))
        await sees(first.slack.thumbs("lee"), reference)
    async with on_stage(tmp_path, address=free_address(0), clock=Clock.started_at(TUESDAY)) as second:
        lee, priya = second.slack.thumbs("lee"), second.teams.thumbs("priya")
        assert lee.chat("leads") == ()
        await redraw(second.program)
        await lee.press("Accept", on=await sees(lee, reference))
        await sees(priya, "Accepted by Lee Abara", "leads")
        cards = [seen for seen in lee.chat("leads") if reference in seen.words and not seen.only_me]
        assert len(cards) == 1
