"""Rasa's conversations in the database: they survive, stay short to read, hold no personal data, and may be gone."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.aid.kept import PLACEHOLDER
from bot.channels.rasa_parts.tracker_store import TURNS, KeptConversations, slim
from bot.channels.turns.remembered import remembered
from bot.conversations.store import ConversationStore, conversations, open_conversations
from bot.errors import StoreError
from bot.safety.emergency.after_emergency import Standing
from bot.settings import ROOT, settings

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
PARSED = {
    "intent": {"name": "cost", "confidence": 0.9},
    "entities": [],
    "text": "what does it cost",
    "intent_ranking": [{"name": "cost", "confidence": 0.9}] * 50,
}
CUSTOM = {"kind": "answer", "topics": ["cost"], "scope": {}, "facts": [{"id": "f-1", "statement": "x"}], "sources": [{"n": 1}]}


@pytest.fixture
def kept(database_url: str) -> Iterator[ConversationStore]:
    """The conversations under test."""
    store = open_conversations(database_url)
    yield store
    store.engine.dispose()


def _store(kept: ConversationStore) -> KeptConversations:
    return KeptConversations(DOMAIN, store=kept)


async def _turn(store: TrackerStore, text: str, *, memory: Any = None) -> DialogueStateTracker:
    """One turn as Rasa's processor makes it: read, add, save."""
    tracker = await store.get_or_create_tracker("rest-a", append_action_listen=False)
    if not tracker.events:
        tracker.update_with_events(
            [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")], DOMAIN
        )
    events = [UserUttered(text, PARSED["intent"], [], {**PARSED, "text": text}), ActionExecuted("action_answer")]
    events += [BotUttered("It costs much.", {"custom": CUSTOM}, {"utter_action": "action_answer"})]
    events += [SlotSet("memory", memory)] if memory else []
    tracker.update_with_events([*events, ActionExecuted("action_listen")], DOMAIN)
    await store.save(tracker)
    return tracker


def _plain(tracker: DialogueStateTracker | None) -> list[tuple[str, str]]:
    assert tracker is not None
    return [(e.type_name, getattr(e, "text", None) or getattr(e, "action_name", "") or "") for e in tracker.events]


def test_a_short_conversation_comes_back_as_it_was(kept: ConversationStore) -> None:
    async def talk() -> tuple[Any, Any]:
        before = await _turn(_store(kept), "what does it cost", memory={"kind": "answer"})
        return before, await _store(kept).retrieve("rest-a")

    before, after = asyncio.run(talk())
    assert _plain(after) == _plain(before)
    assert (after.latest_message.intent, after.get_slot("memory")) == (PARSED["intent"], {"kind": "answer"})
    assert after.latest_action_name == before.latest_action_name == "action_listen"


def test_a_long_conversation_is_read_from_its_newest_turns_with_its_slots(kept: ConversationStore) -> None:
    async def talk() -> tuple[Any, Any, Any]:
        await _turn(_store(kept), "question 0", memory={"country": "DE"})
        for number in range(1, 12):
            await _turn(_store(kept), f"question {number}")
        return await _store(kept).retrieve("rest-a"), await _store(kept).retrieve_full_tracker("rest-a"), kept.whole("rest-a")

    short, full, whole = asyncio.run(talk())
    one = [("user", ""), ("action", "action_answer"), ("bot", "It costs much."), ("action", "action_listen")]
    turns = [(kind, said or f"question {12 - TURNS + n // 4}") for n, (kind, said) in enumerate(one * TURNS)]
    assert _plain(short) == [("slot", ""), ("action", "action_listen"), *turns]
    assert short.get_slot("memory") == full.get_slot("memory") == {"country": "DE"}
    assert [text for kind, text in _plain(full) if kind == "user"] == [f"question {number}" for number in range(12)]
    assert len(whole.events) == len(full.events) == 3 + 12 * 4 + 1  # nothing lost, nothing twice


def test_enough_is_read_for_the_policies() -> None:
    policies = yaml.safe_load((ROOT / "config.yml").read_text())["policies"]
    assert max(policy.get("max_history", 0) for policy in policies) <= TURNS


def test_what_is_kept_has_no_bulk_and_no_personal_data(kept: ConversationStore) -> None:
    asyncio.run(_turn(_store(kept), "I am Peter Quillfeather, peter.q@example.com, what does it cost"))
    whole = kept.whole("rest-a")
    assert whole is not None
    said = json.dumps(whole.events)
    assert [word for word in ("Quillfeather", "peter.q", "intent_ranking", "sources") if word in said] == []
    user, bot = (next(event for event in whole.events if event["event"] == kind) for kind in ("user", "bot"))
    assert (user["text"], user["parse_data"]["text"]) == ("I am (name), (e-mail), what does it cost",) * 2
    assert bot["data"]["custom"] == {"kind": "answer", "topics": ["cost"], "scope": {}, "facts": ["f-1"]}


def test_of_a_step_of_the_decision_guide_its_name_is_kept_and_nothing_of_its_controls() -> None:
    form = {"screen": "told", "controls": [{"kind": "text", "value": "what I said"}], "say": ["Hello"]}
    custom = {"kind": "decision", "topics": ["decision_help"], "scope": {}, "facts": [], "form": form}
    kept = slim({"event": "bot", "text": "Hello", "data": {"custom": custom}})
    assert kept["data"]["custom"] == {**custom, "form": {"screen": "told"}}


@contextmanager
def _away(folder: Path) -> Iterator[None]:
    """The database is gone for a while, and then it is back as it was."""
    for path in list(folder.iterdir()):
        path.rename(path.with_name("gone-" + path.name))
    (folder / "c.db").mkdir()
    yield
    (folder / "c.db").rmdir()
    for path in folder.glob("gone-*"):
        path.rename(path.with_name(path.name.removeprefix("gone-")))


def _users(events: Iterable[Any]) -> list[str]:
    return [event["text"] for event in events if event["event"] == "user"]


def test_without_the_database_a_turn_goes_on_without_memory_and_is_kept_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = open_conversations(f"sqlite:///{tmp_path / 'c.db'}")
    store = _store(kept)

    async def talk() -> tuple[Any, Any, Any]:
        await _turn(store, "one", memory={"country": "DE"})
        with _away(tmp_path):
            lost = [await _turn(store, "two"), await _turn(store, "three")]
        assert store.behind.flush()
        back = await _turn(store, "four")
        return lost, back, kept.whole("rest-a")

    with caplog.at_level(logging.ERROR):
        lost, back, whole = asyncio.run(talk())
    assert [[text for kind, text in _plain(tracker) if kind == "user"] for tracker in lost] == [["two"], ["three"]]
    assert _users(whole.events) == ["one", "two", "three", "four"]
    assert [event["event"] for event in whole.events].count("session_started") == 1
    assert (back.get_slot("memory"), whole.state["slots"]) == ({"country": "DE"}, {"memory": {"country": "DE"}})
    said = {record.getMessage() for record in caplog.records}
    assert said == {"The conversations cannot be used: the file cannot be opened.", "A turn waits until those before it are kept."}


def test_a_conversation_that_began_without_the_database_goes_on(tmp_path: Path) -> None:
    kept = open_conversations(f"sqlite:///{tmp_path / 'c.db'}")
    store = _store(kept)

    async def talk() -> Any:
        with _away(tmp_path):
            await _turn(store, "one", memory={"country": "DE"})
        assert store.behind.flush()
        return await store.retrieve("rest-a")

    after = asyncio.run(talk())
    turn = [("user", ""), ("action", "action_answer"), ("bot", "It costs much."), ("slot", ""), ("action", "action_listen")]
    assert [(kind, said if kind != "user" else "") for kind, said in _plain(after)] == [("action", "action_listen"), *turn]
    assert after.get_slot("memory") == {"country": "DE"}


def test_rasa_finds_the_store_by_the_name_in_endpoints_yml(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("TRACKER_URL", database_url)
    settings.cache_clear()
    conversations.cache_clear()
    places = yaml.safe_load((ROOT / "endpoints.yml").read_text())
    found = TrackerStore.create(EndpointConfig.from_dict(places["tracker_store"]))
    assert type(found) is KeptConversations
    conversations().engine.dispose()
    conversations.cache_clear()


PAGE = "Your page is done.\n\nMy decision about exosomes, 22 November 2026\n\nWho has a say:\n- my husband pushes me"


def test_a_persons_own_page_is_not_kept_with_the_reply_that_showed_it() -> None:
    form = {"screen": "summary", "say": ["Your page is done."], "controls": [{"kind": "info", "lines": ["my husband pushes me"]}]}
    event = {"event": "bot", "text": PAGE, "data": {"custom": {"kind": "decision", "topics": [], "form": form}}}
    kept = slim(event)
    assert "husband" not in json.dumps(kept)
    assert kept["text"] == f"Your page is done.\n\n{PLACEHOLDER}"
    assert kept["data"]["custom"]["form"] == {"screen": "summary"}


class _Down:
    """A store whose database is gone, or only takes nothing."""

    def __init__(self, store: ConversationStore, *, reads: bool) -> None:
        self._store, self._reads = store, reads

    def recent(self, conversation: str, *, turns: int) -> Any:
        if not self._reads:
            raise StoreError("gone")
        return self._store.recent(conversation, turns=turns)

    def append(self, *args: Any, **kwargs: Any) -> None:
        raise StoreError("gone")


@pytest.mark.parametrize("reads", [True, False])
def test_an_emergency_is_remembered_while_the_database_keeps_nothing(kept: ConversationStore, reads: bool) -> None:
    remembered.cache_clear()
    held = Standing("body", say="alarm").to_slot()

    async def talk() -> list[Any]:
        down = KeptConversations(DOMAIN, store=_Down(kept, reads=reads))  # type: ignore[arg-type]
        tracker = await down.get_or_create_tracker("rest-a", append_action_listen=False)
        tracker.update_with_events([UserUttered("help"), SlotSet("after_emergency", held), ActionExecuted("action_listen")], DOMAIN)
        await down.save(tracker)
        next_turn, back = await down.retrieve("rest-a"), await _store(kept).retrieve("rest-a")
        return [found.get_slot("after_emergency") if found else None for found in (next_turn, back)]

    assert asyncio.run(talk()) == [held, held]
    remembered.cache_clear()


def test_what_was_kept_is_not_overruled_by_what_is_remembered(kept: ConversationStore) -> None:
    remembered.cache_clear()

    async def talk() -> Any:
        await _turn(_store(kept), "what does it cost")
        remembered().note("rest-a", standing=Standing("body", say="alarm").to_slot(), country=None)
        found = await _store(kept).retrieve("rest-a")
        return found and found.get_slot("after_emergency")

    assert asyncio.run(talk()) is None
    remembered.cache_clear()
