"""Gives the clinic's details to someone who wants a person or an appointment."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.core import memory_of, say
from bot.answer.reply.handoff import hand_off
from bot.clinic import clinic


class ActionHandOff(Action):
    """For the intent `handoff`."""

    def name(self) -> str:
        return "action_hand_off"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        say(dispatcher, tracker, hand_off(clinic(), country=memory_of(tracker).country))
        return []
