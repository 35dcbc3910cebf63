"""A reaction that a person has now is told from one that is only supposed."""

from __future__ import annotations

import pytest

from bot.safety.emergency.complaints import own_reaction


@pytest.mark.parametrize(
    "text",
    [
        "my face is still red since yesterday",
        "I’ve got itchy bumps after the session",
        "day 3 and I have a rash on my neck",
        "my wife's cheeks are swollen today",
        "is redness normal on day two",
        "My skin has been peeling for two weeks",
    ],
)
def test_told(text: str) -> None:
    assert own_reaction(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "can it make my skin red",
        "would my face be swollen after it",
        "what are the risks of a rash for me now",
        "does my skin ever get red after it",
        "if I get bumps after it, whom do I call",
        "redness after treatment",  # nobody's
        "my red dress",  # no time
        "my session was yesterday and all is well",  # no symptom
    ],
)
def test_supposed_or_nobodys_or_no_symptom(text: str) -> None:
    assert not own_reaction(text)
