"""The turns after an emergency: what they say, how long they stay with it, and when it is over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.facts.rules import MAX_GRADE, grade
from bot.safety.emergency.after_emergency import Heard, Standing, asks_first, following, now_first, said
from bot.safety.emergency.answers import said_in
from tests.safety.languages import SET_TEXTS

BODY = Heard("my throat is closing", "emergency", signs=("airway",))
CRISIS = Heard("i want to kill myself", "crisis", signs=("suicide",))
OTHER = Heard("my friend wants to kill herself", "crisis", signs=("suicide",))
EN = said_in()["en"].texts
LINES = {"emergency": "999", "crisis": "116 123"}


def talk(*messages: str | Heard) -> list[str | None]:
    """What each turn says on the emergency; a text alone is one that asks nothing and alarms nobody."""
    standing, says = None, []
    for message in messages:
        standing = following(standing, message if isinstance(message, Heard) else Heard(message, "out_of_scope"))
        says.append(standing.say if standing else None)
    return says


def question(text: str) -> Heard:
    """A message that plainly asks about something else."""
    return Heard(text, "approval_status", asks=True, about_treatment="exo" in text)


@pytest.mark.parametrize("first", [BODY, CRISIS, OTHER])
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("yes", "coming"),
        ("Yeah they are", "coming"),
        ("ambulance is on its way", "coming"),
        ("I called 911", "coming"),
        ("i already called 988", "coming"),
        ("yes my mom is here", "coming"),
        ("we're at the ER", "coming"),
        ("no", "not_coming"),
        ("Nope", "not_coming"),
        ("not yet", "not_coming"),
        ("i dont know", "not_coming"),
        ("nobody can help me", "not_coming"),
        ("I am alone", "not_coming"),
        ("should I?", "not_coming"),
        ("what do i do", "what_to_do"),
        ("should I lie down or sit", "what_to_do"),
        ("please help me", "what_to_do"),
        ("how do i call them", "how_to_call"),
        ("what's the number", "how_to_call"),
        ("who should i call", "how_to_call"),
        ("my phone is dead", "no_phone"),
        ("I have no signal here", "no_phone"),
        ("I can't call", "no_phone"),
        ("they don't pick up", "busy"),
        ("I called but it is busy", "busy"),
        ("how long until they come", "how_long"),
        ("when will they be here", "how_long"),
        ("it's getting worse", "worse"),
        ("false alarm, sorry", "over"),
        ("I'm fine now", "over"),
        ("no, she is ok now", "over"),
        ("hello", "still"),
        ("what's the point", "still"),
        ("he is not ok", "still"),
        ("is she ok if it gets tight", "still"),
    ],
)
def test_what_is_said_or_asked_of_the_emergency_is_answered(first: Heard, text: str, key: str) -> None:
    assert talk(first, text) == ["alarm", key]


@pytest.mark.parametrize("first", [BODY, CRISIS])
def test_it_stays_for_as_many_turns_as_it_takes(first: Heard) -> None:
    said_to = talk(first, "no", "what do i do", "my phone is dead", "hmm", "how do i call them", "ok", "yes, they are coming")
    assert said_to == ["alarm", "not_coming", "what_to_do", "no_phone", "still", "how_to_call", "still", "coming"]


def test_another_question_is_answered_after_the_question_on_help_and_the_next_one_alone() -> None:
    assert talk(BODY, question("is it approved"), question("what does it cost"), "hm") == ["alarm", "question", None, None]
    assert talk(BODY, "no", question("are exosomes approved?"), "no", question("is it approved")) == [
        "alarm",
        "not_coming",
        "question",
        "not_coming",
        "question",
    ]


def test_who_is_in_despair_is_asked_twice_before_other_questions_stand_alone() -> None:
    asked = [question("is it approved"), question("what does it cost"), question("does it hurt")]
    assert talk(CRISIS, *asked) == ["alarm", "question", "question", None]


def test_once_help_comes_only_what_is_about_the_emergency_is_answered_here() -> None:
    assert talk(BODY, "yes", "thanks", "yes", "how long until they come", question("is it approved"), "no") == [
        "alarm",
        "coming",
        None,
        None,
        "how_long",
        None,
        None,
    ]


def test_what_is_over_stays_over() -> None:
    assert talk(BODY, "false alarm", "no", "what do i do") == ["alarm", "over", None, None]


def test_without_an_emergency_nothing_is_said() -> None:
    assert talk("hello", "no", "what do i do", question("is it approved")) == [None] * 4


def test_a_question_on_the_treatment_is_no_answer_on_help() -> None:
    asked = Heard("how long does it take until exosomes come to work", "durability", asks=True, about_treatment=True)
    assert talk(BODY, asked) == ["alarm", "question"]


def test_an_answer_that_sounds_alarming_names_no_new_emergency() -> None:
    alone = Heard("no one is here to help me", "crisis")
    assert talk(BODY, alone) == ["alarm", "not_coming"]
    assert talk(BODY, "yes", Heard("she is lying down", "emergency")) == ["alarm", "coming", "coming"]


def test_the_kind_of_the_emergency_is_kept_unless_another_is_named() -> None:
    body = following(None, BODY)
    assert following(body, Heard("everything goes dark", "crisis")) == body
    assert following(body, CRISIS) == replace(body, kind="crisis") if body else False
    both = following(following(None, CRISIS), Heard("i took 30 pills", "emergency", signs=("poison",)))
    assert both == Standing("body", despair=True, say="alarm")


def test_the_crisis_line_stays_beside_an_emergency_of_the_body() -> None:
    told = said(Standing("body", despair=True, say="no_phone"), **LINES) or ""
    assert told.splitlines()[0] == EN["body"]["no_phone"].format(**LINES).splitlines()[0]
    assert "116 123" in told.splitlines()[1]


def test_the_reply_is_for_who_stands_by_someone_in_despair() -> None:
    assert following(None, OTHER) == Standing("other", say="alarm")
    assert following(following(None, OTHER), CRISIS) == Standing("crisis", say="alarm")


def test_it_survives_in_a_slot() -> None:
    standing = Standing("crisis", "fr", "GB", despair=True, coming=True, elsewhere=1, say="still")
    assert Standing.from_slot(standing.to_slot()) == standing
    assert Standing.from_slot(None) is None


def test_the_country_and_the_language_are_remembered() -> None:
    first = following(None, replace(BODY, language="fr", country="GB"))
    assert first == Standing("body", "fr", "GB", say="alarm")
    assert following(first, Heard("non", language="es")) == Standing("body", "fr", "GB", say="not_coming")
    later = following(first, Heard("we are in Berlin right now", language="en", country="DE"))
    assert later == Standing("body", "en", "DE", say="still")


@pytest.mark.parametrize(
    ("spoken", "text", "key"),
    [
        ("es", "todavía no", "not_coming"),
        ("es", "sí, ya vienen", "coming"),
        ("es", "¿qué hago?", "what_to_do"),
        ("es", "no tengo batería", "no_phone"),
        ("es", "la ayuda ya viene", "coming"),
        ("fr", "pas encore", "not_coming"),
        ("fr", "oui ils arrivent", "coming"),
        ("fr", "je n'ai plus de batterie", "no_phone"),
        ("fr", "dans combien de temps ?", "how_long"),
        ("zh", "还没有", "not_coming"),
        ("zh", "在路上", "coming"),
        ("zh", "怎么办", "what_to_do"),
        ("zh", "手机没电了", "no_phone"),
        ("de", "noch nicht", "not_coming"),
        ("de", "ja", "coming"),
        ("ja", "まだです", "not_coming"),
        ("ja", "はい", "coming"),
        ("es", "no", "not_coming"),
        ("es", "yes", "coming"),
        ("es", "ok", "still"),
    ],
)
def test_the_answer_is_understood_and_given_in_the_language_of_the_emergency(spoken: str, text: str, key: str) -> None:
    held = following(following(None, replace(BODY, language=spoken)), Heard(text, language=spoken))
    assert held == Standing("body", spoken, say=key, coming=key == "coming")
    own = said_in()[spoken].texts["body"]
    fallback = own["question"] if key == "still" else own["not_coming"]
    assert said(held, **LINES) == own.get(key, fallback).format(**LINES)


def test_every_language_with_set_texts_asks() -> None:
    assert set(said_in()) == {"en", *SET_TEXTS}


@pytest.mark.parametrize("spoken", sorted(said_in()))
def test_every_text_names_the_number_and_in_a_crisis_the_line(spoken: str) -> None:
    for kind, texts in said_in()[spoken].texts.items():
        for key, text in texts.items():
            assert "{emergency}" in text, (kind, key)
            assert ("{crisis}" in text) is (kind != "body"), (kind, key)


def test_a_language_without_words_for_a_crisis_has_those_of_the_first_reply() -> None:
    assert said(Standing("crisis", "ja", say="not_coming"), **LINES) is None


@pytest.mark.parametrize("text", [text for texts in EN.values() for text in texts.values()])
def test_the_english_texts_are_easy_to_read(text: str) -> None:
    assert grade(text.format(emergency="911", crisis="988")) <= MAX_GRADE


@pytest.mark.parametrize("key", sorted(EN["crisis"]))
def test_who_is_in_despair_always_reads_a_kind_word(key: str) -> None:
    assert "You matter" in EN["crisis"][key]


def test_the_question_comes_before_the_usual_reply_and_only_where_it_is_due() -> None:
    held = Standing("body", say="question")
    assert asks_first("Usual.", held, **LINES) == "Is help on the way? If not, call 999 now.\n\nUsual."
    assert asks_first("Usual.", replace(held, say=None), **LINES) == "Usual."
    assert asks_first("Usual.", None, **LINES) == "Usual."


ABROAD = "999 (in the United States: 911)"


def test_now_stands_beside_the_first_of_two_numbers() -> None:
    told = now_first("Call 999 (in the United States: 911) now, or go there.", emergency=ABROAD)
    assert told == "Call 999 now (in the United States: 911), or go there."
    assert now_first("Call 911 now.", emergency="911") == "Call 911 now."
    asked = said(Standing("body", say="question"), emergency=ABROAD, crisis="116 123")
    assert asked == "Is help on the way? If not, call 999 now (in the United States: 911)."
