"""What is dangerous in an answer in a person's own words: it is kept, and the word of safety comes first."""

from __future__ import annotations

import pytest

from bot.aid.dangers import dangers, dangers_in, warnings
from bot.aid.reading import Move
from bot.answer.reply import phrases
from tests.aid.talk import Person

MEDICINE = "The nurse wants me to come off my warfarin a week before"
ALONE = "They would send me a syringe so that I can do it at home"
REACTION = "My cheek is still swollen and hard since the second session"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (MEDICINE, ["medicine"]),
        (ALONE, ["alone"]),
        (REACTION, ["reaction"]),
        ("I am to skip my insulin and jab it in at home", ["medicine", "alone"]),
        ("They say that it regrows hair in three months", []),
        ("I have red spots and I am tired of them", []),
        ("A nurse does the shots and my wife comes along", []),
    ],
)
def test_a_danger_is_found_by_the_words(text: str, found: list[str]) -> None:
    assert [one.id for one in dangers(text)] == found


def test_a_reaction_is_also_one_where_the_message_is_about_reactions() -> None:
    text = "My face is puffy and sore today"
    assert [one.id for one in dangers(text)] == []
    assert [one.id for one in dangers(text, topic="side_effects")] == ["reaction"]


def test_the_warning_is_the_sentence_that_others_get_and_promises_no_facts() -> None:
    said = [warnings(text, topic="", emergency="999") for text in (MEDICINE, ALONE, REACTION)]
    whole = [phrases.OWN_MEDICINE, phrases.HANDS_ON, phrases.OWN_REACTION.format(emergency="999")]
    assert [len(one) for one in said] == [1, 1, 1]
    assert all(full.startswith(one[0]) for full, one in zip(whole, said))
    assert "before you change anything." in said[0][0]
    assert not any("Here is what" in one[0] for one in said)


@pytest.mark.parametrize(("text", "question"), [
    (MEDICINE, "Does the doctor who gave me my medicine agree"), (ALONE, "Who will give it each time?"),
    (REACTION, "Who looks at what came up on my skin?"),
])  # fmt: skip
@pytest.mark.parametrize("screen", ["told", "others", "decision", "lean", "open"])
def test_the_page_brings_the_question_that_fits_whichever_screen_it_was_said_on(screen: str, text: str, question: str) -> None:
    person = Person()
    assert not any(line.startswith(question) for line in person.section("Questions for the clinician"))
    person.does(Move("answer", screen, text))
    assert any(line.startswith(question) for line in person.section("Questions for the clinician"))


def test_a_reason_of_ones_own_is_heard_too() -> None:
    person = Person()
    person.does(Move("answer", "own", (MEDICINE, 5)))
    assert dangers_in(person.state.words()) == {"medicine"}
