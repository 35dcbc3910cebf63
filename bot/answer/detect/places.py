"""Two countries in one question: what holds in each, one after the other. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answer.question import Question
from bot.answer.topics import PLACE_TOPICS
from bot.vocabulary import IN_ENGLISH

Asked = tuple[str, Mapping[str, str], str]  # topic, scope, heading


def side_by_side(topics: Sequence[str], question: Question, scope: Mapping[str, str], *, home: str) -> list[Asked]:
    """What to gather: each topic by itself, or one topic of law in the first two of the countries that `question` names."""
    if len(topics) != 1 or topics[0] not in PLACE_TOPICS or len(question.places) < 2:
        return [(topic, scope, "") for topic in topics]
    # What other countries do is asked of the clinic's own country too: there it is a matter of approval.
    own = "approval_status" if topics[0] == "other_countries" else topics[0]
    return [
        (own if place == home else topics[0], {**scope, "jurisdiction": place}, f"In {IN_ENGLISH.get(place, place)}:")
        for place in question.places[:2]
    ]
