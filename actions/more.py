"""Shows the next facts of the last answer."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.core import keep, memory_of, say
from bot.service import core


class ActionMore(Action):
    """For the intent `more`: "go on", "tell me more", or the button."""

    def name(self) -> str:
        return "action_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        reply, memory = core().more(memory_of(tracker))
        say(dispatcher, tracker, reply)
        return keep(memory)
