"""Says so where what is on file is not near what was asked: no answer to something else passes for the answer. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answer.interpret import Reading
from bot.answer.question import Question
from bot.answer.reply import phrases
from bot.answer.retrieve.gather import Section
from bot.answer.thresholds import AT
from bot.answer.topics import KIND_OF_TOPIC


def with_how_near(sections: Sequence[Section], question: Question, reading: Reading) -> tuple[list[Section], str]:
    """The sections, unanswered where nothing in them is near the question, and what is said first; "" where they are near.

    Not judged: a button, a fragment, a few words (they ask about a topic as a whole), and what is told whatever was asked.
    """
    judged = question.words >= AT.judged and not (question.chosen or reading.leans)
    fixed = any(section.topic in KIND_OF_TOPIC or section.told or section.gap for section in sections)
    nearest = max((section.nearest for section in sections), default=0.0)
    known = nearest != 0.0 and any(section.choice.shown for section in sections)  # 0: there is no encoder, or nothing is shown
    if not judged or fixed or not known or nearest >= AT.sure_near:
        return list(sections), ""
    if nearest >= AT.fact_fits:
        return list(sections), phrases.NEAREST
    return [replace(section, unanswered=True) for section in sections], phrases.NOTHING_NEAR
