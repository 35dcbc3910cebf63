"""The benchmark's report: ratios are ours to theirs, and the document is changed between its marks only. Nothing is timed here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from tools import bench, bench_report
from tools.bench_facts import seconds_per_answer
from tools.bench_questions import OUR_QUESTIONS
from tools.bench_report import BEGIN, END, keep, table
from tools.bench_servers import Assistant, BenchError, free_port


def _figures(seconds: float, rate: float, **more: Any) -> dict[str, Any]:
    rates = {"1": rate, "4": rate, "16": rate}
    timed = {"p50": seconds, "p95": seconds, "p99": seconds, "start": 10 * seconds}
    return {**timed, "messages_per_second": rates, "memory": 1000 * seconds, "turns": [seconds] * 3, "growth": 1.0, **more}


FOUND = {
    "date": "2026-11-22",
    "quick": True,
    "turns": 3,
    "load_before": [8.04, 0, 0],
    "load_after": [9.0, 0, 0],
    "processors": 2,
    "ours": _figures(0.1, 30),
    "stock": _figures(0.4, 10, training=70.0, growth=4.5),
    "facts": [
        {"facts": 100, "rest": 0.02, "answer": 0.01, "read": 0.1},
        {"facts": 100_000, "rest": 0.022, "answer": 0.015, "read": 9.0},
    ],
}
FACTS = [
    "| p50 over REST, 100,000 facts against 100 | 22 ms | | 1.10 | at most 1.2 |",
    "| answer core alone, 100,000 facts against 100 | 15 ms | | 1.50 | |",
]


def test_ratios_are_ours_to_theirs_and_what_was_not_measured_is_left_out() -> None:
    assert table(FOUND).splitlines() == [
        "| what | here | stock Rasa | ratio | to reach |",
        "|---|---|---|---|---|",
        "| answer over REST, p50 | 100 ms | 400 ms | 0.25 | at most 0.5 |",
        "| p95 | 100 ms | 400 ms | 0.25 | |",
        "| p99 | 100 ms | 400 ms | 0.25 | |",
        "| messages a second, 1 client | 30 | 10 | 3.00 | at least 3 |",
        "| 4 clients | 30 | 10 | 3.00 | at least 3 |",
        "| 16 clients | 30 | 10 | 3.00 | at least 3 |",
        "| start to first answer | 1 s | 4 s | 0.25 | at most 0.4 |",
        "| memory after the load | 100 MB | 400 MB | 0.25 | at most 0.65 |",
        "| last 10 of 3 turns against the first 10 | 1.00 | 4.50 | | at most 1.1 (here) |",
        *FACTS,
    ]


def test_the_document_is_changed_between_its_marks_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document, picture = tmp_path / "performance.md", tmp_path / "images" / "performance.png"
    monkeypatch.setattr(bench_report, "DOCUMENT", document)
    monkeypatch.setattr(bench_report, "PICTURE", picture)
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    keep(FOUND)
    said = "A short run (`--quick`): few answers, so the tails say little. Measured on 2026-11-22, 2 processors, "
    said += "load average 8.0 to 9.0 from other work."
    assert document.read_text() == f"before\n{BEGIN}\n{said}\n\n{table(FOUND)}\n\n{bench_report.SHOWN}\n{END}\nafter\n"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_answer_core_answers_from_synthetic_facts() -> None:
    found = seconds_per_answer(100)
    assert found["facts"] == 100
    assert found["answer"] > 0


def test_requests_that_fail_are_counted_and_not_raised() -> None:
    assistant = Assistant(f"http://127.0.0.1:{free_port()}/", 1.0, [], ["a question"])
    with requests.Session() as session:
        seconds = [assistant.ask(sender="one", session=session) for _ in range(2)]
    assert (assistant.failed, assistant.silent, len(seconds)) == (2, 0, 2)


def test_no_wording_is_asked_twice_and_late_turns_ask_what_early_ones_asked() -> None:
    assert len(set(OUR_QUESTIONS)) == len(OUR_QUESTIONS) > 10_000
    for size in (bench.FULL, bench.QUICK):
        first, last = (OUR_QUESTIONS[place : place + bench.EDGE] for place in (0, size.turns - bench.EDGE))
        assert [text.split()[-1] for text in first] == [text.split()[-1] for text in last]


def test_a_part_that_fails_is_said_and_the_others_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "FOLDER", tmp_path / "results")
    found: dict[str, Any] = {"facts": [], "problems": []}
    with bench._part("One", found):
        raise BenchError("it did not start")
    with bench._part("Two", found):
        found["facts"].append(1)
    assert json.loads((tmp_path / "results" / "bench.json").read_text()) == {"facts": [1], "problems": ["One: it did not start"]}


def test_what_was_not_measured_is_left_out_of_the_table() -> None:
    alone = {key: value for key, value in FOUND.items() if key != "stock"}
    assert table(alone).splitlines()[2:] == FACTS
