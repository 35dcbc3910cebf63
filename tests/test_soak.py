"""The report of a long run: flat is what stays within its bounds without a failure; only the place between the marks changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tools.soak_report import BEGIN, END, SHOWN, flat, keep, summary


def _run(memory: float = 700.0, failed: int = 0) -> dict[str, Any]:
    """Ten points; memory and times grow in steps to `memory`."""
    points = [
        {"at": 10.0 * n, "count": 100, "p50": 0.02, "p95": 0.05, "p99": 0.06, "memory": 700.0 if n < 8 else memory, "failed": 0}
        for n in range(10)
    ]
    points[0] |= {"p50": 9.0, "p95": 9.0, "memory": 500.0}  # the warm-up does not count
    points[5]["failed"] = failed
    found: dict[str, Any] = {"date": "2026-11-22", "minutes": 2.0, "processors": 2, "capacity": 40.0, "share": 0.7, "rate": 28.0}
    found["points"] = points
    return {**found, "flat": flat(found)}


@pytest.mark.parametrize(("memory", "failed", "is_flat"), [(700.0, 0, True), (770.0, 0, False), (700.0, 1, False)])
def test_flat_is_what_does_not_grow_and_fails_nobody(memory: float, failed: int, is_flat: bool) -> None:
    assert _run(memory, failed)["flat"] == {
        "p50": pytest.approx(1.0),
        "p95": pytest.approx(1.0),
        "memory": pytest.approx(memory / 700.0),
        "failed": failed,
        "all": is_flat,
    }


def test_a_run_is_said_in_one_paragraph() -> None:
    assert summary(_run(770.0)) == (
        "2 minutes at 70% of 40.0 messages a second, 1,000 messages, 0 failed. At the end p50 20 ms, p95 50 ms, 770 MB: "
        "1.00, 1.00 and 1.10 times what it was after the warm-up. Not flat."
    )


def test_only_the_place_between_the_marks_is_changed(tmp_path: Path) -> None:
    document, picture, found = tmp_path / "d.md", tmp_path / "p.png", _run()
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    keep(found, document=document, picture=picture)
    said = f"The run of 2026-11-22 on a machine with 2 processors: {summary(found)}"
    assert document.read_text() == f"before\n{BEGIN}\n{said}\n\n{SHOWN}\n{END}\nafter\n"
    assert picture.read_bytes().startswith(b"\x89PNG")
