"""What the assistant says of itself in Slack is as easy to read as its answers."""

from __future__ import annotations

import pytest

from bot.facts.rules import MAX_GRADE, grade
from bot.slack import delivery, home, marks

TEXTS = [home.INTRO, " ".join(home.WAYS), home.PRIVATE, home.URGENT, home.FILES, " ".join(home.STARTERS), delivery.PLAIN]


@pytest.mark.parametrize("text", [*TEXTS, marks.SHARED, marks.GONE, marks.NOT_SHARED])
def test_a_set_sentence_reads_at_grade_eight_or_below(text: str) -> None:
    assert grade(text.format(emergency="911")) <= MAX_GRADE
