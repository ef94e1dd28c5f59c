"""The page of a list that a window was opened from, as a client carries it: written by both platforms in one way."""

import re

from handlers.ui.form import ListPage

TO_LIST = "Back to the list"
_WRITTEN = re.compile(r"([a-z_]{1,50})\|([!-{}~]{1,100})\|([1-9][0-9]{0,2})")


def written(page: ListPage) -> str:
    return f"{page.form}|{page.key}|{page.page}"


def read(text: str) -> ListPage | None:
    """None where it is none that we wrote."""
    found = _WRITTEN.fullmatch(text)
    return ListPage(form=found[1], key=found[2], page=int(found[3])) if found else None
