"""What Slack would refuse is found before it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack import limits
from bot.slack.limits import cut, problems
from bot.slack.render import actions, buttons, context, section


def _buttons(count: int) -> list[dict[str, Any]]:
    return list(buttons([{"title": f"Number {n}", "payload": "/more"} for n in range(count)]))


def _button(**changes: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": [{**_buttons(1)[0], **changes}]}


@pytest.mark.parametrize(
    "blocks",
    [
        [section("a" * limits.SECTION)],
        [context(["a" * limits.CONTEXT] * 2)],
        actions(_buttons(limits.ELEMENTS)),
        [section("a")] * limits.BLOCKS,
        [_button(value="v" * limits.VALUE)],
        [{"type": "divider"}],
    ],
)
def test_what_is_just_within_the_limits_is_in_order(blocks: list[dict[str, Any]]) -> None:
    assert problems(blocks) == []


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([], "0 blocks"),
        ([section("a")] * (limits.BLOCKS + 1), "51 blocks"),
        ([section("a" * (limits.SECTION + 1))], "cannot exceed 3000"),
        ([section(" ")], "an empty text"),
        ([context(["a" * (limits.CONTEXT + 1)])], "a text of 2001 characters"),
        ([context([""])], "a text of 0 characters"),
        ([{"type": "actions", "elements": _buttons(limits.ELEMENTS + 1)}], "cannot exceed 25"),
        ([_button(text={"type": "plain_text", "text": "a" * (limits.TITLE + 1)})], "a title of 76 characters"),
        ([_button(value="v" * (limits.VALUE + 1))], "a value of 2001 characters"),
        ([{"type": "actions", "elements": _buttons(1) * 2}], "two buttons with one action_id"),
        ([section("a" * 2_900)] * 5, "characters in all"),
        ([{"type": "carrier pigeon"}], "unknown type"),
    ],
)
def test_what_is_beyond_a_limit_is_said(blocks: list[dict[str, Any]], said: str) -> None:
    assert said in "; ".join(problems(blocks))


@pytest.mark.parametrize(("text", "short"), [("abcde", "abcde"), ("abcdef", "abcd…"), ("abc def", "abc…"), ("", "")])
def test_a_cut_ends_in_an_ellipsis(text: str, short: str) -> None:
    assert cut(text, 5) == short
