"""What the benchmark found, as a table, a plot and docs/performance.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.settings import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "performance.png"
SHOWN = "![Latency by turn, throughput by clients, latency by facts](images/performance.png)"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
Value = Callable[[dict[str, Any]], float]


def _rate(clients: int) -> Value:
    return lambda found: float(found["messages_per_second"][str(clients)])


ROWS: tuple[tuple[str, str, float, Value, str], ...] = (
    ("answer over REST, p50", "ms", 1000, lambda found: found["p50"], "at most 0.5"),
    ("p95", "ms", 1000, lambda found: found["p95"], ""),
    ("p99", "ms", 1000, lambda found: found["p99"], ""),
    ("messages a second, 1 client", "", 1, _rate(1), "at least 3"),
    ("4 clients", "", 1, _rate(4), "at least 3"),
    ("16 clients", "", 1, _rate(16), "at least 3"),
    ("start to first answer", "s", 1, lambda found: found["start"], "at most 0.4"),
    ("memory after the load", "MB", 1, lambda found: found["memory"], "at most 0.65"),
    ("training", "s", 1, lambda found: found["training"], ""),
)


def table(found: dict[str, Any]) -> str:
    """The figures side by side with their ratio and what is to be reached, as Markdown; without what was not measured."""
    lines = ["| what | here | stock Rasa | ratio | to reach |", "|---|---|---|---|---|"]
    for name, unit, factor, value, goal in ROWS:
        try:
            mine, other = value(found["ours"]) * factor, value(found["stock"]) * factor
        except KeyError:
            continue
        lines.append(f"| {name} | {mine:.3g} {unit} | {other:.3g} {unit} | {mine / other:.2f} | {goal} |".replace("  ", " "))
    if "ours" in found and "stock" in found:
        here, there = (found[name] for name in ("ours", "stock"))
        for lost, name in (("silent", "requests without a reply"), ("failed", "requests that failed")):
            if lost in here:
                lines.append(f"| {name} | {here[lost]} | {there[lost]} | | 0 (here) |")
        growth = f"| last 10 of {found['turns']} turns against the first 10 |"
        lines.append(f"{growth} {here['growth']:.2f} | {there['growth']:.2f} | | at most 1.1 (here) |")
    for row in found["facts"][1:]:
        least = found["facts"][0]
        for name, figure, goal in (("p50 over REST", "rest", "at most 1.2"), ("answer core alone", "answer", "")):
            said = f"{name}, {row['facts']:,} facts against {least['facts']:,} | {row[figure] * 1000:.3g} ms | "
            lines.append(f"| {said}| {row[figure] / least[figure]:.2f} | {goal} |".replace("  ", " "))
    return "\n".join(lines)


def plot(found: dict[str, Any], path: Path) -> None:
    """Three pictures in one: seconds by turn, messages a second by clients, seconds by number of facts."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (turns, rates, facts) = pyplot.subplots(1, 3, figsize=(13, 3.6))
    for name, label in (("ours", "this assistant"), ("stock", "stock Rasa")):
        if name not in found:
            continue
        turns.plot([1000 * seconds for seconds in found[name]["turns"]], label=label)
        rates.plot(*zip(*((int(clients), rate) for clients, rate in found[name]["messages_per_second"].items())), "o-", label=label)
    facts.plot([row["facts"] for row in found["facts"]], [1000 * row["rest"] for row in found["facts"]], "o-")
    for axes, title, across, up in (
        (turns, "One conversation", "turn", "ms"),
        (rates, "Many clients", "clients", "messages a second"),
        (facts, "Many facts", "facts", "ms"),
    ):
        axes.set(title=title, xlabel=across, ylabel=up, ylim=(0, None))
    facts.set_xscale("log")
    turns.legend()
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=80)
    pyplot.close(figure)


def keep(found: dict[str, Any]) -> None:
    """Puts table and picture into docs/performance.md, between its two marks."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    loads = " to ".join(f"{found[name][0]:.1f}" for name in ("load_before", "load_after"))
    short = "A short run (`--quick`): few answers, so the tails say little. " if found["quick"] else ""
    said = f"{short}Measured on {found['date']}, {found['processors']} processors, load average {loads} from other work."
    DOCUMENT.write_text(f"{before}{BEGIN}\n{said}\n\n{table(found)}\n\n{SHOWN}\n{END}{after}", encoding="utf-8")
    plot(found, PICTURE)
