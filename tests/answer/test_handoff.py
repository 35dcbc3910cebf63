"""The reply to someone who wants a person: only what the clinic has given."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answer.reply.contract import Reply
from bot.answer.reply.handoff import LABELS, hand_off
from bot.clinic import Clinic, Numbers
from bot.facts.rules import MAX_GRADE, grade

NUMBERS = {"US": Numbers(emergency="911"), "GB": Numbers(emergency="999")}
NOT_A_PERSON = "I'm not a person and I can't book or change visits."


def clinic(**details: Any) -> Clinic:
    """A clinic in the United States."""
    return Clinic(**{"name": "Elm Clinic", "country": "US", "numbers": NUMBERS, **details})


def test_all_details_are_given_in_order() -> None:
    details = {"phone": "555 0100", "email": "hi@elm.org", "address": "1 Elm St", "hours": "9 to 5", "booking": "elm.org/book"}
    text = (
        "The team at Elm Clinic can help you with that:\n"
        "Phone: 555 0100\nE-mail: hi@elm.org\nAddress: 1 Elm St\nHours: 9 to 5\nBookings: elm.org/book\n"
        f"{NOT_A_PERSON}\n"
        "If it is urgent, call 911."
    )
    assert hand_off(clinic(**details)) == Reply(kind="handoff", text=text)


@pytest.mark.parametrize("field", LABELS)
def test_a_detail_that_is_not_known_is_not_made_up(field: str) -> None:
    text = f"The team at Elm Clinic can help you with that:\n{LABELS[field]}: x\n{NOT_A_PERSON}\nIf it is urgent, call 999."
    assert hand_off(clinic(country="GB", **{field: "x"})) == Reply(kind="handoff", text=text)


def test_without_any_detail_it_says_where_else_to_look() -> None:
    elsewhere = "I have no details of the clinic. You can find them on its website or on your papers."
    reply = hand_off(clinic())
    assert reply == Reply(kind="handoff", text=f"{elsewhere}\n{NOT_A_PERSON}\nIf it is urgent, call 911.")
    assert grade(reply.text) <= MAX_GRADE
