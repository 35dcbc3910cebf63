"""The turns after an emergency: the question on help, and what a plain answer to it gets."""

from __future__ import annotations

from typing import Any

import pytest

from bot.safety.after_emergency import (
    COMING,
    NOT_COMING,
    QUESTION,
    about_help,
    ask_first,
    follows_emergency,
    now_first,
    said_in,
)
from bot.safety.language import SET_TEXTS

Events = list[dict[str, Any]]
CALLED = "Is help on the way? If not, call 999 now."


def user(text: str) -> dict[str, Any]:
    """A message of the person."""
    return {"event": "user", "text": text}


def bot(text: str, action: str = "utter_greet") -> dict[str, Any]:
    """A reply of the assistant."""
    return {"event": "bot", "text": text, "metadata": {"utter_action": action}}


def after(said: str, action: str = "utter_emergency") -> Events:
    """The events when `said` comes after a reply by `action`; the message may be followed by this turn's own reply."""
    return [user("my throat is closing"), bot("Call 999 now.", action), user(said)]


def made(events: Events) -> str:
    """The text that goes out for the usual reply "Usual."."""
    return about_help(events=events, emergency="999") or ask_first("Usual.", events=events, emergency="999")


@pytest.mark.parametrize("action", ["utter_emergency", "utter_crisis"])
@pytest.mark.parametrize(
    "said",
    ["what is an exosome", "she is lying down", "hello", "yes but how much does a session cost", "ok", "I called but it is busy"],
)
def test_the_next_turn_asks_first(said: str, action: str) -> None:
    assert made(after(said, action)) == f"{CALLED}\n\nUsual."


@pytest.mark.parametrize(
    "said", ["yes", "Yeah they are", "ambulance is on its way", "I called 911", "we're at the ER", "they're here"]
)
def test_who_says_that_help_comes_is_told_to_stay(said: str) -> None:
    assert made(after(said)) == COMING.format(emergency="999")


@pytest.mark.parametrize(
    "said",
    [
        "no",
        "Nope",
        "not yet",
        "i dont know",
        "nobody is here",
        "no one is here to help me",
        "I am alone",
        "should I?",
        "I can't call",
    ],
)
def test_who_says_that_it_does_not_is_told_to_call(said: str) -> None:
    assert made(after(said)) == NOT_COMING.format(emergency="999")


def test_the_answer_may_come_one_turn_later() -> None:
    events = [*after("what is an exosome"), bot(f"{CALLED}\n\nUsual.", "action_answer"), user("no")]
    assert made(events) == NOT_COMING.format(emergency="999")
    assert made([*events, bot(NOT_COMING.format(emergency="999")), user("yes")]) == COMING.format(emergency="999")


def test_the_question_is_not_asked_again() -> None:
    assert made([*after("what is an exosome"), bot(f"{CALLED}\n\nUsual."), user("is it approved")]) == "Usual."


@pytest.mark.parametrize("events", [[], [user("hello")], [user("hi"), bot("Hello."), user("yes")], [bot("Hello.")]])
def test_without_an_emergency_nothing_is_added(events: Events) -> None:
    assert made(events) == "Usual."
    assert follows_emergency(events) is False


def test_a_second_emergency_is_asked_about_too() -> None:
    events = [*after("she stopped breathing"), bot("Call 999 now.", "utter_emergency"), user("what now")]
    assert made(events) == f"{QUESTION.format(emergency='999')}\n\nUsual."


def abroad(said: str, spoken: str, *, now: str = "en") -> Events:
    """The events when `said` comes after an emergency in the language `spoken`; the gate took `said` for the language `now`."""

    def told(text: str, code: str) -> dict[str, Any]:
        return {**user(text), "parse_data": {"entities": [{"entity": "language", "value": code}]}}

    return [told("one two three four", spoken), bot("Call.", "utter_emergency"), told(said, now)]


@pytest.mark.parametrize(
    ("spoken", "no", "yes"),
    [
        ("es", "todavía no", "sí, ya vienen"),
        ("fr", "pas encore", "oui ils arrivent"),
        ("zh", "还没有", "在路上"),
        ("de", "noch nicht", "ja"),
        ("ja", "まだです", "はい"),
        ("es", "no", "yes"),
    ],
)
def test_the_answer_is_understood_and_given_in_the_language_of_the_emergency(spoken: str, no: str, yes: str) -> None:
    said = said_in()[spoken]
    assert made(abroad(no, spoken)) == said.not_coming.format(emergency="999")
    assert made(abroad(yes, spoken)) == said.coming.format(emergency="999")
    assert made(abroad("hmm", spoken)) == f"{said.question.format(emergency='999')}\n\nUsual."


def test_every_language_with_set_texts_asks() -> None:
    assert set(said_in()) == {"en", *SET_TEXTS}


def test_who_goes_on_in_english_is_asked_in_english() -> None:
    assert made(abroad("ok he is a bit better now", "fr")).startswith("Is help on the way?")


ABROAD = "999 (in the United States: 911)"


def test_now_stands_beside_the_first_of_two_numbers() -> None:
    said = now_first("Call 999 (in the United States: 911) now, or go there.", emergency=ABROAD)
    assert said == "Call 999 now (in the United States: 911), or go there."
    assert now_first("Call 911 now.", emergency="911") == "Call 911 now."


def test_who_has_no_help_abroad_is_told_both_numbers() -> None:
    events = after("no")
    assert about_help(events=events, emergency=ABROAD) == (
        "Please call 999 now (in the United States: 911), or ask someone near you to call. "
        "They will tell you what to do until help comes."
    )
    asked = "Is help on the way? If not, call 999 now (in the United States: 911)."
    assert ask_first("Usual.", events=after("hello"), emergency=ABROAD) == f"{asked}\n\nUsual."
