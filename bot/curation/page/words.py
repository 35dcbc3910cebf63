"""How the page of all facts says what the records hold: for a clinician who knows the field and not the code. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from bot.vocabulary import EVIDENCE, IN_ENGLISH, SOURCE_KINDS

STANCES = {"for": "speaks for treatment", "against": "a limit, a risk or a legal bar", "neutral": "neither for nor against"}
KINDS = {"facts": "fact", "gaps": "gap", "sources": "source", "topics": "topic", "caveats": "caveat"}
BESIDE = ("contradicts", "supersedes", "follows")
NO_GAIN = "nothing is stated"
SOON = dt.timedelta(days=30)


def moment(at: dt.datetime) -> str:
    """A time as it is shown: UTC, to the minute."""
    return f"{at:%Y-%m-%d %H:%M}"


def topics(record: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> str:
    """The names of the topics, as a JSON list, by which Datasette can count."""
    return json.dumps([known[name]["subject"] if name in known else name for name in record["topics"]], ensure_ascii=False)


def evidence(fact: Mapping[str, Any]) -> str:
    """The kind of evidence as replies name it."""
    return EVIDENCE[fact["evidence"]]


def source_kind(source: Mapping[str, Any]) -> str:
    """The kind of source as replies name it."""
    return SOURCE_KINDS[source["kind"]]


def review(by: str, today: dt.date) -> str:
    """How the day of the next review stands to today; counted as `exoguide facts stale --days 30` does."""
    day = dt.date.fromisoformat(by)
    return "past" if day < today else "within 30 days" if day < today + SOON else "later"


def limited_to(record: Mapping[str, Any]) -> str:
    """What the record is about and nothing else; empty: it is not limited."""
    scope = {**record["scope"], "jurisdiction": [IN_ENGLISH.get(code, code) for code in record["scope"]["jurisdiction"]]}
    said = {"given by": scope["route"], "used for": scope["use"], "made from": scope["origin"], "in": scope["jurisdiction"]}
    said["state of health"] = [name.replace("_", " ") for name in record["conditions"]]
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in said.items() if values)


def studied(population: Mapping[str, Any] | None) -> str | None:
    """Who was studied, how many, for how long and against what."""
    if not population:
        return None
    parts = [population["who"]]
    parts += [f"{population['size']} people"] if population["size"] else []
    parts += [f"{population['weeks']} weeks"] if population["weeks"] else []
    parts += [f"against {population['comparison']}"] if population["comparison"] else []
    return "; ".join(parts)


def headline(body: Mapping[str, Any]) -> str:
    """The sentence by which a record is known."""
    return str(body.get("statement") or body.get("text") or body.get("title") or body.get("label"))


def value(held: Any) -> str | None:
    """One field as text: None stays, a list of words is joined, what is deeper is shown as JSON."""
    if held is None or isinstance(held, str):
        return held
    if isinstance(held, list) and all(isinstance(item, str) for item in held):
        return "\n".join(held)
    return json.dumps(held, ensure_ascii=False)
