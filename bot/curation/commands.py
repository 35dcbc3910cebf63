"""The commands for curators: `facts stale | diff | history` and `report unanswered | usage`, each for people or as JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DAY = 24 * 60 * 60
EXAMPLES = 3  # of a group, in print; JSON has all
WIDTH = 100  # characters of a value that are printed
WHY = {
    "no_evidence": "nothing on file",
    "out_of_scope": "outside the subject",
    "clarify": "not clear",
    "gap_stated": "a gap stated",
}


def count_of(number: int, what: str) -> str:
    """As it is said: "1 turn", "2 turns"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def whole_days(given: str) -> int:
    """A number of days as it is written in a command."""
    if not given.isdecimal():
        raise argparse.ArgumentTypeError("write a whole number of days")
    return int(given)


def port_number(given: str) -> int:
    """A port as it is written in a command."""
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        raise argparse.ArgumentTypeError("write a number from 1 to 65535")
    return int(given)


def _print(found: Any, lines: list[str], *, as_json: bool) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


def _whole(value: Any) -> str:
    return " ".join((value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).split())


def _short(value: Any) -> str:
    text = _whole(value)
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def _fields(fields: dict[str, list[Any]]) -> list[str]:
    """Each change on one line, or, where that would be long, on three: never cut, for the change may be in the last word."""
    lines = []
    for name, (old, new) in fields.items():
        was, now = _whole(old), _whole(new)
        if len(was) + len(now) <= WIDTH:
            lines.append(f"    {name}: {was} -> {now}")
        else:
            lines += [f"    {name}", f"        was: {was}", f"        now: {now}"]
    return lines


def _file(path: str) -> str:
    from bot.settings import ROOT

    return str(Path(path).relative_to(ROOT)) if Path(path).is_relative_to(ROOT) else path


def _folders() -> Any:
    from bot.facts.catalogue import load
    from bot.service import folders
    from bot.settings import settings

    return load(folders(settings()))


def _stale(arguments: argparse.Namespace) -> None:
    from bot.curation.facts import stale

    due = stale(_folders(), by=dt.date.today() + dt.timedelta(days=arguments.days))
    lines = [f"{row['review_by']}  {row['id']}: {_short(row['statement'])} ({_file(row['file'])})" for row in due]
    _print(due, lines or ["No review is due."], as_json=arguments.json)


def _diff(arguments: argparse.Namespace) -> None:
    from bot.curation.facts import diff, of_catalogue, of_release
    from bot.service import open_store

    store = open_store()
    old = arguments.old if arguments.old is not None else store.release()
    before = of_release(store, old) if old else {}
    after = of_catalogue(_folders()) if arguments.new is None else of_release(store, arguments.new)
    changes = diff(before, after)
    lines = [line for row in changes for line in (f"{row['change']}  {row['kind']} {row['id']}", *_fields(row["fields"]))]
    _print(changes, lines or ["Nothing differs."], as_json=arguments.json)


def _history(arguments: argparse.Namespace) -> None:
    from bot.curation.facts import history
    from bot.curation.page.words import headline
    from bot.service import open_store

    versions = history(open_store(), arguments.id)
    lines = []
    for row in versions:
        until = f"until {row['until']}" if row["until"] else "still on show"
        lines += [f"{row['kind']} {arguments.id}: from {row['from']} (UTC), {until}", *_fields(row["fields"])]
        lines += [] if row["fields"] else [f"    {headline(row['record'])}"]
    _print(versions, lines, as_json=arguments.json)


def _page(arguments: argparse.Namespace) -> None:
    from bot.curation.page.serve import serve

    serve(host=arguments.host, port=arguments.port)


def _said(arguments: argparse.Namespace) -> Any:
    from bot.conversations.store import conversations

    return conversations().said(since=time.time() - arguments.days * DAY)


def _unanswered(arguments: argparse.Namespace) -> None:
    from bot.curation.reports import Gaps, turns, unanswered
    from bot.nlu.minilm import shared
    from bot.service import open_store
    from bot.settings import settings

    gaps = Gaps.of(row.body for row in open_store().versions().rows if row.kind == "gaps")
    groups = unanswered(turns(_said(arguments), gaps), lambda texts: shared(settings().encoder_dir).encode(texts))
    lines = []
    for group in groups:
        kinds = ", ".join(f"{WHY[kind]} {count}" for kind, count in group["kinds"].items())
        lines += [f"{count_of(group['asked'], 'time')} ({kinds}): {_short(group['question'])}"]
        lines += [f"    {_short(example)}" for example in group["examples"][:EXAMPLES]]
        more = len(group["examples"]) - EXAMPLES
        lines += [f"    and {more} more (--json lists all)"] if more > 0 else []
    _print(groups, lines or ["Every question found a fact."], as_json=arguments.json)


def _usage(arguments: argparse.Namespace) -> None:
    from bot.curation.reports import turns, usage

    counts = usage(turns(_said(arguments)))
    total = f"{count_of(counts['conversations'], 'conversation')}, {count_of(counts['turns'], 'turn')}"
    lines = [f"{total} in {count_of(arguments.days, 'day')}."]
    for name in ("channels", "kinds", "topics", "days"):
        lines += [f"{name}:", *(f"    {key}: {count}" for key, count in counts[name].items())]
    _print(counts, lines, as_json=arguments.json)


def _add(commands: Any, name: str, run: Callable[[argparse.Namespace], None], help: str) -> Any:
    command = commands.add_parser(name, help=help)
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=run)
    return command


def add_facts(facts: Any) -> None:
    """Adds what curators ask of the facts to the group `facts`."""
    due = _add(facts, "stale", _stale, "facts and gaps that are past their review date")
    due.add_argument("--days", type=whole_days, default=0, help="also those that are due within so many days")
    compare = _add(facts, "diff", _diff, "what the folders would change in the store; or what one release changed")
    compare.add_argument("--from", dest="old", type=int, help="a release; default: the newest")
    compare.add_argument("--to", dest="new", type=int, help="a release; default: the folders as they are now")
    _add(facts, "history", _history, "every version of one record").add_argument("id", help="id of a fact, gap, source ...")
    page = facts.add_parser("page", help="a page of all facts, sources, reviews and changes, to read and search in a browser")
    page.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only; the page has no login of its own")
    page.add_argument("--port", type=port_number, default=8001, help="default: 8001")
    page.set_defaults(run=_page)


def add_reports(commands: Any) -> None:
    """Adds the group `report`."""
    reports = commands.add_parser("report", help="what people asked, without personal data")
    reports = reports.add_subparsers(dest="command", required=True)
    for name, run, help in (
        ("unanswered", _unanswered, "questions that found no fact, or met a gap beside the facts, grouped by meaning"),
        ("usage", _usage, "turns by channel, kind of reply, topic and day"),
    ):
        _add(reports, name, run, help).add_argument("--days", type=whole_days, default=30, help="how far back; default: 30")
