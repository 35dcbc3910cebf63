"""Someone who asks "should I?" gets the facts that bear on it and what to ask a clinician, and never a verdict."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.answer.question import Memory
from bot.answer.reply import phrases
from bot.answer.thresholds import AT
from bot.vocabulary import TOPICS
from tests.builders import NOTHING, PAPER_LINE, answerer_of, ask, fact, ids, line, shipped, topic, typed

VERDICT = re.compile(
    r"\byou (should|must|ought to|had better)\b|\bI('d| would)? (recommend|advise|suggest)\b|\bgo ahead\b"
    r"|\b(it|this|that|they|exosomes|treatment) (is|are) (not )?(safe|right|fine|ok|okay|best) for you\b|\b(good|bad) candidate\b",
    re.IGNORECASE,
)


def test_shows_the_facts_and_what_to_ask() -> None:
    core = answerer_of([fact(topics=["cost"]), topic("cost", ask=["How much?"])])
    reply, memory = core.personal(typed("should I pay for this", ("cost", 0.9), scope={"use": "hair"}), NOTHING)
    assert reply.text == (
        f"{phrases.OPENERS['personal_advice']}\n\n{line('fact-one')}\n\n{phrases.ASK}\n- How much?\n\n{PAPER_LINE}"
    )
    assert (reply.kind, reply.topics, reply.scope) == ("personal_advice", ("cost",), {"use": "hair"})
    assert memory == Memory(("cost",), {"use": "hair"}, ("fact-one",), (), "personal_advice", None, "should I pay for this")


@pytest.mark.parametrize(
    ("ranking", "topics"),
    [((("cost", 0.15), ("brands", 0.12)), ("cost",)), ((("brands", 0.05),), ("brands",)), ((), ("decision_help",))],
)
def test_never_asks_back(ranking: tuple[tuple[str, float], ...], topics: tuple[str, ...]) -> None:
    question = typed("is it right for someone such as me in my own case", *ranking, inside=AT.inside)
    reply, _ = answerer_of([]).personal(question, NOTHING)
    assert (reply.kind, reply.topics) == ("personal_advice", topics)


def test_a_case_from_another_field_is_out_of_scope() -> None:
    reply, memory = answerer_of([]).personal(
        typed("who should I vote for", ("decision_help", 0.6), inside=AT.inside - 0.01), NOTHING
    )
    assert (reply.kind, reply.topics, memory.kind) == ("out_of_scope", (), "out_of_scope")


@pytest.mark.parametrize("name", ["how_given", "home_products", "durability"])
@pytest.mark.parametrize("route", ["injection", "microneedling"])
def test_who_asks_how_to_do_it_also_reads_what_went_wrong(name: str, route: str) -> None:
    core = answerer_of([fact("how", topics=[name]), fact("harm", topics=["serious_harms"], stance="against")])
    question = typed("how much shall I inject at home", (name, 0.9), ("cost", 0.9), scope={"route": route})
    reply, _ = core.personal(question, NOTHING)
    assert (reply.kind, reply.topics, ids(reply)) == ("personal_advice", (name, "serious_harms"), ["how", "harm"])
    assert reply.text.startswith(phrases.HANDS_ON)


@pytest.mark.parametrize("route", ["topical", "laser", None])
def test_without_a_needle_there_is_nothing_to_warn_of(route: str | None) -> None:
    question = typed("how often shall I use it", ("how_given", 0.9), scope={"route": route} if route else {})
    reply, _ = answerer_of([fact(topics=["how_given"])]).personal(question, NOTHING)
    assert (reply.topics, reply.text.startswith(phrases.OPENERS["personal_advice"])) == (("how_given",), True)


def test_a_state_of_health_comes_first() -> None:
    core = answerer_of([fact("who", topics=["who_should_avoid"]), fact("hair", topics=["hair_results"])])
    question = replace(typed("should I have it for my hair while I am pregnant", ("hair_results", 0.9)), conditions=("pregnancy",))
    reply, _ = core.personal(question, NOTHING)
    assert (reply.topics, ids(reply)) == (("who_should_avoid", "hair_results"), ["who", "hair"])


@pytest.mark.parametrize("name", TOPICS)
def test_no_shipped_text_gives_a_verdict(name: str) -> None:
    core = answerer_of(shipped())
    said, memory = core.personal(typed("should I have it", (name, 0.9)), NOTHING)
    assert said.kind == "personal_advice"
    texts = [said.text, ask(core, name)[0].text]
    while memory.rest:
        reply, memory = core.more(memory)
        texts.append(reply.text)
    assert [found.group() for text in texts for found in VERDICT.finditer(text.split("\n\nSources:")[0])] == []
