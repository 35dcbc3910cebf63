"""The reply for someone who wants a person: only details that the clinic has given. Imports no Rasa."""

from __future__ import annotations

from bot.answer.reply.contract import Reply
from bot.clinic import Clinic

LABELS = {"phone": "Phone", "email": "E-mail", "address": "Address", "hours": "Hours", "booking": "Bookings"}
NOT_A_PERSON = "I'm not a person and I can't book or change visits."


def hand_off(clinic: Clinic, *, country: str | None = None) -> Reply:
    """The clinic's details; where none are on file it says so and where else to look. `country` is what the person named."""
    known = [f"{label}: {value}" for field, label in LABELS.items() if (value := getattr(clinic, field))]
    urgent = f"If it is urgent, call {clinic.emergency_line(country)}."
    if known:
        lines = [f"The team at {clinic.name} can help you with that:", *known, NOT_A_PERSON, urgent]
    else:
        lines = ["I have no details of the clinic. You can find them on its website or on your papers.", NOT_A_PERSON, urgent]
    return Reply(kind="handoff", text="\n".join(lines))
