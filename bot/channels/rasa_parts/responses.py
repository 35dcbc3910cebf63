"""Rasa's response templates with the clinic's own numbers filled in."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.aid.content import guide
from bot.aid.show import resume
from bot.aid.state import State
from bot.answer.question import Memory
from bot.answer.reply.contract import Reply
from bot.channels.rasa_parts.country import country_named
from bot.clinic import clinic
from bot.safety.emergency.abroad import with_crisis_line
from bot.safety.emergency.after_emergency import ALARM, REPLY, Standing, asks_first, now_first, said
from bot.safety.emergency.countries import named_country
from bot.slots import AFTER_EMERGENCY, AID, MEMORY

RECENT = 40  # events, enough for the last turns
EMERGENCY_REPLIES = ("utter_emergency", "utter_crisis")
REPLIES = {"body": "utter_emergency", "crisis": "utter_crisis", "other": "utter_crisis_other"}  # the first reply, by kind


class ClinicResponses(TemplatedNaturalLanguageGenerator):
    """Knows `{emergency}` and `{crisis}`: the clinic's numbers, after those of a country the person spoke of."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The set reply, with a crisis line where one is due; after an emergency, what `after_emergency` chose."""
        slots, message = tracker.current_slot_values(), tracker.latest_message
        understood = message.parse_data if message else {}
        standing = Standing.from_slot(slots.get(AFTER_EMERGENCY))
        # "Pas encore" alone is too short to tell its language from English: the one before was long enough.
        spoken = standing.language if standing else slots.get("language")
        entities, text = (message.entities, message.text) if message else ([], "")
        country = named_country(text or "", entities, spoken) or (standing and standing.country)
        events = [event.as_dict() for event in list(tracker.events)[-RECENT:]]
        earlier = events[: max((n for n, event in enumerate(events) if event["event"] == "user"), default=0)]
        known = country_named(earlier) or Memory.from_slot(slots.get(MEMORY)).country
        lines = clinic().lines(country or known, spoken)
        alarm = utter_action in EMERGENCY_REPLIES
        if standing and (alarm or utter_action == REPLY):
            if standing.say != ALARM and (text := said(standing, **lines)):
                return {"text": text, "custom": Reply(kind="emergency", text=text).custom()}
            utter_action = REPLIES[standing.kind]
        made = self.generate_from_slots(utter_action, {**slots, "language": spoken}, output_channel, **{**lines, **kwargs})
        if not made:
            return None
        made["text"] = now_first(made["text"], emergency=lines["emergency"])
        if not alarm and utter_action not in REPLIES.values():
            made["text"] = asks_first(made["text"], standing, **lines)
            return _with_way_back(made, State.from_slot(slots.get(AID)))
        if understood.get("crisis_too") or (standing and standing.despair):
            made["text"] = with_crisis_line(made["text"], language=spoken, crisis=lines["crisis"])
        return dict(made)

    @staticmethod
    def _response_variables(filled_slots: dict[str, Any] | None, kwargs: dict[str, Any]) -> dict[str, Any]:
        slots = filled_slots or {}
        return {**slots, **clinic().lines(Memory.from_slot(slots.get(MEMORY)).country, slots.get("language")), **kwargs}


def _with_way_back(made: dict[str, Any], state: State) -> dict[str, Any]:
    """The set reply; while the decision guide is open also where one was, and the button that leads back."""
    if not state.open:
        return made
    where, back = resume(guide(), state)
    buttons = [{"title": back.title, "payload": back.payload}, *(made.get("buttons") or [])]
    return {**made, "text": f"{made['text']}\n\n{where}", "buttons": buttons}
