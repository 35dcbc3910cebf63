"""The way through the guide: forward, back, changed, left and taken up; and what no sequence of answers can bring about."""

from __future__ import annotations

import re

import pytest

from bot.aid.fixed import NOT_SAID, NOT_SURE
from bot.aid.reading import Move
from bot.aid.screens import screens
from bot.aid.state import State
from tests.aid.talk import WHOLE, Person

SCREENS = [one.id for one in screens(Person().guide, State())]


def test_the_way_through_in_order() -> None:
    person, seen = Person(), []
    for text in WHOLE:
        seen.append((person.last.form or {})["screen"])
        person.says(text)
    assert [*seen, (person.last.form or {})["screen"]] == SCREENS
    steps = [one.step for one in screens(person.guide, person.state)]
    assert steps == sorted(steps)
    assert set(steps) == set(range(1, 8))


def test_everything_can_be_skipped() -> None:
    person = Person()
    for _ in SCREENS[:-1]:
        person.says("skip")
    assert (person.last.form or {})["screen"] == "summary"
    assert person.state.answers == {}
    assert person.section("My decision") == (NOT_SAID,)


@pytest.mark.parametrize("screen", SCREENS)
def test_one_can_stop_at_each_screen_and_come_back_there(screen: str) -> None:
    person = Person()
    person.does(Move("answer", "use", "hair"))
    person.does(Move("change", screen))
    for word in ("", "continue", "go on", "carry on with the guide", "where were we?", "back to the guide"):
        person.does(Move("stop"))
        assert not person.state.open
        assert [one.title for one in person.last.buttons] == ["Go on with the guide"]
        back = person.says(word) if word else person.does(Move("start"))
        assert (back.form or {})["screen"] == screen
        assert person.state.open


def test_any_answer_can_be_changed_and_the_rest_stays() -> None:
    person = Person()
    person.says(*WHOLE)
    before = dict(person.state.answers)
    person.says("change 2")
    assert "So far you said: I am thinking about it" in person.last.text
    person.says("close")
    assert person.state.answers == {**before, "stance": "close"}


def test_what_was_said_can_be_taken_back() -> None:
    person = Person()
    person.says("hair", "shots", "It regrows hair.")
    person.says("change told")
    assert "So far you said: It regrows hair." in person.last.text
    person.says("nothing")
    assert (person.state.text("told"), person.state.at) == ("", "stance")


def test_own_reasons_are_shown_again_and_can_be_taken_back() -> None:
    person = Person()
    person.says(*WHOLE)
    person.does(Move("change", "own"))
    person.says("my wedding in May 4")
    person.does(Move("change", "own"))
    assert "So far you said: " in person.last.text
    assert "my wedding in May" in person.last.text
    person.says("none")
    assert person.state.own == ()


def test_a_button_of_an_earlier_screen_changes_that_answer_alone() -> None:
    person = Person()
    person.says("hair", "shots")
    person.does(Move("answer", "use", "skin"))
    assert (person.state.at, person.state.text("use"), person.state.text("route")) == ("told", "skin", "injection")
    assert person.last.text.startswith("I have changed that.")


def test_what_was_named_when_the_guide_was_asked_for_is_shown_and_a_word_goes_on() -> None:
    person = Person(named={"use": "scars", "route": "nowhere", "told": "x"})
    assert person.state.answers == {"use": "scars"}
    assert 'This is what I took from your words: Scars. Say "next" to keep it, or choose again.' in person.last.text
    assert "So far you said: Scars" in person.last.text
    assert (person.says("next").form or {})["screen"] == "route"
    assert person.state.text("use") == "scars"
    assert Person().state.answers == {}


def test_starting_over_keeps_nothing_that_was_named() -> None:
    person = Person(named={"use": "scars"})
    person.says("start over")
    assert person.state.answers == {}


@pytest.mark.parametrize(
    ("country", "row", "first"),
    [
        ("US", "Legal status in the US:", "No exosome product had FDA approval"),
        ("GB", "Legal status in the UK:", "The UK trade department"),
        ("FR", "Legal status in France:", "The EU bans"),
    ],
)
def test_the_options_tell_the_law_of_the_country_with_its_sources(country: str, row: str, first: str) -> None:
    person = Person(country=country)
    text = person.says("hair", "shots", "skip", "skip", "skip").text
    block = next(block for block in text.split("\n\n") if block.startswith(row))
    assert re.search(rf"- Exosomes as shots: {first}.*\[\d+\]", block)
    assert "If you live in some other place, tell me where." in text


def test_words_that_fit_no_choice_are_asked_for_again() -> None:
    person = Person()
    text = person.does(Move("unclear")).text
    assert text.startswith("I did not get that.")
    assert "1. Hair loss" in text


def test_without_a_use_the_options_ask_for_it_first() -> None:
    person = Person()
    shown = person.does(Move("change", "options"))
    assert "Tell me first what you think about" in shown.text
    assert "table" not in {one["kind"] for one in (shown.form or {})["controls"]}
    assert "What studies found:" in person.says("scars").text


def test_the_options_are_told_in_words_numbers_and_icons_with_sources() -> None:
    person = Person()
    text = person.says("skin", "needling", "skip", "skip", "skip").text
    assert text.startswith("Skin changes with age. It gets thinner and has more lines and spots. Sun and smoke add to it. [1]")
    assert (
        "- Tretinoin cream: Had skin that was at least a little better after 24 weeks: 68 of 100 with the drug in the cream, "
        "43 of 100 with plain cream. Had skin that was at least a little better after 24 weeks in the other trial: "
        "79 of 100 with the drug in the cream, 48 of 100 with plain cream. ["
    ) in text
    gain, harm = (next(block for block in text.split("\n\n") if block.startswith(f"{row} in numbers:")) for row in ("Gain", "Harm"))
    assert "- Exosomes with needling: No reliable number exists." in gain
    assert harm.splitlines()[1:] == [
        "- Exosomes with needling: No reliable number exists.",
        *(f"- {name}: No number is on file here." for name in ("Tretinoin cream", "Needling alone", "Waiting or doing nothing")),
    ]
    assert text.count("●") == 68 + 43 + 79 + 48
    assert text.count("○") == 400 - 68 - 43 - 79 - 48
    assert (
        "Tretinoin cream. Of 100 people with sun-worn skin on the face (296 in four groups), so many had skin that was at least "
        "a little better after 24 weeks:"
    ) in text
    assert "best guess" in text
    assert "Sources:\n[1]" in text
    assert person.last.sources


def test_each_check_is_answered_with_sources_whatever_was_said() -> None:
    person = Person()
    person.does(Move("change", "check-approved"))
    for said, check in zip(("yes", "no", "not sure"), person.guide.checks):
        text = person.says(said).text
        assert text.startswith(f"{check.ask} {check.told} [1]")  # beside what was asked, as the next question stands beneath
        assert "\n\nSources:\n[1]" in text


@pytest.mark.parametrize(("said", "score", "help"), [("yes yes yes yes", 4, 0), ("no yes yes yes", 3, 1), ("no no no no", 0, 4)])
def test_the_sure_test_is_scored_and_each_no_brings_its_help(said: str, score: int, help: int) -> None:
    person = Person()
    person.does(Move("change", "sure-sure"))
    text = person.says(*said.split()).text
    assert f"You said yes to {score} of 4." in text
    assert sum(item.help in text for item in person.guide.sure) == help


def test_each_no_of_the_sure_test_offers_the_step_that_helps_and_each_step_once() -> None:
    person = Person()
    person.does(Move("change", "sure-sure"))
    person.says("no", "yes", "no", "no")
    offered = {one.title: one.payload for one in person.last.buttons}
    assert list(offered) == ["Go back to step 4", "Go back to step 2", "Skip", "Back", "Stop"]
    assert [one["label"] for one in (person.last.form or {})["actions"]] == list(offered)
    assert offered["Go back to step 4"] == '/guide{"do":"change","at":"values"}'
    person.does(Move("change", "sure-sure"))
    person.says("yes", "yes", "yes", "yes")
    assert [one.title for one in person.last.buttons] == ["Skip", "Back", "Stop"]


def test_the_lean_is_one_of_the_options_or_ones_own_words() -> None:
    person = Person()
    person.does(Move("answer", "use", "hair"))
    person.does(Move("change", "lean"))
    radio = next(one for one in (person.last.form or {})["controls"] if one["kind"] == "radio")
    assert radio["value"] is None
    assert [one["label"] for one in radio["options"]][-2:] == ["Waiting or doing nothing", NOT_SURE]
    person.says("5")
    assert person.section("Where I lean") == (NOT_SURE,)


def test_a_foreign_slot_is_a_guide_that_was_not_started() -> None:
    assert State.from_slot("nonsense") == State.from_slot(None) == State()


def test_starting_over_forgets_everything() -> None:
    person = Person()
    person.says(*WHOLE[:8], "start over")
    assert (person.state.answers, person.state.own, person.state.at) == ({}, (), "use")


def test_a_button_of_a_guide_that_is_no_longer_kept_says_so_and_keeps_what_it_answers() -> None:
    person = Person()
    person.state = State()
    shown = person.does(Move("answer", "stance", "close"))
    assert shown.text.startswith("I no longer have what you said before.")
    assert "I have changed that" not in shown.text
    assert (person.state.at, person.state.answers) == ("use", {"stance": "close"})


def test_who_asks_for_a_verdict_is_told_that_there_is_none_and_stays_where_they_were() -> None:
    person = Person()
    person.says("hair", "shots")
    shown = person.does(Move("verdict"))
    assert shown.text.startswith("I can't choose for you")
    assert (shown.form or {})["screen"] == "told"
    person.does(Move("change", "options"))
    shown = person.does(Move("verdict"))
    assert shown.text == f"{person.guide.words['no_verdict']} {person.guide.words['resume'].format(step=3)}"
    assert person.state.at == "options"


def test_a_check_that_is_skipped_is_answered_all_the_same() -> None:
    person = Person()
    person.does(Move("change", "check-weeks"))
    check = person.guide.checks[1]
    assert person.says("skip").text.startswith(f"{check.ask} {check.told} [1]")


def test_questions_are_kept_as_what_is_still_open_one_after_the_other() -> None:
    person = Person()
    person.does(Move("change", "open"))
    person.says("What will it cost me?", "Will insurance pay?", "Will insurance pay?")
    assert person.section("What is still open") == ("What will it cost me? Will insurance pay?",)
    assert person.state.at == "open"


def test_words_that_are_too_many_are_cut_and_that_is_said() -> None:
    person = Person()
    person.does(Move("change", "told"))
    assert person.does(Move("answer", "told", "x" * 501)).text.startswith("That was too long to keep whole.")
    assert len(person.state.text("told")) == 500


def test_a_use_that_the_guide_has_no_options_for_is_not_taken_for_another() -> None:
    person = Person()
    assert person.says("my rosacea").text.startswith("This guide has options for these four uses and no other.")
    assert (person.state.at, person.state.answers) == ("use", {})


def test_who_names_two_of_the_choices_is_asked_for_one() -> None:
    person = Person()
    assert person.says("hair and scars").text.startswith("I can take one at a time.")
    assert (person.state.at, person.state.answers) == ("use", {})
