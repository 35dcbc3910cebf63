"""What is known already is not handled again, and memory stays bounded."""

from __future__ import annotations

from bot.slack.once import Kept, OnceHere


class Clock:
    """A clock that tests set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_first_time_counts_and_no_other() -> None:
    once = OnceHere()
    assert [once.first("event:1"), once.first("event:1"), once.first("event:2")] == [True, False, True]


def test_one_known_name_is_enough_and_the_others_are_then_known_too() -> None:
    once = OnceHere()
    assert once.first("event:1", "message:a")
    assert not once.first("event:2", "message:a")
    assert not once.first("event:2")


def test_something_without_a_name_is_always_new() -> None:
    once = OnceHere()
    assert [once.first(), once.first()] == [True, True]


def test_it_is_forgotten_after_its_time() -> None:
    clock = Clock()
    once = OnceHere(seconds=60, clock=clock)
    assert once.first("a")
    clock.now = 59
    assert not once.first("a")
    clock.now = 200
    assert once.first("a")


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    kept: Kept[int] = Kept(most=2)
    for number, key in enumerate("abc"):
        kept.put(key, number)
    assert (kept.get("a"), kept.get("b"), kept.get("c"), len(kept)) == (None, 1, 2, 2)
