"""The trained gate on the evaluation sets, which nothing is learnt from: what is recognised, what is raised without cause."""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache

import pytest

from bot.local import load
from bot.safety.emergency.gate import EMERGENCY_INTENTS
from tools.evaluate import EVAL

pytestmark = pytest.mark.xdist_group("figures")
RECOGNISED, RAISED = 0.97, 0.05
ABROAD = ("es", "fr", "zh")


@lru_cache(maxsize=1)
def verdicts() -> dict[str, list[tuple[str | None, bool]]]:
    """Of emergencies and of look-alikes: the language of each message where it is not English, and whether it was raised."""

    async def judge() -> dict[str, list[tuple[str | None, bool]]]:
        agent = await load()
        found = {}
        for kind in ("emergencies", "lookalikes"):
            rows = [json.loads(line) for path in sorted(EVAL.glob(f"{kind}*.jsonl")) for line in path.read_text().splitlines()]
            intents = [(await agent.parse_message(row["text"]))["intent"]["name"] for row in rows]
            found[kind] = [(row.get("language"), intent in EMERGENCY_INTENTS) for row, intent in zip(rows, intents)]
        return found

    return asyncio.run(judge())


def share(kind: str, languages: tuple[str | None, ...]) -> float:
    """The share of the messages in these languages for which the alarm is raised."""
    raised = [alarm for language, alarm in verdicts()[kind] if language in languages]
    return sum(raised) / len(raised)


@pytest.mark.parametrize("languages", [(None,), ABROAD], ids=["English", "Spanish, French, Chinese"])
def test_emergencies_are_recognised_and_look_alikes_are_not_raised(languages: tuple[str | None, ...]) -> None:
    assert share("emergencies", languages) >= RECOGNISED
    assert share("lookalikes", languages) <= RAISED


@pytest.mark.parametrize("language", ABROAD)
def test_no_language_lags_behind(language: str) -> None:
    assert share("emergencies", (language,)) >= 0.95
    assert share("lookalikes", (language,)) <= 0.07
