"""A second question is found, given its own part, merely offered, or left alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, replace

import pytest

from bot.nlu import second
from bot.nlu.classifier import Guess
from bot.nlu.parts import split
from bot.nlu.second import Both, Evidence, candidates, probability, with_both

BOTH = "what does it cost and does it hurt much"
COST, HURT = "what does it cost", "does it hurt much"


def guess(*topics: tuple[str, float], inside: float = 1.0) -> Guess:
    """What the classifier says."""
    return Guess(topics[0][0], topics[0][1], topics, topics, inside)


WHOLE = guess(("cost", 0.5), ("side_effects", 0.3), ("brands", 0.1))
PARTS = {COST: guess(("cost", 0.9), ("brands", 0.05)), HURT: guess(("side_effects", 0.9), ("how_given", 0.05))}


def known(texts: Sequence[str]) -> list[Guess]:
    """The guesses for the two parts."""
    return [PARTS[text] for text in texts]


def with_probability(monkeypatch: pytest.MonkeyPatch, chance: float) -> Both:
    """The outcome where side effects are as likely as that and all else is not."""
    monkeypatch.setattr(second, "probability", lambda evidence: chance if evidence.share > second._log(0.29) else 0.0)
    return with_both(BOTH, WHOLE, guesses=known)


def test_both_questions_come_first_and_even_each_with_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    found = with_probability(monkeypatch, 0.9)
    assert found == Both((("cost", 0.4), ("side_effects", 0.4), ("brands", 0.1)), {"cost": COST, "side_effects": HURT}, None)


def test_the_question_that_was_asked_first_is_answered_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "probability", lambda evidence: 0.9 if evidence.share > second._log(0.29) else 0.0)
    found = with_both("does it hurt much and what does it cost", WHOLE, guesses=known)
    assert (list(found.parts), [topic for topic, _ in found.topics]) == (
        ["side_effects", "cost"],
        ["side_effects", "cost", "brands"],
    )


def test_a_second_question_without_a_part_of_its_own_is_judged_by_the_whole_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "probability", lambda evidence: 0.9 if evidence.share > second._log(0.29) else 0.0)
    found = with_both("safe or pricey", WHOLE, guesses=known)
    assert (dict(found.topics)["side_effects"], dict(found.parts)) == (
        0.4,
        {"cost": "safe or pricey", "side_effects": "safe or pricey"},
    )


def test_what_was_perhaps_asked_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_probability(monkeypatch, 0.1) == Both(WHOLE.topics, {}, "side_effects")


def test_a_message_that_announces_two_questions_has_the_likeliest_second_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "probability", lambda evidence: 0.1 if evidence.share > second._log(0.29) else 0.0)
    heard = {f"two things. {BOTH}": WHOLE, "two things.": guess(("sources", 0.2), ("brands", 0.1))} | PARTS
    found = with_both(f"two things. {BOTH}", WHOLE, guesses=lambda texts: [heard[text] for text in texts])
    assert (dict(found.parts), found.perhaps) == ({"cost": COST, "side_effects": HURT}, None)


@pytest.mark.parametrize(("chance", "parts"), [(second.MARKED, 2), (second.MARKED - 0.01, 0)])
def test_two_question_marks_ask_a_little_more_surely(monkeypatch: pytest.MonkeyPatch, chance: float, parts: int) -> None:
    monkeypatch.setattr(second, "probability", lambda evidence: chance if evidence.share > second._log(0.29) else 0.0)
    heard = {f"{COST}?": PARTS[COST], f"{HURT}?": PARTS[HURT]}
    found = with_both(f"{COST}? {HURT}?", WHOLE, guesses=lambda texts: [heard[text] for text in texts])
    assert len(found.parts) == parts


def test_only_parts_that_ask_count_as_asked() -> None:
    told = "it costs a lot and does it hurt much"
    heard = [PARTS[COST], PARTS[HURT]]
    assert candidates(told, WHOLE, split(told), heard)["side_effects"].asked == 0.0


def test_what_was_hardly_asked_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_probability(monkeypatch, 0.01) == Both(WHOLE.topics, {}, None)


def test_a_message_of_one_topic_is_left_alone() -> None:
    alone = guess(("cost", 1.0))
    assert with_both(BOTH, alone, guesses=known) == Both(alone.topics)


def test_evidence_is_of_the_part_that_is_most_about_the_topic() -> None:
    found = candidates(BOTH, WHOLE, split(BOTH), known(split(BOTH)))
    assert set(found) == {"side_effects", "brands", "how_given"}
    log = second._log
    expected = Evidence(
        log(0.3), log(0.5), log(0.9), log(0.9), 0.9, log(0.0), field=1.0, rank=1, marks=0, asking=2, words=math.log(10)
    )
    assert astuple(found["side_effects"]) == pytest.approx(astuple(expected))


def test_the_learnt_weights_find_two_clear_questions_and_leave_one_alone() -> None:
    found = candidates(BOTH, WHOLE, split(BOTH), known(split(BOTH)))
    assert probability(found["side_effects"]) > second.ASKED > probability(found["brands"])
    sure = replace(WHOLE, topics=(("cost", 0.97), ("brands", 0.01)))
    assert with_both("what does it cost", sure, guesses=known) == Both(sure.topics)
