"""Which reply is kept to be said again: whole, only to a message that its sender named, and never an error."""

from __future__ import annotations

from typing import Any

import pytest

from bot.aid.kept import PLACEHOLDER
from bot.channels.turns.again import NAMED, last_of, name_of

CUSTOM = {"kind": "answer", "facts": [{"id": "f-1"}], "sources": [{"n": 1}]}
BUTTONS = [{"title": "More", "payload": "/more"}]
NAME = name_of("id-1", "is it safe?", False)


def _turn(*, id: str = NAME, custom: dict[str, Any] = CUSTOM) -> list[dict[str, Any]]:
    data = {"custom": custom, "buttons": BUTTONS, "image": None, "elements": None}
    return [
        {"event": "action", "name": "action_listen"},
        {"event": "user", "text": "is it safe?", "message_id": id},
        {"event": "bot", "text": "First.", "data": {"custom": None}},
        {"event": "bot", "text": "Then.", "data": data},
    ]


def test_the_whole_reply_is_kept_under_the_name_of_the_message() -> None:
    said = [{"text": "First."}, {"text": "Then.", "buttons": BUTTONS, "custom": CUSTOM}]
    assert last_of(_turn()) == {"sent": NAME, "said": said}


@pytest.mark.parametrize(
    "events",
    [[], _turn(id="drawn by rasa"), _turn(custom={"kind": "error"}), _turn()[:2]],
    ids=["nothing", "no name", "an error", "no reply"],
)
def test_nothing_else_is_kept(events: list[dict[str, Any]]) -> None:
    assert last_of(events) is None


def test_another_id_other_words_or_a_button_in_their_place_is_another_message() -> None:
    names = {name_of(*parts) for parts in (("a", "x", False), ("b", "x", False), ("a", "y", False), ("a", "x", True))}
    assert len(names) == 4
    assert all(name.startswith(NAMED) and len(name) == len(NAMED) + 40 for name in names)


def test_a_persons_own_page_is_not_kept_to_be_said_again_but_the_way_to_it_is() -> None:
    link = {"kind": "link", "id": "page", "href": "/summary/x"}
    form = {"screen": "summary", "say": ["Your page is done."], "controls": [link, {"kind": "info", "lines": ["my secret"]}]}
    event = {
        "event": "bot",
        "text": "Your page is done.\n\nMy decision about exosomes, today\n\n- my secret",
        "data": {"custom": {"kind": "decision", "form": form, "sources": [{"n": 1}], "notice": "Old."}},
    }
    kept = last_of([*_turn()[:2], event])
    assert kept is not None
    assert kept["said"] == [
        {
            "text": f"Your page is done.\n\n{PLACEHOLDER}",
            "custom": {
                "kind": "decision",
                "form": {**form, "say": ["Your page is done.", PLACEHOLDER], "controls": [link]},
                "sources": [],
                "notice": None,
            },
        }
    ]
