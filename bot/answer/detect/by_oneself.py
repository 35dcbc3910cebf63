"""Tells who would hold the needle: whether a message asks how to inject or needle oneself, or for a dose. Imports no Rasa."""

from __future__ import annotations

from bot.answer.detect.cues import shows


def by_oneself(text: str) -> bool:
    """Whether someone asks to inject or needle without a clinician: then no instructions, and a warning."""
    if shows("needle_alone", text) or shows("needle_at_home", text) or shows("needle_mine", text):
        return True
    return shows("needle", text) and shows("done_alone", text)


def alone(text: str) -> bool:
    """Whether a follow-up to an answer on needles puts them into the person's own hands."""
    return shows("alone", text)


def asks_measure(text: str) -> bool:
    """Whether someone asks for a dose, a depth or a length, whoever holds the needle: none is ever given."""
    return shows("measure", text)


def asks_own_measure(text: str) -> bool:
    """Whether a dose, a depth or a length is asked for a person: that is a verdict on their case, whatever else it is about."""
    return asks_measure(text) and shows("measure_own", text)
