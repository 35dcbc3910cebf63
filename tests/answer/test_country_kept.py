"""A country that the person names is remembered, whatever becomes of the message that names it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.answer.question import Memory
from bot.channels.rasa_parts.country import country_named, country_of
from bot.facts.schema import Scope
from tests.builders import NOTHING, answerer_of, fact, ids, typed

HOME = fact("at-home", topics=["approval_status"], scope=Scope(jurisdiction=("US",)))
THERE = fact("over-there", topics=["other_countries"], scope=Scope(jurisdiction=("AU",)))
REPORT = fact("report-there", topics=["report_problem"], scope=Scope(jurisdiction=("AU",)))


@pytest.mark.parametrize(("share", "inside", "kind"), [(0.15, 1.0, "clarify"), (0.9, 0.0, "out_of_scope")])
def test_also_where_the_message_says_nothing_else(share: float, inside: float, kind: str) -> None:
    core = answerer_of([HOME, THERE, REPORT])
    told = typed("i live in australia", ("cost", share), ("origin", share), inside=inside, scope={"jurisdiction": "AU"})
    reply, memory = core.reply(told, NOTHING)
    assert (reply.kind, memory.country) == (kind, "AU")
    law, memory = core.reply(typed("are exosomes legal", ("approval_status", 0.9)), memory)
    assert (law.topics, ids(law), memory.country) == (("other_countries",), ["over-there"], "AU")
    report, memory = core.reply(typed("where can i report a reaction", ("report_problem", 0.9)), memory)
    assert (ids(report), memory.country) == (["report-there"], "AU")


def user(*places: str) -> dict[str, Any]:
    """A turn of the person that names `places`."""
    entities = [{"entity": "use", "value": "hair"}, *({"entity": "jurisdiction", "value": place} for place in places)]
    return {"event": "user", "parse_data": {"entities": entities}}


@pytest.mark.parametrize(
    ("events", "country"),
    [
        ([], None),
        ([user(), {"event": "bot"}, {"event": "user"}], None),
        ([user("GB"), {"event": "bot"}, user()], "GB"),
        ([user("GB"), user("AU", "US"), user()], "AU"),
    ],
)
def test_a_turn_with_a_set_reply_is_read_back(events: list[dict[str, Any]], country: str | None) -> None:
    assert country_named(events) == country


def test_an_answer_on_the_law_of_a_country_puts_nobody_there() -> None:
    core = answerer_of([HOME, THERE])
    treated = replace(
        typed("I was treated in Australia, are they approved there", ("approval_status", 0.9), scope={"jurisdiction": "AU"}),
        here=None,
    )
    reply, memory = core.reply(treated, NOTHING)
    assert (ids(reply), reply.scope, memory.country) == (["over-there"], {"jurisdiction": "AU"}, None)


def test_a_country_lasts_until_another_is_named() -> None:
    core = answerer_of([fact("price", topics=["cost"])])
    _, memory = core.reply(typed("the price", ("cost", 0.9)), Memory(country="GB"))
    assert memory.country == "GB"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("I was treated in Turkey last week, are they approved there?", None),
        ("are they approved in Turkey?", "TR"),
        ("I am in Turkey now", "TR"),
    ],
)
def test_where_one_was_treated_is_not_where_one_is(text: str, country: str | None) -> None:
    start = text.index("Turkey")
    entities = [{"entity": "jurisdiction", "value": "TR", "start": start, "end": start + len("Turkey")}]
    assert country_of(text, entities) == country
