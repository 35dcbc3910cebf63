"""A bad reaction that someone tells of, in however few words, is told from one that is asked about or supposed."""

from __future__ import annotations

import pytest

from bot.answer.reactions import has_reaction, shows_reaction, supposed, tells_reaction


@pytest.mark.parametrize(
    "text",
    [
        "I had a reaction",
        "i think i'm having a skin reaction",
        "my sister had a bad reaction in Canada",
        "I live in France and got a side effect",
        "Bad reaction.",
        "a side effect",
        "allergic reaction to the serum",
        "side effects since my session",
        "I reacted badly",
        "We live in Spain, had a reaction",
    ],
)
def test_told(text: str) -> None:
    assert tells_reaction(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "has anyone had a bad reaction",
        "what if I have a reaction",
        "side effects",
        "bad reactions?",
        "Someone had a bad reaction, I read",
        "how often do people have side effects",
        "I have had no side effects",
        "what are the side effects",
        "can I have a reaction to it",
        "I'm afraid of having a reaction",
        "do exosomes cause allergic reactions",
        "what side effects are there",
        "what about side effects in Germany",
    ],
)
def test_not_told(text: str) -> None:
    assert not tells_reaction(text)


@pytest.mark.parametrize(
    "text",
    [
        "my aunt got nodules from the shots",
        "my hair keeps falling out since the treatment",
        "I have a rash after my facial",
        "since my session I'm dizzy",
    ],
)
def test_shown(text: str) -> None:
    assert shows_reaction(text)


@pytest.mark.parametrize(
    "text",
    ["can I get lumps from the injections", "how many people get a rash after it", "the lumps after the shots in a report"],
)
def test_not_shown(text: str) -> None:
    assert not shows_reaction(text)


def test_supposed() -> None:
    assert supposed("If I got a rash, whom would I tell?")
    assert not supposed("I got a rash, whom do I tell?")


def test_what_was_read_of_someone_else_is_no_reaction_of_ones_own() -> None:
    assert not has_reaction("Someone got lumps from it, I read. Who else was harmed?")
    assert has_reaction("I got lumps from it yesterday")
