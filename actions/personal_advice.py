"""Answers "should I?": no verdict, the facts that bear on it, and what to take to a clinician."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.core import keep, memory_of, question_of, say, with_offer
from actions.decide import decide, opening
from bot.aid.content import guide
from bot.aid.reading import asked_for
from bot.service import core


class ActionPersonalAdvice(Action):
    """For the intent `personal_advice`; who asks in it to be led through the choice gets the decision guide."""

    def name(self) -> str:
        return "action_personal_advice"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        reply, memory = core().personal(question_of(tracker), memory_of(tracker))
        text = tracker.latest_message.get("text") or ""
        if reply.topics[:1] == ("decision_help",) and asked_for(guide(), text):
            return decide(dispatcher, tracker, opening(tracker))
        say(dispatcher, tracker, with_offer(tracker, reply))
        return keep(memory)
