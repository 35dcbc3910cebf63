"""Rasa's tracker store over `bot.conversations`: conversations survive a restart, and a long one is not slower than a short one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot import logs
from bot.aid.kept import is_page, without_page
from bot.answer.question import Memory
from bot.channels.turns.again import TURNS, last_of
from bot.channels.turns.aside import aside
from bot.channels.turns.budget import budget
from bot.channels.turns.remembered import remembered
from bot.conversations.behind import Behind, Turn
from bot.conversations.store import ConversationStore, Recent, conversations
from bot.errors import StoreError
from bot.safety.privacy.personal import scrub
from bot.slots import AFTER_EMERGENCY, MEMORY

logger = logging.getLogger(__name__)
BULKY = ("intent_ranking", "text_tokens", "response_selector")  # of what was understood: never read again
KEPT_OF_CUSTOM = ("kind", "topics", "scope")  # of a reply's data; the text says the rest
KEPT = "kept"  # attribute of a tracker: how many of its events are in the store
BLIND = "blind"  # attribute of a tracker: what was said before could not be read
T = TypeVar("T")
_kind_of = lru_cache(maxsize=None)(Event.resolve_by_type)  # Rasa goes through all kinds of events for each one


def _kind(event: Mapping[str, Any]) -> str | None:
    """The kind of a reply; None for every other event."""
    return ((event.get("data") or {}).get("custom") or {}).get("kind")


def slim(event: Mapping[str, Any]) -> dict[str, Any]:
    """A Rasa event as it is kept: without bulk, without what the reply's text says already, and without personal data."""
    kept = dict(event)
    if kept.get("text"):
        kept["text"] = kept["text"] if kept["event"] == "bot" else scrub(kept["text"]).text
    if kept["event"] == "user":
        parsed = {key: value for key, value in (kept.get("parse_data") or {}).items() if key not in BULKY}
        kept["parse_data"] = {**parsed, "text": kept.get("text")}
    custom = (kept.get("data") or {}).get("custom")
    if is_page(custom):  # a person's own page is kept nowhere; it is made anew from the slot
        kept["text"] = without_page(str(kept.get("text") or ""))
    if isinstance(custom, Mapping):
        short = {key: custom[key] for key in KEPT_OF_CUSTOM if key in custom}
        if form := custom.get("form"):  # which step of the decision guide is on show
            short["form"] = {"screen": form["screen"]}
        facts = [fact["id"] for fact in custom.get("facts") or ()]
        kept["data"] = {**kept["data"], "custom": {**short, "facts": facts}}
    return kept


def state_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What holds now and was perhaps set long ago: slots that were filled, and the form that runs."""
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
    return {"slots": slots, "loop": tracker.active_loop_name}


class KeptConversations(TrackerStore):
    """Reads the newest turns, appends what is new. While the database is down, turns are answered without memory and kept later."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        store: ConversationStore | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._store = store or conversations()
        self.behind = Behind(self._store)

    async def _aside(self, work: Callable[[], T], *, otherwise: T) -> T:
        """Runs `work` off the event loop; `otherwise` when the database fails, which is logged in one line."""
        try:
            return await aside().run(work)
        except StoreError as error:
            logger.error("%s", error)
            return otherwise

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the events that came since the tracker was read: now, or as soon as the database is back."""
        already = vars(tracker).get(KEPT, 0)
        events = [event.as_dict() for event in list(tracker.events)[already:]]
        if not events:
            return
        blind = bool(vars(tracker).get(BLIND))
        state = None if blind else state_of(tracker)
        self._remember(tracker, unkept=True)
        turn = Turn(tracker.sender_id, [slim(event) for event in events], state, last_of(events))
        vars(tracker)[KEPT] = already + len(events)
        if aside().lost:
            self.behind.later(turn)
            return
        if (time := budget()) and any(_kind(event) == "emergency" for event in events):
            time.hurry()
        try:
            await aside().run(lambda: self.behind.keep(turn), to_its_end=True)
        except StoreError as error:
            logger.error("%s", error)
        else:
            self._remember(tracker, unkept=blind)  # a blind turn keeps no slots

    @staticmethod
    def _remember(tracker: DialogueStateTracker, *, unkept: bool) -> None:
        country = Memory.from_slot(tracker.get_slot(MEMORY)).country
        remembered().note(tracker.sender_id, standing=tracker.get_slot(AFTER_EMERGENCY), country=country, unkept=unkept)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The newest turns of a conversation, with the slots as they are; None for a new one."""
        logs.withhold()
        turn = budget()
        try:
            if turn and sender_id in turn.read:
                found = turn.read.pop(sender_id)
            else:
                found = await aside().run(lambda: self._store.recent(sender_id, turns=TURNS))
        except StoreError as error:
            logger.error("%s", error)
            return self._blind(sender_id)
        if found is None and self._unkept(sender_id):
            return self._blind(sender_id)  # an emergency that waits to be kept
        return self._tracker(sender_id, found) if found else None

    def _blind(self, sender_id: str) -> DialogueStateTracker:
        """A tracker that knows of an emergency and nothing else. It begins no session: added to what is kept, that would undo
        what was said before."""
        held = [SlotSet(AFTER_EMERGENCY, standing)] if (standing := remembered().of(sender_id).standing) else []
        events = [ActionExecuted(ACTION_LISTEN_NAME), *held]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        vars(tracker).update({KEPT: len(events), BLIND: True})
        return tracker

    @staticmethod
    def _unkept(sender_id: str) -> list[Event]:
        """The emergency of a turn that the database did not keep, or not in time."""
        last = remembered().of(sender_id)
        return [SlotSet(AFTER_EMERGENCY, last.standing)] if last.unkept and last.standing else []

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The whole conversation."""
        found = await self._aside(lambda: self._store.whole(conversation_id), otherwise=None)
        return self._tracker(conversation_id, Recent(found.state, found.events, cut=False)) if found else None

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await self._aside(self._store.ids, otherwise=[])

    def _tracker(self, sender_id: str, found: Recent) -> DialogueStateTracker:
        before: list[Event] = []
        if found.cut:  # what the older events had set
            before += [SlotSet(name, value) for name, value in found.state["slots"].items()]
            before += [ActiveLoop(found.state["loop"])] if found.state["loop"] else []
        if found.cut or found.events[0]["event"] == "user":  # the first turn can have been blind
            before.append(ActionExecuted(ACTION_LISTEN_NAME))
        kept = [kind._from_parameters(event) for event in found.events if (kind := _kind_of(event["event"]))]
        events = [*before, *filter(None, kept), *self._unkept(sender_id)]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        vars(tracker)[KEPT] = len(events)
        return tracker
