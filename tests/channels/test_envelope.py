"""One turn in the contract's form: never silent, exactly one `custom`, nothing of the input changed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.reply.contract import Button, Reply
from bot.channels.envelope import ANSWER, EMPTY, SORRY, failure, message, turn, unreadable
from bot.facts.rules import MAX_GRADE, grade
from tests.contract import check_turn

CUSTOM: dict[str, Any] = {
    "kind": "conversation",
    "topics": [],
    "scope": {},
    "facts": [],
    "sources": [],
    "caveats": [],
    "notice": None,
}
ERROR = {"recipient_id": "me", "text": SORRY.format(emergency="112"), "custom": {**CUSTOM, "kind": "error"}}
items = st.fixed_dictionaries(
    {},
    optional={
        "recipient_id": st.just("rest-me"),
        "text": st.sampled_from(["", "Hello.", "And more."]),
        "custom": st.sampled_from([None, CUSTOM, {**CUSTOM, "kind": "handoff"}]),
        "buttons": st.just([{"title": "More", "payload": "/more"}]),
    },
)


def test_after_an_emergency_a_failure_and_an_unreadable_message_ask_on_help_first() -> None:
    failed = failure("me", emergency="112", first="Is help coming?")
    assert failed == [{**ERROR, "text": f"Is help coming?\n\n{ERROR['text']}"}]
    assert turn([], "me", emergency="112", first="Is help coming?") == failed
    said = unreadable("me", first="Is help coming?")
    assert said == [{"recipient_id": "me", "text": f"Is help coming?\n\n{ANSWER}", "custom": {**CUSTOM, "kind": "clarify"}}]


def test_a_reply_is_one_message() -> None:
    assert message(Reply("conversation", "Hello."), "me") == {"recipient_id": "me", "text": "Hello.", "custom": CUSTOM}


def test_buttons_travel_with_it() -> None:
    buttons = Button("More", "/more"), Button("Cost", '/ask{"topic":"cost"}')
    assert message(Reply("conversation", "Hello.", buttons=buttons), "me") == {
        "recipient_id": "me",
        "text": "Hello.",
        "buttons": [{"title": "More", "payload": "/more"}, {"title": "Cost", "payload": '/ask{"topic":"cost"}'}],
        "custom": CUSTOM,
    }


def test_a_failure_says_so_and_what_to_do_if_it_is_urgent() -> None:
    assert failure("me", emergency="112") == [ERROR]
    assert "112" in ERROR["text"]
    assert check_turn(failure("me", emergency="112"))["kind"] == "error"


@pytest.mark.parametrize("sentence", [SORRY.format(emergency="112"), EMPTY])
def test_set_sentences_are_plain(sentence: str) -> None:
    assert grade(sentence) <= MAX_GRADE


def test_a_turn_passes_as_it_is_but_for_the_recipient() -> None:
    said: list[dict[str, Any]] = [
        {"recipient_id": "rest-me", "text": "Hello.", "buttons": [{"title": "a", "payload": "/b"}], "custom": CUSTOM}
    ]
    assert turn(said, "me", emergency="112") == [{**said[0], "recipient_id": "me"}]


def test_of_two_objects_the_last_counts() -> None:
    said: list[dict[str, Any]] = [
        {"text": "One.", "custom": {**CUSTOM, "kind": "handoff"}},
        {"text": "Two.", "custom": CUSTOM},
        {"text": "Three."},
    ]
    assert turn(said, "me", emergency="112") == [
        {"recipient_id": "me", "text": "One."},
        {"recipient_id": "me", "text": "Two.", "custom": CUSTOM},
        {"recipient_id": "me", "text": "Three."},
    ]


@pytest.mark.parametrize("said", [[], [{}], [{"text": ""}], [{"recipient_id": "me"}], [{"text": "Text without an object."}]])
def test_silence_is_a_failure(said: list[dict[str, Any]]) -> None:
    assert turn(said, "me", emergency="112") == [ERROR]


@given(said=st.lists(items, max_size=6))
def test_whatever_is_said_the_turn_has_one_object_and_keeps_the_texts(said: list[dict[str, Any]]) -> None:
    before = copy.deepcopy(said)
    sent = turn(said, "me", emergency="112")
    assert said == before
    objects = [item["custom"] for item in said if item.get("custom")]
    assert [item["custom"] for item in sent if item.get("custom")] == (objects[-1:] or [ERROR["custom"]])
    assert {item["recipient_id"] for item in sent} == {"me"}
    if objects:
        assert [item["text"] for item in sent if item.get("text")] == [item["text"] for item in said if item.get("text")]
    else:
        assert sent == [ERROR]
