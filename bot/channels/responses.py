"""Rasa's response templates with the clinic's own numbers filled in."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from bot.answer.question import Memory
from bot.clinic import clinic


class ClinicResponses(TemplatedNaturalLanguageGenerator):
    """Knows `{emergency}` and `{crisis}`: the numbers of the country the person named, else of the clinic's."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    @staticmethod
    def _response_variables(filled_slots: dict[str, Any] | None, kwargs: dict[str, Any]) -> dict[str, Any]:
        memory = Memory.from_slot((filled_slots or {}).get("memory"))
        numbers = clinic().at(memory.country)
        crisis = numbers.crisis or numbers.emergency
        return {**(filled_slots or {}), "emergency": numbers.emergency, "crisis": crisis, **kwargs}
