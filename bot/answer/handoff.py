"""The reply for someone who wants a person: only details that the clinic has given. Imports no Rasa."""

from __future__ import annotations

from bot.answer.contract import Reply
from bot.clinic import Clinic

LABELS = {"phone": "Phone", "email": "E-mail", "address": "Address", "hours": "Hours", "booking": "Bookings"}


def hand_off(clinic: Clinic, *, country: str | None = None) -> Reply:
    """The clinic's details; where none are on file it says so and where else to look. `country` is what the person named."""
    known = [f"{label}: {value}" for field, label in LABELS.items() if (value := getattr(clinic, field))]
    urgent = f"If it is urgent, call {clinic.emergency_line(country)}."
    if known:
        lines = [f"I'm not a person and I can't book or change visits. The team at {clinic.name} can:", *known, urgent]
    else:
        lines = [
            "I'm not a person and I can't book or change visits.",
            "I have no phone number for the clinic. You can find it on the clinic's website or on your papers.",
            urgent,
        ]
    return Reply(kind="handoff", text="\n".join(lines))
