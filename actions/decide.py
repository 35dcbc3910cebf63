"""A step of the decision guide: from the tracker to a move, and the screen that follows."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.core import aid_of, keep, last_reply, memory_of, question_of, say, with_offer
from bot.aid.content import guide
from bot.aid.dangers import warnings
from bot.aid.flow import move
from bot.aid.links import page_of
from bot.aid.payload import ANSWER_TO, INTENT, move_of
from bot.aid.reading import FORCED, Move, for_another_use, read, wants_verdict
from bot.aid.screens import screen
from bot.aid.show import reply
from bot.aid.summary import summarise
from bot.answer.question import Memory, with_named
from bot.answer.reply.contract import Reply
from bot.clinic import clinic
from bot.service import core
from bot.slots import AID

SEEDS = 2**31
END = "summary"
OPENS = "decision_help"  # the intent
OPTIONS = "options"  # the screen that tells the law of a place, and asks which
NO_ANSWER = ("clarify", "out_of_scope", "conversation", "decision")  # kinds
SHELL = "shell-"  # conversations of `make shell`, where no page can be opened


class ActionDecide(Action):
    """For the intent `decision_help`, for the guide's buttons, and for answers to the screen on show."""

    def name(self) -> str:
        return "action_decide"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not aid_of(tracker).open and (made := core().corrected(question_of(tracker), memory_of(tracker))):
            reply, memory = made  # who wants to start on a wrong belief reads first what corrects it
            say(dispatcher, tracker, with_offer(tracker, reply))
            return keep(memory)
        return decide(dispatcher, tracker, _move(tracker))


def decide(dispatcher: CollectingDispatcher, tracker: Tracker, what: Move) -> list[EventType]:
    """Makes the move, says the screen that follows, and remembers both the guide and a country that was named."""
    said, memory = guide(), with_named(question_of(tracker), memory_of(tracker))
    after, note = move(said, aid_of(tracker), what, seed=1 + secrets.randbelow(SEEDS))
    after = replace(after, country=memory.country or clinic().country)
    if what.asks:
        answered, memory = _answer(tracker, memory)
        if answered:
            say(dispatcher, tracker, replace(answered, text=f"{answered.text}\n\n{said.words['kept_open']}"))
            return [SlotSet(AID, after.to_slot()), *keep(memory)]
        after, note = move(said, after, replace(what, asks=False, value=after.text(what.at)), seed=after.seed)
    snapshot, today = core().snapshot(), dt.date.today()
    page = summarise(said, after, snapshot, today=today) if after.at == END else None
    link = "" if tracker.sender_id.startswith(SHELL) else page_of(tracker.sender_id, seed=after.seed)
    first = _warnings(tracker, memory) if what.do == "answer" else []
    shown = reply(said, after, snapshot, note=note, today=today, summary=page, link=link, first=first)
    say(dispatcher, tracker, shown)
    return [SlotSet(AID, after.to_slot()), *keep(memory)]


def _warnings(tracker: Tracker, memory: Memory) -> list[str]:
    """What is said first to an answer in a person's own words that holds something dangerous, on whichever screen."""
    question = question_of(tracker)
    if question.chosen or question.intent == INTENT:
        return []
    topic = question.topics[0][0] if question.topics else question.intent
    return warnings(FORCED.sub("", question.text), topic=topic, emergency=clinic().emergency_line(memory.country))


def _answer(tracker: Tracker, memory: Memory) -> tuple[Reply | None, Memory]:
    """The answer to a question that is kept as one; None where it is not clear or not in the field: then it is only kept."""
    question = question_of(tracker)
    answer = core().personal if question.intent == "personal_advice" else core().reply
    made, kept = answer(question, memory)
    return (None, memory) if made.kind in NO_ANSWER else (made, kept)


def opening(tracker: Tracker) -> Move:
    """The wish to start or come back, with what its message names: what the treatment is for, and how it is given."""
    named: dict[str, set[str]] = {"use": set(), "route": set()}
    for entity in tracker.latest_message.get("entities") or []:
        if entity["entity"] in named:
            named[entity["entity"]].add(str(entity["value"]))
    if for_another_use(guide(), tracker.latest_message.get("text") or ""):
        named["use"].clear()  # the facts know it as one of the skin, say, but the options are not for it
    return Move("start", value={at: values.pop() for at, values in named.items() if len(values) == 1})


def _move(tracker: Tracker) -> Move:
    """What the newest message does: a pressed button, an answer, the wish to start or come back, or nothing that is clear."""
    message, state = tracker.latest_message, aid_of(tracker)
    intent = (message.get("intent") or {}).get("name")
    if intent == INTENT:
        return move_of({entity["entity"]: entity["value"] for entity in message.get("entities") or []})
    at = (message.get("metadata") or {}).get(ANSWER_TO)
    found = read(guide(), state, message.get("text") or "", before=last_reply(tracker), at=at) if state.seed else None
    if found:
        return found
    if state.open and wants_verdict(guide(), message.get("text") or ""):
        return Move("verdict")
    if intent == OPENS:
        return opening(tracker)
    at_options = state.open and screen(guide(), state).id == OPTIONS
    return Move("place" if at_options and question_of(tracker).places else "unclear")
