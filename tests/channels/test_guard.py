"""How many messages are taken, from whom, and that an emergency is told apart without a model."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.rest import RestChannel
from bot.channels.turns.guard import AT_ONCE, AT_ONCE_OF_ONE, Guard, alarming, counted, guard
from bot.channels.widget.channel import WidgetChannel
from bot.settings import Settings
from bot.slack.desk import Desk


def _guard(**given: Any) -> Guard:
    chosen: dict[str, Any] = {"rate_per_conversation": "3/minute", "rate_per_address": "5/minute", **given}
    return Guard(Settings(**chosen))


def _admitted(guard: Guard, *senders: tuple[str, str]) -> list[bool]:
    async def ask() -> list[bool]:
        return [await guard.admits(conversation=conversation, address=address) for conversation, address in senders]

    return asyncio.run(ask())


class TestRates:
    """Each conversation and each address has its own count."""

    def test_a_conversation_has_its_limit(self) -> None:
        same = [("a", "198.51.100.1")] * 4
        assert _admitted(_guard(), *same, ("b", "198.51.100.2")) == [True, True, True, False, True]

    def test_an_address_has_its_limit_whatever_the_conversation(self) -> None:
        many = [(f"c{number}", "198.51.100.1") for number in range(6)]
        assert _admitted(_guard(), *many, ("d", "198.51.100.2")) == [True] * 5 + [False, True]

    def test_who_is_over_a_limit_is_told_how_long(self) -> None:
        guard = _guard(rate_per_conversation="1/second; 2/hour", rate_per_address="none")

        async def wait(conversation: str) -> int:
            return await guard.wait(conversation=conversation, address="198.51.100.1")

        assert _admitted(guard, *[("a", "198.51.100.1")] * 3, ("b", "198.51.100.1")) == [True, False, False, True]
        assert 2 < asyncio.run(wait("a")) <= 3600
        assert asyncio.run(wait("b")) in (1, 2)
        assert asyncio.run(wait("c")) == 1

    def test_this_machine_is_not_counted_as_one_address(self) -> None:
        assert _admitted(_guard(), *[(f"c{number}", "127.0.0.1") for number in range(9)]) == [True] * 9

    def test_no_limit_on_request(self) -> None:
        guard = _guard(rate_per_conversation="none", rate_per_address="None")
        assert _admitted(guard, *[("a", "198.51.100.1")] * 50) == [True] * 50

    def test_a_redis_that_is_gone_holds_nobody_up(self, caplog: pytest.LogCaptureFixture) -> None:
        assert _admitted(_guard(redis_url="redis://127.0.0.1:1/0"), *[("a", "198.51.100.1")] * 5) == [True] * 5
        said = {record.getMessage().partition(" at ")[0] for record in caplog.records}
        assert said == {"Messages are not counted: ConnectionError"}

    def test_how_long_is_a_minute_where_it_cannot_be_told(self) -> None:
        guard = _guard(redis_url="redis://127.0.0.1:1/0")
        assert asyncio.run(guard.wait(conversation="a", address="198.51.100.1")) == 60

    def test_two_processes_count_together_in_redis(self) -> None:
        url = os.environ.get("TEST_REDIS_URL")
        if not url:
            pytest.skip("Redis is not tested: TEST_REDIS_URL does not name one")
        name = uuid.uuid4().hex
        one, two = _guard(redis_url=url, rate_per_address="none"), _guard(redis_url=url, rate_per_address="none")
        assert [_admitted(guard, (name, "198.51.100.1"))[0] for guard in (one, two, one, two)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("address", "name"),
    [("198.51.100.7", "198.51.100.7"), ("127.0.0.1", None), ("127.8.8.8", None), ("::1", None), ("[::1]", None), ("", None),
     ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80::/64"),
     ("::ffff:198.51.100.7", "198.51.100.7"), ("::ffff:127.0.0.1", None), ("unix:", "unix:")],
)  # fmt: skip
def test_an_address_is_counted_as_one_home(address: str, name: str | None) -> None:
    assert counted(address) == name


class TestAtWork:
    """Only so many messages are in work at a time, and a finished one makes room."""

    def test_one_conversation_does_not_take_all_room(self) -> None:
        guard = _guard()
        entered = [guard.at_work("a") for _ in range(AT_ONCE_OF_ONE + 1)]
        assert [context.__enter__() for context in entered] == [True] * AT_ONCE_OF_ONE + [False]
        with guard.at_work("b") as room:
            assert room
        for context in entered[:2]:
            context.__exit__(None, None, None)
        with guard.at_work("a") as room:
            assert room

    def test_the_whole_process_has_its_limit(self) -> None:
        guard = _guard()
        entered = [guard.at_work(f"c{number}") for number in range(AT_ONCE + 1)]
        assert [context.__enter__() for context in entered] == [True] * AT_ONCE + [False]
        for context in entered:
            context.__exit__(None, None, None)
        assert not guard._working


@pytest.fixture
def own() -> Iterator[Guard]:
    """The guard of this process, as new."""
    guard.cache_clear()
    yield guard()
    guard.cache_clear()


def test_the_channels_of_a_process_count_together(own: Guard) -> None:
    widget, slack = WidgetChannel(), Desk(delivery=None, on_new_message=None)  # type: ignore[arg-type]
    assert (widget._guard, slack._guard) == (own, own)
    routes = RestChannel().blueprint(None)._future_routes  # type: ignore[arg-type]
    receive: Any = next(route.handler for route in routes if route.uri == "/webhook")
    assert own in [cell.cell_contents for cell in receive.__closure__]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("my throat is closing up and I can't breathe", True), ("no puedo respirar", True), ("I want to kill myself", True),
     ("how much does it cost", False), ("", False), ("could it make my throat close up?", False)],
)  # fmt: skip
def test_signs_alone_tell_an_emergency(text: str, expected: bool) -> None:
    assert alarming(text) is expected
