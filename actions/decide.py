"""A step of the decision guide: from the tracker to a move, and the screen that follows."""

from __future__ import annotations

import datetime as dt
import secrets

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.core import AID_SLOT, aid_of, core, decision_on_show, say
from bot.aid.content import guide
from bot.aid.flow import move
from bot.aid.links import page_of
from bot.aid.payload import INTENT, move_of
from bot.aid.reading import Move, read
from bot.aid.show import reply
from bot.aid.summary import summarise

SEEDS = 2**31
END = "summary"
SHELL = "shell-"  # conversations of `make shell`, where no page can be opened


class ActionDecide(Action):
    """For the intent `decision_help`, for the guide's buttons, and for answers to the screen on show."""

    def name(self) -> str:
        return "action_decide"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said, before = guide(), aid_of(tracker)
        after, note = move(said, before, _move(tracker), seed=1 + secrets.randbelow(SEEDS))
        snapshot, today = core().snapshot(), dt.date.today()
        page = summarise(said, after, snapshot, today=today) if after.at == END else None
        link = "" if tracker.sender_id.startswith(SHELL) else page_of(tracker.sender_id)
        say(dispatcher, tracker, reply(said, after, snapshot, note=note, today=today, summary=page, link=link))
        return [SlotSet(AID_SLOT, after.to_slot())]


def _move(tracker: Tracker) -> Move:
    """What the newest message does: a pressed button, an answer, or the wish to start or come back."""
    message, state = tracker.latest_message, aid_of(tracker)
    if (message.get("intent") or {}).get("name") == INTENT:
        return move_of({entity["entity"]: entity["value"] for entity in message.get("entities") or []})
    found = read(guide(), state, message.get("text") or "", paused=not decision_on_show(tracker)) if state.open else None
    return found or Move("start")
