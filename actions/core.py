"""What all actions share: from Rasa's tracker to a question and back. Everything else is in `bot.answer`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.aid.before import Before, before
from bot.aid.content import guide
from bot.aid.show import offer, resume
from bot.aid.state import State
from bot.answer.question import Memory, Question
from bot.answer.reply.contract import Button, Reply
from bot.channels.rasa_parts.country import country_named, country_of
from bot.clinic import clinic
from bot.safety.emergency.after_emergency import Standing, asks_first
from bot.slots import AFTER_EMERGENCY, AID, MEMORY
from bot.vocabulary import SCOPE_LABELS


def question_of(tracker: Tracker) -> Question:
    """The newest message as understood by the pipeline, or the choice behind a button."""
    message: Mapping[str, Any] = tracker.latest_message
    intent = message.get("intent") or {}
    named: dict[str, list[str]] = defaultdict(list)
    for entity in message.get("entities") or []:
        named[entity["entity"]].append(str(entity["value"]))
    scope = {label: named[label][0] for label in SCOPE_LABELS if label in named}
    if intent.get("name") == "ask":
        topic = named["topic"][0] if "topic" in named else ""
        return Question(text="", intent="ask", topics=((topic, 1.0),), scope=scope, here=scope.get("jurisdiction"), chosen=True)
    return Question(
        text=message.get("text") or "",
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        topics=tuple((topic, float(share)) for topic, share in message.get("topics") or ()),
        inside=float(message.get("inside", 1.0)),
        scope=scope,
        parts={str(topic): str(text) for topic, text in dict(message.get("parts") or {}).items()},
        perhaps=message.get("perhaps"),
        here=country_of(message.get("text") or "", message.get("entities") or ()),
        conditions=tuple(named["condition"]),
        agencies=tuple(named["agency"]),
        brands=tuple(named["brand"]),
        routes=tuple(dict.fromkeys(named["route"])),
        places=tuple(dict.fromkeys(named["jurisdiction"])),
    )


def memory_of(tracker: Tracker) -> Memory:
    """What the conversation left behind."""
    kept = Memory.from_slot(tracker.get_slot(MEMORY))
    return replace(kept, country=country_named(tracker.events) or kept.country)


def aid_of(tracker: Tracker) -> State:
    """Where the person is in the decision guide."""
    return State.from_slot(tracker.get_slot(AID))


def last_reply(tracker: Tracker) -> Before:
    """What the newest reply of the assistant was."""
    last: Mapping[str, Any] = next((event for event in reversed(tracker.events) if event.get("event") == "bot"), {})
    return before((last.get("data") or {}).get("custom"))


def way_back(tracker: Tracker, reply: Reply) -> tuple[str, tuple[Button, ...]]:
    """What is added to a reply while the decision guide is open: where one was, and the button that leads back."""
    state = aid_of(tracker)
    of_the_guide = reply.kind == "decision" and not reply.facts
    if not state.open or of_the_guide or reply.kind in ("emergency", "error"):
        return "", ()
    text, button = resume(guide(), state)
    return f"\n\n{text}", (button,)


def say(dispatcher: CollectingDispatcher, tracker: Tracker, reply: Reply) -> None:
    """Hands one whole reply to Rasa: text, buttons and the contract's object in one message."""
    standing = Standing.from_slot(tracker.get_slot(AFTER_EMERGENCY))
    country = (standing and standing.country) or memory_of(tracker).country
    spoken = standing.language if standing else None
    text = asks_first(reply.text, standing, **clinic().lines(country, spoken))
    custom = reply.custom()
    if custom.get("form") and (first := text.removesuffix(reply.text).strip()):  # clients that show controls show no text
        custom["form"] = {**custom["form"], "say": [first, *custom["form"]["say"]]}
    where, back = way_back(tracker, reply)
    text += where
    others = [one for one in reply.buttons if not back or one.title != guide().words["offer"]]  # one way back is enough
    buttons = [{"title": button.title, "payload": button.payload} for button in (*back, *others)]
    dispatcher.utter_message(text=text, buttons=buttons, json_message=custom)


def with_offer(tracker: Tracker, reply: Reply) -> Reply:
    """`reply` with the button that opens the decision guide; where it is open, the way back is offered anyway."""
    if aid_of(tracker).open:
        return reply
    first = offer(guide())
    return replace(reply, buttons=(first, *(button for button in reply.buttons if button.title != first.title)))


def keep(memory: Memory) -> list[EventType]:
    """The events that remember `memory`."""
    return [SlotSet(MEMORY, memory.to_slot())]
