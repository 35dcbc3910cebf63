"""Tells whether someone calmly asks what to do in an emergency: the reply begins with when to call. Imports no Rasa."""

from __future__ import annotations

from bot.answer.detect.cues import shows


def asks_when_to_call(text: str) -> bool:
    """Whether `text` asks what to do in an emergency, which signs are one, or when to call for help."""
    return shows("when_to_call", text)
