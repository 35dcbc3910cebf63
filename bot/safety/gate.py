"""Raises an emergency from the signs in a message and from its meaning; either alone is enough. Imports no Rasa."""

from __future__ import annotations

EMERGENCY_INTENTS = ("emergency", "crisis")
