"""What stands for a number that is not on file, and the crisis line in an emergency."""

from __future__ import annotations

from bot.safety.abroad import NO_NUMBER, no_number, with_crisis_line
from bot.safety.language import SET_TEXTS


def test_every_language_that_is_told_apart_has_the_words() -> None:
    assert set(NO_NUMBER) == {"en", *SET_TEXTS}


def test_an_unknown_language_gets_english() -> None:
    assert no_number("sw") == no_number(None) == "your local emergency number"


def test_the_crisis_line_stands_after_the_first_line() -> None:
    assert with_crisis_line("Call 911.\nSay what.\nTell the clinic.", language="fr", crisis="988") == (
        "Call 911.\nSi vous pensez aussi à vous faire du mal, vous pouvez parler à quelqu'un : 988.\nSay what.\nTell the clinic."
    )


def test_a_language_without_the_words_gets_the_bare_number() -> None:
    assert with_crisis_line("Call 911.", language="de", crisis="988") == "Call 911.\n☎ 988"
