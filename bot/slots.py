"""The names of the slots in `domain.yml` that code reads and writes. Imports no Rasa."""

from __future__ import annotations

MEMORY = "memory"  # what the last answer was about (`bot.answer.question.Memory`)
AID = "aid"  # where the person is in the decision guide (`bot.aid.state.State`)
AFTER_EMERGENCY = "after_emergency"  # what holds after an emergency (`Standing`)
