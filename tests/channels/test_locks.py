"""Messages of one conversation wait for each other in order; those of others do not wait; nothing stays behind."""

from __future__ import annotations

import asyncio
import gc

from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig

from bot.channels.rasa_parts.locks import ConversationLocks
from bot.settings import ROOT


def test_order_within_a_conversation_and_no_wait_between_two() -> None:
    async def talk() -> tuple[list[str], int]:
        locks, said = ConversationLocks(), []  # type: tuple[ConversationLocks, list[str]]

        async def turn(conversation: str, name: str, seconds: float) -> None:
            async with locks.lock(conversation):
                await asyncio.sleep(seconds)
                said.append(name)

        slow = [turn("a", "a1", 0.2), turn("a", "a2", 0.0), turn("a", "a3", 0.0)]
        await asyncio.gather(*slow, turn("b", "b1", 0.0))
        gc.collect()
        return said, len(locks._locks)

    assert asyncio.run(talk()) == (["b1", "a1", "a2", "a3"], 0)


def test_a_turn_that_is_given_up_lets_the_next_one_in() -> None:
    async def talk() -> list[str]:
        locks, said = ConversationLocks(), []  # type: tuple[ConversationLocks, list[str]]

        async def turn(name: str, seconds: float) -> None:
            async with locks.lock("a"):
                await asyncio.sleep(seconds)
                said.append(name)

        first = asyncio.create_task(turn("hangs", 60))
        second = asyncio.create_task(turn("next", 0))
        await asyncio.sleep(0.05)
        first.cancel()
        await asyncio.wait_for(second, timeout=1)
        return said

    assert asyncio.run(talk()) == ["next"]


def test_rasa_finds_the_locks_by_the_name_in_endpoints_yml() -> None:
    places = EndpointConfig(type="bot.channels.rasa_parts.locks.ConversationLocks")
    assert "type: bot.channels.rasa_parts.locks.ConversationLocks" in (ROOT / "endpoints.yml").read_text()
    assert type(LockStore.create(places)) is ConversationLocks
