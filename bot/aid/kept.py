"""What is kept of a reply that shows a person's page: not the page, which is made anew from the answers. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.aid.summary import TITLE

SCREEN = "summary"
PLACEHOLDER = 'The page itself is not kept. Say "summary" to see it again.'


def is_page(custom: Any) -> bool:
    """Whether the structured part of a reply belongs to one that shows the page."""
    form = custom.get("form") if isinstance(custom, Mapping) else None
    return isinstance(form, Mapping) and form.get("screen") == SCREEN


def without_page(text: str) -> str:
    """The text of such a reply with a placeholder where the page stood."""
    return f"{text.partition(TITLE)[0]}{PLACEHOLDER}"


def form_without_page(form: Mapping[str, Any]) -> dict[str, Any]:
    """Its controls with the links to the page, and without what it says."""
    return {**form, "say": [*form["say"], PLACEHOLDER], "controls": [one for one in form["controls"] if one["kind"] == "link"]}
