"""What a long run showed: a line, a plot, and its place in docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from bot.settings import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "soak.png"
SHOWN = "![Latency and memory over a long run](images/soak.png)"
BEGIN, END = "<!-- soak: begin -->", "<!-- soak: end -->"
PARTS = 5  # the second fifth is compared with the last: the first warms up
MOST = {"p50": 1.25, "p95": 1.5, "memory": 1.05}  # ratios that still count as flat


def _parts(points: Sequence[dict[str, Any]]) -> tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]]]:
    size = max(1, len(points) // PARTS)
    return points[size : 2 * size] or points[:size], points[-size:]


def flat(found: dict[str, Any]) -> dict[str, Any]:
    """For each figure its ratio, last fifth to second fifth; and whether all stay within MOST and no request failed."""
    early, late = _parts(found["points"])
    ratios = {name: mean(point[name] for point in late) / mean(point[name] for point in early) for name in MOST}
    failed = sum(point["failed"] for point in found["points"])
    return {**ratios, "failed": failed, "all": not failed and all(ratio <= MOST[name] for name, ratio in ratios.items())}


def summary(found: dict[str, Any]) -> str:
    """One paragraph on a run."""
    shown, late = found["flat"], _parts(found["points"])[1]
    last = {name: mean(point[name] for point in late) for name in MOST}
    sent = sum(point["count"] for point in found["points"])
    return (
        f"{found['minutes']:g} minutes at {found['share']:.0%} of {found['capacity']:.1f} messages a second, {sent:,} messages, "
        f"{shown['failed']} failed. At the end p50 {1000 * last['p50']:.0f} ms, p95 {1000 * last['p95']:.0f} ms, "
        f"{last['memory']:.0f} MB: {shown['p50']:.2f}, {shown['p95']:.2f} and {shown['memory']:.2f} times what it was after the "
        f"warm-up. {'Flat' if shown['all'] else 'Not flat'}."
    )


def plot(found: dict[str, Any], path: Path) -> None:
    """Latency above, memory below, over the minutes."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (times, memory) = pyplot.subplots(2, 1, figsize=(9, 5), sharex=True)
    minutes = [point["at"] / 60 for point in found["points"]]
    for name in ("p50", "p95", "p99"):
        times.plot(minutes, [1000 * point[name] for point in found["points"]], label=name)
    memory.plot(minutes, [point["memory"] for point in found["points"]])
    times.set(title=f"{found['rate']:.1f} messages a second, {found['date']}", ylabel="ms", ylim=(0, None))
    memory.set(xlabel="minutes", ylabel="MB", ylim=(0, None))
    times.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def keep(found: dict[str, Any], *, document: Path = DOCUMENT, picture: Path = PICTURE) -> None:
    """Puts the paragraph and the plot between the marks of the document."""
    before, rest = document.read_text().split(BEGIN)
    after = rest.split(END)[1]
    said = f"The run of {found['date']} on a machine with {found['processors']} processors: {summary(found)}"
    document.write_text(f"{before}{BEGIN}\n{said}\n\n{SHOWN}\n{END}{after}")
    plot(found, picture)
