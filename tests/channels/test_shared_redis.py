"""A lost Redis is left alone for a while, then asked again."""

from __future__ import annotations

from bot.channels.turns.shared_redis import PAUSE, Pause


def test_a_pause_begins_when_redis_is_lost_and_ends_by_itself() -> None:
    now = 0.0
    pause = Pause(clock=lambda: now)
    found = [bool(pause)]
    pause.begin()
    found.append(bool(pause))
    now = PAUSE
    assert [*found, bool(pause)] == [False, True, False]
