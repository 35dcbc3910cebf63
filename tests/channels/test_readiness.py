"""A server is ready when the fixed question gets its fact; else one plain sentence says why. Asking often costs one check."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.ops import readiness
from bot.channels.ops.readiness import KEPT_SECONDS, Readiness, asks

ANSWER = {"custom": {"kind": "answer", "facts": [{"id": "other"}, {"id": "wanted"}]}}
UNANSWERED = "The fixed question could not be answered; is the facts store up?"


def _agent(responses: Any) -> Any:
    async def parse_message(text: str) -> dict[str, Any]:
        return {"intent": {"name": "approval_status", "confidence": 0.9}}

    async def request(*, json: dict[str, Any], method: str) -> dict[str, Any]:
        assert (json["next_action"], json["tracker"]["latest_message"]["text"], method) == ("action_answer", "approved?", "post")
        if isinstance(responses, Exception):
            raise responses
        return {"responses": responses}

    return SimpleNamespace(parse_message=parse_message, action_endpoint=SimpleNamespace(request=request))


@pytest.mark.parametrize(
    ("responses", "problem"),
    [
        ([ANSWER], None),
        (
            [{"custom": {"kind": "answer", "facts": [{"id": "other"}]}}],
            "The reply to the fixed question does not hold the fact wanted.",
        ),
        ([{"custom": {"kind": "error"}}], UNANSWERED),
        ([], UNANSWERED),
        (OSError("secret"), "The fixed question could not be answered."),
    ],
)
def test_what_is_wrong_is_one_sentence(responses: Any, problem: str | None) -> None:
    check = asks(_agent(responses), question="approved?", fact="wanted")
    assert asyncio.run(Readiness(check).problem()) == problem


def test_a_check_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LONGEST", 0.05)

    async def hang() -> None:
        await asyncio.Event().wait()

    assert asyncio.run(Readiness(hang).problem()) == "The fixed question was not answered in time."


def test_many_who_ask_share_one_check_for_a_few_seconds() -> None:
    now, calls = [0.0], []

    async def check() -> None:
        calls.append(now[0])
        await asyncio.sleep(0)

    async def ask_often() -> None:
        ready = Readiness(check, clock=lambda: now[0])
        await asyncio.gather(*(ready.problem() for _ in range(9)))
        now[0] = KEPT_SECONDS
        await asyncio.gather(*(ready.problem() for _ in range(9)))

    asyncio.run(ask_often())
    assert calls == [0.0, KEPT_SECONDS]
