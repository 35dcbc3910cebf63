"""Which of two ways to give it is safer: what is on file of each, and no verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answer.question import Memory
from bot.answer.reply import phrases
from bot.answer.reply.each_route import asks_which_is_safer
from tests.builders import NOTHING, PAPER_LINE, answerer_of, asked, fact, line, typed

HARM = fact("shots", topics=["side_effects"], scope={"route": ["injection"]}, stance="against")
ANYWHERE = fact("anywhere", topics=["side_effects"], stance="against")


@pytest.mark.parametrize(
    "text",
    [
        "which is safer",
        "which one is less risky",
        "what's safer then",
        "is a serum or an injection safer",
        "which has fewer side effects",
    ],
)
def test_asked(text: str) -> None:
    assert asks_which_is_safer(text)


@pytest.mark.parametrize(
    "text",
    [
        "is it safe",
        "prp or exosomes, which is safer",
        "are the plant ones safer or the human ones",
        "which is cheaper",
        "safer sex",
        "",
    ],
)
def test_not_asked(text: str) -> None:
    assert not asks_which_is_safer(text)


def test_each_way_named_in_one_message_is_told_of() -> None:
    question = replace(typed("is a serum or an injection safer", ("home_products", 0.8)), routes=("topical", "injection"))
    reply, memory = answerer_of([HARM, ANYWHERE]).reply(question, NOTHING)
    blocks = reply.text.split("\n\n")
    assert (reply.kind, reply.topics) == ("answer", ("side_effects",))
    assert blocks[:3] == [
        phrases.WHICH_IS_SAFER,
        f"Put on the skin:\n{phrases.NOTHING_ON_ROUTE}",
        f"As a shot:\n{line('shots')}",
    ]
    assert blocks[-1] == PAPER_LINE
    assert memory.routes == ("topical", "injection")


def test_ways_named_before_count() -> None:
    core = answerer_of([HARM, ANYWHERE])
    _, memory = core.reply(asked("side_effects", route="injection"), NOTHING)
    _, memory = core.reply(replace(typed("and a cream", ("side_effects", 0.9)), routes=("topical",)), memory)
    reply, _ = core.reply(typed("which is safer", ("side_effects", 0.9)), Memory.from_slot(memory.to_slot()))
    assert reply.text.startswith(f"{phrases.WHICH_IS_SAFER}\n\nAs a shot:")


def test_with_one_way_named_it_is_a_question_like_others() -> None:
    reply, _ = answerer_of([HARM, ANYWHERE]).reply(typed("which is safer", ("side_effects", 0.9)), Memory(routes=("injection",)))
    assert not reply.text.startswith(phrases.WHICH_IS_SAFER)
