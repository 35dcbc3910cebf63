"""Turns that the database could not keep are kept later: once, in order, and nothing newer is undone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest

from bot.conversations.behind import Behind, Turn
from bot.conversations.store import ConversationStore, Whole, open_conversations
from bot.errors import StoreError


@pytest.fixture
def kept(database_url: str) -> Iterator[ConversationStore]:
    """An empty store."""
    store = open_conversations(database_url)
    yield store
    store.engine.dispose()


def _behind(store: ConversationStore, *, most: int = 100) -> Behind:
    """It never tries by itself: the tests say when."""
    return Behind(store, every=3600.0, most=most)


def _turn(number: int, *, who: str = "rest-a") -> Turn:
    at = float(number)
    events = [
        {"event": "user", "timestamp": at, "text": f"question {number}"},
        {"event": "bot", "timestamp": at + 0.5, "text": "yes"},
    ]
    last = {"sent": f"sent-{number}", "said": [{"text": "yes"}]}
    return Turn(who, events, {"slots": {"n": number}, "loop": None}, last)


def _asked(store: ConversationStore, who: str = "rest-a") -> list[str]:
    whole = store.whole(who)
    return [event["text"] for event in whole.events if event["event"] == "user"] if whole else []


def test_what_is_kept_at_once_does_not_wait(kept: ConversationStore) -> None:
    behind = _behind(kept)
    behind.keep(_turn(1))
    assert (len(behind), _asked(kept)) == (0, ["question 1"])


def test_what_failed_is_kept_later_in_order_and_what_comes_meanwhile_stays_behind_it(
    kept: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = _behind(kept)
    with monkeypatch.context() as patched:
        patched.setattr(ConversationStore, "append", _fail)
        for number in (1, 2):
            with pytest.raises(StoreError):
                behind.keep(_turn(number))
        assert not behind.flush()
    with pytest.raises(StoreError, match=r"^A turn waits until those before it are kept\.$"):
        behind.keep(_turn(3))
    behind.keep(_turn(1, who="rest-b"))
    assert (len(behind), _asked(kept), _asked(kept, "rest-b")) == (3, [], ["question 1"])
    assert behind.flush()
    assert (len(behind), _asked(kept)) == (0, ["question 1", "question 2", "question 3"])


def _fail(self: ConversationStore, *_: object, **__: object) -> None:
    raise StoreError("down")


def test_a_try_that_worked_after_all_is_not_kept_twice(kept: ConversationStore) -> None:
    behind = _behind(kept)
    kept.append("rest-a", _turn(1).events, state=_turn(1).state)  # its commit was done, and the answer to it was lost
    behind.later(_turn(1))
    assert behind.flush()
    assert _asked(kept) == ["question 1"]


def test_what_came_since_stays_the_newest(kept: ConversationStore) -> None:
    behind = _behind(kept)
    kept.append("rest-a", _turn(2).events, state=_turn(2).state, last=_turn(2).last)
    behind.later(_turn(1))
    assert behind.flush()
    whole = Whole(
        "rest-a",
        2.0,
        2.5,
        {"slots": {"n": 2}, "loop": None},
        [dict(event) for turn in (_turn(2), _turn(1)) for event in turn.events],
        _turn(2).last,
    )
    assert kept.whole("rest-a") == whole


def test_a_turn_made_blind_leaves_what_held_before(kept: ConversationStore) -> None:
    kept.append("rest-a", _turn(1).events, state=_turn(1).state)
    kept.append("rest-a", _turn(2).events, state=None)
    kept.append("rest-b", _turn(1).events, state=None)
    found = [kept.whole(name) for name in ("rest-a", "rest-b")]
    assert [whole and whole.state for whole in found] == [{"slots": {"n": 1}, "loop": None}, {"slots": {}, "loop": None}]


def test_a_turn_that_can_never_be_kept_does_not_hold_up_the_others(kept: ConversationStore) -> None:
    behind = _behind(kept)
    for turn in (_turn(1, who="x" * 300), _turn(2)):  # too long a name for PostgreSQL; SQLite takes it
        behind.later(turn)
    assert behind.flush()
    assert (len(behind), _asked(kept)) == (0, ["question 2"])


def test_a_turn_that_cannot_be_written_as_json_is_said_and_does_not_hold_up_the_others(
    kept: ConversationStore, caplog: pytest.LogCaptureFixture
) -> None:
    behind = Behind(kept, every=0.01)
    unwritable = Turn("rest-a", [{"event": "user", "timestamp": 1.0, "text": "secret", "data": object()}], None)
    untimed = Turn("rest-a", [{"event": "user", "timestamp": None, "text": "secret"}], None)
    with caplog.at_level(logging.ERROR):
        for turn in (unwritable, untimed, _turn(2)):
            behind.later(turn)
        _until_kept(behind)
    assert _asked(kept) == ["question 2"]
    said = [record.getMessage().partition(" at ")[0] for record in caplog.records]
    assert said == ["A turn was not kept: TypeError"] * 2


def test_a_try_that_ends_in_an_error_is_not_the_last(kept: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[threading.Thread | None] = []  # the hook is the whole process's: threads of other tests may call it too
    behind = Behind(kept, every=0.01)
    monkeypatch.setattr(threading, "excepthook", lambda args: ended.append(args.thread))
    with monkeypatch.context() as patched:
        patched.setattr(Behind, "flush", _break)
        behind.later(_turn(1))
        thread = behind._thread
        assert thread is not None
        thread.join(timeout=60)
    behind.later(_turn(2))
    _until_kept(behind)
    assert (_asked(kept), [by for by in ended if by is thread]) == (["question 1", "question 2"], [thread])


def _break(self: Behind) -> bool:
    raise MemoryError


def _until_kept(behind: Behind) -> None:
    thread = behind._thread
    if thread is not None:
        thread.join(timeout=60)
    assert len(behind) == 0


def test_it_tries_again_by_itself(kept: ConversationStore) -> None:
    behind = Behind(kept, every=0.01)
    behind.later(_turn(1))
    _until_kept(behind)
    assert _asked(kept) == ["question 1"]


def test_of_too_many_the_oldest_is_lost_and_said(kept: ConversationStore, caplog: pytest.LogCaptureFixture) -> None:
    behind = _behind(kept, most=2)
    with caplog.at_level(logging.ERROR):
        for number in (1, 2, 3):
            behind.later(_turn(number))
    assert behind.flush()
    assert _asked(kept) == ["question 2", "question 3"]
    assert [record.getMessage() for record in caplog.records] == ["A turn was not kept: too many wait for the database."]


def test_the_newest_named_message_comes_with_its_whole_reply(kept: ConversationStore) -> None:
    for number in (1, 2):
        kept.append("rest-a", _turn(number).events, state=_turn(number).state, last=_turn(number).last)
    kept.append("rest-b", _turn(3).events, state=_turn(3).state)
    found = [kept.recent(who, turns=1) for who in ("rest-a", "rest-b", "none")]
    assert [recent and recent.last for recent in found] == [_turn(2).last, None, None]
