"""What Slack tells of files, and that nothing of them goes on: not their names, not a link to them."""

from typing import Any

import pytest

from bot.intake import Unreadable
from bot.slack import parse
from tests.bot.slack.payloads import REPORT

FILE = {"id": "F0CANARY01", "name": "CANARY.jpg", "mimetype": "image/jpeg",
        "url_private": "https://files.slack.com/files-pri/T0KINGFISH-F0CANARY01/canary.jpg"}
TYPED = {"command": "/concern", "team_id": "T0KINGFISH", "user_id": "U0TESS0001"}
LINKS = (
    "https://kingfisher.slack.com/files/U0TESS0001/F0CANARY01/canary.jpg",
    "https://grid.enterprise.slack.com/files/U0TESS0001/F0CANARY01/canary.jpg?origin=x",
    "https://files.slack.com/files-pri/T0KINGFISH-F0CANARY01/canary.jpg",
    "https://files.slack.com/files-tmb/T0KINGFISH-F0CANARY01-1/canary_720.jpg",
    "https://slack-files.com/T0KINGFISH-F0CANARY01-0abc",
    "<https://kingfisher.slack.com/files/U0TESS0001/F0CANARY01/canary.jpg|canary.jpg>",
    "HTTPS://KINGFISHER.SLACK.COM/files/U0TESS0001/F0CANARY01/canary.jpg",
)


def reported(**message: Any) -> Any:
    return parse.shortcut({**REPORT, "message": {**REPORT["message"], **message}})


@pytest.mark.parametrize("link", LINKS)
def test_a_link_to_a_file_after_the_command_is_left_out_and_told(link: str):
    found = parse.command({**TYPED, "text": f"Mia has a mark {link} on her arm"})
    assert found.file
    assert found.text == "Mia has a mark  on her arm"
    assert "canary" not in repr(found).lower()


@pytest.mark.parametrize(
    "text",
    ["Mia has a mark", "https://kingfisher.slack.com/archives/C1/p2", "https://example.org/files/x.jpg",
     "https://slack.com/help", "it is on notslack.com/files/x", "https://evil-slack-files.com.example/x", ""],
)
def test_any_other_words_stay_as_they_are(text: str):
    found = parse.command({**TYPED, "text": text})
    assert (found.text, found.file) == (text, False)


def test_a_reported_message_with_files_brings_its_words_and_nothing_of_the_files():
    found = reported(files=[FILE])
    assert (found.message, found.file) == ("he said <wait> & ran", True)
    assert "canary" not in repr(found).lower()


def test_files_of_a_message_that_is_shared_in_it_count_too():
    assert reported(attachments=[{"text": "x", "files": [FILE]}]).file
    assert not reported(attachments=[{"text": "x", "image_url": "https://example.org/preview.png"}]).file


@pytest.mark.parametrize("files", [None, []])
def test_a_message_without_files_is_no_attempt(files: object):
    assert not reported(files=files).file


@pytest.mark.parametrize("files", ["F1", 7, [7]])
def test_files_in_a_shape_that_slack_does_not_send_are_not_read(files: object):
    with pytest.raises(Unreadable):
        reported(files=files)


def test_a_very_long_line_of_near_links_is_read_in_a_moment():
    near = "https://" + "a." * 20_000 + "slack.com/file"
    assert parse.command({**TYPED, "text": near * 3}).text == near * 3
