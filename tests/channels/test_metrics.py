"""Turns are counted by channel, kind and topic, stale facts are seen, and no word of a message gets in."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.channels.ops import metrics
from bot.channels.turns.turn import take
from bot.facts.store import FactStore
from bot.logs import JsonLines
from bot.vocabulary import KINDS
from tests.builders import catalogue_of, fact

SECRET = "quagga"


def _figures(page: bytes) -> dict[tuple[str, ...], float]:
    samples = [sample for family in text_string_to_metric_families(page.decode()) for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


@pytest.fixture(autouse=True)
def _from_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    for counter in (metrics.TURNS, metrics.LATENCY):
        counter.clear()


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ([], ("error", "none")),
        ([{"text": "no data"}], ("error", "none")),
        ([{"custom": {"kind": "answer", "topics": ["cost", "brands"]}}], ("answer", "cost")),
        ([{"custom": {"kind": "clarify", "topics": []}}], ("clarify", "none")),
        ([{"custom": {"kind": "answer"}}, {"custom": {"kind": "emergency"}}], ("emergency", "none")),
        ([{"custom": {"kind": SECRET, "topics": [SECRET]}}], ("error", "none")),
    ],
)
def test_a_turn_counts_under_the_names_of_the_contract_only(said: list[dict[str, Any]], outcome: tuple[str, str]) -> None:
    assert metrics.outcome(said) == outcome


def test_every_turn_is_counted_once_with_its_time_and_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def answered(message: Any) -> None:
        message.output_channel.messages.append({"text": SECRET, "custom": {"kind": "answer", "topics": ["cost"]}})

    async def broken(_: Any) -> None:
        raise ValueError(SECRET)

    for work in (answered, answered, broken):
        asyncio.run(take(work, text=f"is {SECRET} dear?", conversation="rest-me", channel="rest"))
    page = metrics.page(None)
    figures = _figures(page)
    assert figures["exoguide_turns_total", "answer", "cost", "rest"] == 2
    assert figures["exoguide_turns_total", "error", "none", "rest"] == 1
    assert figures["exoguide_turn_seconds_count", "rest"] == 3
    assert SECRET not in page.decode() + caplog.text


def test_a_turn_is_one_json_line_with_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    metrics.count([{"custom": {"kind": "answer", "topics": ["cost"]}}], channel="rest", seconds=0.25)
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert {key: line[key] for key in line if key != "at"} == {
        "level": "INFO",
        "logger": "bot.channels.ops.metrics",
        "message": "A turn on rest: answer, cost, 250 ms",
        "channel": "rest",
        "kind": "answer",
        "topic": "cost",
        "ms": 250,
    }


def test_each_kind_of_turn_is_there_from_the_start_so_that_the_first_is_seen_as_a_rise() -> None:
    metrics.begin()
    before = _figures(metrics.page(None))
    metrics.count([{"custom": {"kind": "emergency"}}], channel="widget", seconds=0.1)
    first = ("exoguide_turns_total", "emergency", "none", "widget")
    assert (before[first], _figures(metrics.page(None))[first]) == (0, 1)
    assert [key for key in before if key[0].endswith("_created")] == []
    assert set(KINDS) <= {label for key in before if key[0] == "exoguide_turns_total" for label in key[1:]}


def test_stale_facts_are_those_past_their_review_date(store: FactStore) -> None:
    day = dt.date(2026, 11, 22)
    store.load(catalogue_of(fact("old", review_by="2026-11-21"), fact("due", review_by="2026-11-22"), fact("new")))
    figures = _figures(metrics.page(store, today=day))
    assert [figures[f"exoguide_{name}",] for name in ("facts", "facts_stale", "facts_release", "facts_store_up")] == [3, 1, 1, 1]


def test_a_lost_store_leaves_the_counts_of_turns() -> None:
    class Lost:
        def records(self, _: str) -> list[Any]:
            raise OSError(SECRET)

    metrics.count([], channel="rest", seconds=0.1)
    figures = _figures(metrics.page(Lost()))  # type: ignore[arg-type]
    assert (figures["exoguide_facts_store_up",], figures["exoguide_turns_total", "error", "none", "rest"]) == (0, 1)
