"""Rasa's response templates with the clinic's own numbers filled in."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.answer.question import Memory
from bot.clinic import clinic
from bot.safety.after_emergency import EMERGENCY_REPLIES, ask_first

RECENT = 40  # events, enough for the last turn


class ClinicResponses(TemplatedNaturalLanguageGenerator):
    """Knows `{emergency}` and `{crisis}`: the clinic's numbers, and beside them that of a country the person spoke of."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The set reply; the turn after an emergency first asks whether help is on the way."""
        made = await super().generate(utter_action, tracker, output_channel, **kwargs)
        if made and utter_action not in EMERGENCY_REPLIES:
            events = [event.as_dict() for event in list(tracker.events)[-RECENT:]]
            line = self._response_variables(tracker.current_slot_values(), {})["emergency"]
            made["text"] = ask_first(made["text"], events=events, emergency=line)
        return made

    @staticmethod
    def _response_variables(filled_slots: dict[str, Any] | None, kwargs: dict[str, Any]) -> dict[str, Any]:
        memory = Memory.from_slot((filled_slots or {}).get("memory"))
        line, own = clinic().emergency_line(memory.country), clinic().at(None)
        return {**(filled_slots or {}), "emergency": line, "crisis": own.crisis or own.emergency, **kwargs}
