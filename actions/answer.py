"""Answers a question from the facts store; also says what is outside, and asks back when unsure."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.core import keep, memory_of, question_of, say, with_offer
from actions.decide import decide, opening
from bot.service import core


class ActionAnswer(Action):
    """For every intent that is a topic, for follow-ups, for vague and for foreign questions."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        reply, memory = core().reply(question_of(tracker), memory_of(tracker))
        if reply.kind == "decision" and len(reply.topics) == 1:  # help to decide is the guide, however it was asked for
            return decide(dispatcher, tracker, opening(tracker))
        say(dispatcher, tracker, with_offer(tracker, reply) if reply.kind == "decision" else reply)
        return keep(memory)
