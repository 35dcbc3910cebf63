"""What a process remembers of an emergency besides the database, and what it says with it."""

from __future__ import annotations

from bot.channels.turns.remembered import MOST, SECONDS, Conversations, Remembered
from bot.safety.emergency.after_emergency import Standing

BODY = Standing("body", country="GB", say="alarm").to_slot()


def test_the_question_on_help_names_the_number_of_where_someone_is() -> None:
    held = Remembered(BODY)
    assert held.asked() == "Is help on the way? If not, call 999 now (in the United States: 911)."
    assert held.emergency == "999 (in the United States: 911)"


def test_a_country_alone_is_enough_for_the_number() -> None:
    assert (Remembered(country="AU").emergency, Remembered(country="AU").asked()) == ("000 (in the United States: 911)", "")
    assert Remembered().emergency == "911"


def test_who_is_in_despair_reads_the_crisis_line_and_a_kind_word() -> None:
    asked = Remembered(Standing("crisis", say="still").to_slot()).asked()
    assert asked == "Are you safe right now? If not, call 911 now. To talk to someone: 988 (call or text). You matter."


def test_a_language_without_a_question_of_its_own_for_a_crisis_has_that_of_the_body() -> None:
    assert Remembered(Standing("crisis", "de", say="alarm").to_slot()).asked().startswith("Ist Hilfe unterwegs?")


def test_once_help_comes_or_it_is_over_nothing_is_asked() -> None:
    assert Remembered(Standing("body", coming=True, say="coming").to_slot()).asked() == ""
    assert Remembered(Standing("body", say="over").to_slot()).asked() == ""


def test_it_is_forgotten_after_an_hour_and_the_oldest_first() -> None:
    now = [SECONDS * 2.0]
    kept = Conversations(clock=lambda: now[0])
    kept.note("a", standing=BODY, country="GB", unkept=True)
    assert kept.of("a") == Remembered(BODY, "GB", True, now[0])
    now[0] += SECONDS
    assert kept.of("a") == Remembered()
    for number in range(MOST + 1):
        kept.note(str(number), standing=None, country="GB")
    assert (kept.of("0"), kept.of("1").country) == (Remembered(), "GB")


def test_a_turn_without_the_database_leaves_the_country_as_it_was() -> None:
    kept = Conversations(clock=lambda: SECONDS * 2.0)
    kept.note("a", standing=None, country="GB")
    kept.note("a", standing=BODY, country=None, unkept=True)
    assert kept.of("a").country == "GB"
    kept.note("a", standing=None, country=None)
    assert kept.of("a").country is None
