"""What all actions share: from Rasa's tracker to a question and back. Everything else is in `bot.answer`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answer.answerer import Answerer
from bot.answer.contract import Reply
from bot.answer.question import Memory, Question
from bot.answer.service import answerer
from bot.clinic import clinic
from bot.safety.after_emergency import ask_first
from bot.vocabulary import SCOPE_LABELS

MEMORY_SLOT = "memory"


@lru_cache(maxsize=1)
def core() -> Answerer:
    """The answer core of this process."""
    return answerer()


def question_of(tracker: Tracker) -> Question:
    """The newest message as understood by the pipeline, or the choice behind a button."""
    message: Mapping[str, Any] = tracker.latest_message
    intent = message.get("intent") or {}
    values: dict[str, str] = {}
    for entity in message.get("entities") or []:
        values.setdefault(entity["entity"], str(entity["value"]))
    scope = {label: values[label] for label in SCOPE_LABELS if label in values}
    if intent.get("name") == "ask":
        return Question(text="", intent="ask", topics=((values.get("topic", ""), 1.0),), scope=scope, chosen=True)
    return Question(
        text=message.get("text") or "",
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        topics=tuple((topic, float(share)) for topic, share in message.get("topics") or ()),
        inside=float(message.get("inside", 1.0)),
        scope=scope,
        conditions=tuple(e["value"] for e in message.get("entities") or [] if e["entity"] == "condition"),
    )


def memory_of(tracker: Tracker) -> Memory:
    """What the conversation left behind."""
    return Memory.from_slot(tracker.get_slot(MEMORY_SLOT))


def say(dispatcher: CollectingDispatcher, tracker: Tracker, reply: Reply) -> None:
    """Hands one whole reply to Rasa: text, buttons and the contract's object in one message."""
    text = ask_first(reply.text, events=tracker.events, emergency=clinic().emergency_line(memory_of(tracker).country))
    buttons = [{"title": button.title, "payload": button.payload} for button in reply.buttons]
    dispatcher.utter_message(text=text, buttons=buttons, json_message=reply.custom())


def keep(memory: Memory) -> list[EventType]:
    """The events that remember `memory`."""
    return [SlotSet(MEMORY_SLOT, memory.to_slot())]
