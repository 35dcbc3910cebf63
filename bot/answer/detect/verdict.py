"""Tells whether someone asks for a verdict on a person ("just pick for me", "can my 15-year-old have it"). Imports no Rasa.

The intent says so for most messages; these words say so where the topic is louder than the wish.
"""

from __future__ import annotations

from bot.answer.detect.cues import shows


def asks_verdict(text: str) -> bool:
    """Whether a verdict on a person is asked for, whatever else the message is about."""
    return shows("verdict", text)


def asks_diagnosis(text: str) -> bool:
    """Whether someone asks what a mark or a swelling on the skin is."""
    return shows("diagnosis", text)
