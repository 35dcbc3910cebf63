"""What takes time runs beside the event loop: while one message is worked on, the loop goes on with what others sent."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.rasa_parts.in_process import InProcessActions
from bot.channels.rasa_parts.reader import LONG, Reader
from bot.channels.rasa_parts.tracker_store import KeptConversations
from bot.conversations.store import ConversationStore, open_conversations
from bot.settings import ROOT

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
Hold = Callable[..., Any]
Work = Callable[[Hold, Path], Awaitable[Any]]


def _kept(hold: Hold, folder: Path, method: str) -> KeptConversations:
    store: ConversationStore = open_conversations(f"sqlite:///{folder / 'c.db'}")
    setattr(store, method, hold)
    return KeptConversations(DOMAIN, store=store)


def _understand(hold: Hold, _: Path) -> Awaitable[Any]:
    processor: Any = type("Processor", (), {"_parse_message_with_graph": hold})
    return Reader(processor).parse(UserMessage("hello", sender_id="me"))


def _read(hold: Hold, folder: Path) -> Awaitable[Any]:
    return _kept(hold, folder, "recent").retrieve("me")


def _write(hold: Hold, folder: Path) -> Awaitable[Any]:
    return _kept(hold, folder, "append").save(DialogueStateTracker.from_events("me", [UserUttered("hello")], DOMAIN.slots))


def _act(hold: Hold, _: Path) -> Awaitable[Any]:
    async def run(call: Any) -> None:
        hold(call)

    actions = InProcessActions("actions", timeout=60)
    actions._executor.run = run  # type: ignore[assignment, method-assign]
    return actions.request(json={"next_action": "action_answer"})


@pytest.mark.parametrize("work", [_understand, _read, _write, _act])
def test_the_loop_goes_on_while_one_message_is_worked_on(work: Work, tmp_path: Path) -> None:
    began, may_end, ended = threading.Event(), threading.Event(), []

    def hold(*_: Any, **__: Any) -> None:
        began.set()
        ended.append(may_end.wait(timeout=60))  # only the loop ends it: on the loop itself it would wait for nothing

    async def talk() -> None:
        under_way = asyncio.ensure_future(work(hold, tmp_path))
        while not began.is_set():
            await asyncio.sleep(0.001)
        may_end.set()
        await under_way

    asyncio.run(talk())
    assert ended == [True]


def test_a_short_message_does_not_wait_for_long_ones() -> None:
    may_end = threading.Event()

    def parse(_: Any, message: UserMessage, __: Any) -> str:
        return str(may_end.wait(timeout=60)) if len(str(message.text)) > LONG else "understood"

    async def talk() -> tuple[Any, list[Any]]:
        processor: Any = type("Processor", (), {"_parse_message_with_graph": parse})()
        reader = Reader(processor)
        long = [asyncio.ensure_future(reader.parse(UserMessage("a" * (LONG + 1), sender_id=str(n)))) for n in range(4)]
        short = await reader.parse(UserMessage("a" * LONG, sender_id="me"))
        may_end.set()
        return short, await asyncio.gather(*long)

    assert asyncio.run(talk()) == ("understood", ["True"] * 4)
