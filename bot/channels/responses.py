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
from bot.answer.contract import Reply
from bot.answer.question import Memory, country_named
from bot.clinic import clinic
from bot.safety.abroad import with_crisis_line
from bot.safety.after_emergency import EMERGENCY_REPLIES, about_help, ask_first, follows_emergency, language_of, now_first
from bot.safety.countries import country_in

RECENT = 40  # events, enough for the last turn
NO_PLACES = (("pt", "EU"),)  # "eu" is Portuguese for "I"


class ClinicResponses(TemplatedNaturalLanguageGenerator):
    """Knows `{emergency}` and `{crisis}`: the clinic's numbers, after those of a country the person spoke of."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The set reply, with a crisis line where one is due; the turn after an emergency first asks if help is on the way."""
        slots, message = tracker.current_slot_values(), tracker.latest_message
        understood = message.parse_data if message else {}
        events = [event.as_dict() for event in list(tracker.events)[-RECENT:]]
        after = follows_emergency(events)
        # "Pas encore" alone is too short to tell its language from English: the one before was long enough.
        spoken = language_of(events) if after else slots.get("language")
        places = [entity["value"] for entity in (message.entities if message else []) if entity["entity"] == "jurisdiction"]
        named = [place for place in places if (spoken, place) not in NO_PLACES]
        there = country_in(message.text or "" if message else "", spoken)
        earlier = events[: max((n for n, event in enumerate(events) if event["event"] == "user"), default=0)]
        known = country_named(earlier) or Memory.from_slot(slots.get("memory")).country
        country = named[0] if named else there or known
        lines, signs = _lines(country, spoken), understood.get("signs") or []
        alarm = utter_action in EMERGENCY_REPLIES
        # The answer on help may sound alarming as well; only a sign that is named makes it a new emergency.
        if not (alarm and signs) and (helped := about_help(events=events, emergency=lines["emergency"])):
            reply = Reply(kind="emergency", text=helped)
            return {"text": helped, "custom": reply.custom()}
        # "No one is here to help me" after an emergency sounds like despair and is none: nothing of the kind is named.
        despair = any(sign.endswith("suicide") for sign in signs)
        if utter_action == "utter_crisis" and follows_emergency(events, only=EMERGENCY_REPLIES[0]) and not despair:
            utter_action = EMERGENCY_REPLIES[0]
        made = self.generate_from_slots(utter_action, {**slots, "language": spoken}, output_channel, **{**lines, **kwargs})
        if not made:
            return None
        made["text"] = now_first(made["text"], emergency=lines["emergency"])
        if not alarm:
            made["text"] = ask_first(made["text"], events=events, emergency=lines["emergency"])
            return _with_way_back(made, State.from_slot(slots.get("aid")))
        if understood.get("crisis_too"):
            made["text"] = with_crisis_line(made["text"], language=spoken, crisis=lines["crisis"])
        return dict(made)

    @staticmethod
    def _response_variables(filled_slots: dict[str, Any] | None, kwargs: dict[str, Any]) -> dict[str, Any]:
        slots = filled_slots or {}
        return {**slots, **_lines(Memory.from_slot(slots.get("memory")).country, slots.get("language")), **kwargs}


def _with_way_back(made: dict[str, Any], state: State) -> dict[str, Any]:
    """The set reply; while the decision guide is open also where one was, and the button that leads back."""
    if not state.open:
        return made
    where, back = resume(guide(), state)
    buttons = [{"title": back.title, "payload": back.payload}, *(made.get("buttons") or [])]
    return {**made, "text": f"{made['text']}\n\n{where}", "buttons": buttons}


def _lines(country: str | None, language: str | None) -> dict[str, str]:
    return {"emergency": clinic().emergency_line(country, language), "crisis": clinic().crisis_line(country, language)}
