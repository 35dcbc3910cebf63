"""Measuring: what is counted, and sets without any question on a topic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tools.evaluate import Result, draw, report

ALARM = Result(
    text="my throat is closing",
    kind="emergency",
    kinds=("emergency",),
    topics=(),
    accept=(),
    got_kind="emergency",
    got_topics=(),
    offered=(),
    confidence=0.0,
)
CALM = replace(ALARM, text="what does it cost", kind="answer", kinds=("answer",), topics=("cost",), accept=("cost",))


def test_emergencies_and_false_alarms_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    figures = report([ALARM, replace(ALARM, got_kind="answer"), CALM])
    assert (figures["emergencies recognised"], figures["false alarms"]) == ({"hits": 1, "of": 2}, {"hits": 1, "of": 1})


def test_a_set_of_emergencies_only_is_measured_without_pictures(tmp_path: Path) -> None:
    draw([ALARM], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_set_with_topics_gets_both_pictures(tmp_path: Path) -> None:
    draw([CALM, replace(CALM, got_kind="answer", got_topics=("cost",), confidence=0.9)], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"confusion.png", "calibration.png"}
