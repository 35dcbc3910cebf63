"""Answers "should I?": no verdict, the facts that bear on it, and what to take to a clinician."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.core import core, keep, memory_of, question_of, say, with_offer


class ActionPersonalAdvice(Action):
    """For the intent `personal_advice`."""

    def name(self) -> str:
        return "action_personal_advice"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        reply, memory = core().personal(question_of(tracker), memory_of(tracker))
        say(dispatcher, tracker, with_offer(tracker, reply))
        return keep(memory)
