"""A bad reaction that someone tells of, in however few words, is told from one that is asked about or supposed."""

from __future__ import annotations

import pytest

from bot.answer.reply.reactions import has_reaction, shows_reaction, supposed, tells_reaction


@pytest.mark.parametrize(
    "text",
    [
        "I had a reaction",
        "had a nasty reaction to the serum last week",
        "my mum had an allergic reaction",
        "strange reaction after it",
        "I've been having side effects for days",
        "we got a bad reaction at the salon",
        "reacted badly to the shots",
        "my friend suffered a terrible reaction",
        "a skin reaction from the facial",
        "I'm getting weird side effects",
        "he reacted, where do I report it",
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
        "I once had a reaction to nuts, are there plant ones",
        "having had a bad reaction to a covid jab, is it allowed",
        "my sister had no side effects",
        "what reactions are reported",
        "my question: which side effects",
        "my doctor never saw a side effect",
        "side effects from Germany's trials",
        "how is a reaction dealt with in a clinic",
        "my clinic says others had side effects",
        "reactions to a serum: what is on file",
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
        "I've had hard lumps since the second session",
        "after the injections I got a rash on my neck",
        "my scalp is numb after the treatment",
        "there are welts on my cheeks since my facial",
        "following my exosome facial I broke out in hives",
        "my sister has had headaches since her infusion",
        "my face has been swollen since the needling",
        "I am shedding loads since the shots",
        "she developed nodules after the exosome jabs",
        "two bumps came up on my chin after it",
        "my hair keeps falling out since the treatment",
        "I have a rash after my facial",
        "since my session I'm dizzy",
    ],
)
def test_shown(text: str) -> None:
    assert shows_reaction(text)


@pytest.mark.parametrize(
    "text",
    [
        "can I get lumps from the injections",
        "how well do exosomes work with my acne scars",
        "my hair is falling out since the menopause, do exosomes work?",
        "I have stretch marks and scars from my pregnancy",
        "I've had dark spots since my twenties, does it fade them",
        "my hair has been shedding after the baby, is it worth a try",
        "I have a burn scar from the oven, any results?",
        "how soon after the treatment are my dark spots lighter",
        "I have rosacea and itchy skin, is a facial with exosomes allowed",
        "my scar from the operation is raised, do they flatten it",
        "I'm sick of my acne, do exosomes work after laser",
        "how many people get a rash after it",
        "the lumps after the shots in a report",
    ],
)
def test_not_shown(text: str) -> None:
    assert not shows_reaction(text)


def test_supposed() -> None:
    assert supposed("If I got a rash, whom would I tell?")
    assert not supposed("I got a rash, whom do I tell?")


def test_what_was_read_of_someone_else_is_no_reaction_of_ones_own() -> None:
    assert not has_reaction("Someone got lumps from it, I read. Who else was harmed?")
    assert has_reaction("I got lumps from it yesterday")
