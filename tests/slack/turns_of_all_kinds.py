"""Turns of every kind on every topic, made by the answer core from the shipped facts and by the set replies of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Optional

import yaml

from bot.aid.content import guide
from bot.aid.reading import Move
from bot.aid.screens import screens
from bot.answer.answerer import Answerer
from bot.answer.interpret import Reading
from bot.answer.question import Memory
from bot.answer.reply.contract import Button, Kind, Reply
from bot.answer.reply.handoff import hand_off
from bot.answer.reply.phrases import OPENERS
from bot.channels import envelope
from bot.clinic import read
from bot.settings import ROOT
from bot.vocabulary import TOPICS
from tests.aid.talk import WHOLE, Person
from tests.builders import NOTHING, SHIPPED, answerer_of, asked, shipped, typed

Turn = list[dict[str, Any]]
SCOPES: tuple[dict[str, str], ...] = ({}, {"route": "injection"}, {"use": "hair"}, {"origin": "plant"}, {"jurisdiction": "CA"})


def turn_of(reply: Reply) -> Turn:
    """The messages of a reply."""
    return [envelope.message(reply, "")]


@lru_cache(maxsize=1)
def core() -> Answerer:
    """The answer core over the shipped facts."""
    return answerer_of(shipped())


@lru_cache(maxsize=1)
def empty() -> Answerer:
    """The answer core where nothing is on file but the topics."""
    return answerer_of(list(shipped().topics.values()))


def on_topics() -> Iterator[tuple[str, Turn]]:
    """Each kind of answer for each topic, under its name."""
    for topic in TOPICS:
        for scope in SCOPES:
            name = f"{topic} {scope or ''}".strip()
            reply, memory = core().reply(asked(topic, **scope), NOTHING)
            yield f"asked about {name}", turn_of(reply)
            yield f"case about {name}", turn_of(_about(core(), topic, scope, kind="personal_advice"))
            yield f"more on {name}", turn_of(core().more(memory)[0])
            yield f"reasons for {name}", turn_of(core().reply(typed("why? explain"), memory)[0])
            yield f"sources of {name}", turn_of(core().reply(typed("where is that from", ("sources", 1.0)), memory)[0])
            yield f"decision on {name}", turn_of(_about(core(), topic, scope, kind="decision"))
        yield f"nothing on {topic}", turn_of(_about(empty(), topic, {}))
    for first, second in zip(TOPICS, TOPICS[1:]):
        yield f"{first} and {second}", turn_of(_about(core(), first, {}, second))


def _about(answerer: Answerer, topic: str, scope: dict[str, str], *further: str, kind: Optional[Kind] = None) -> Reply:
    opener = OPENERS.get(kind or "", "")
    reading = Reading("topics", (topic, *further), scope)
    return answerer.about(reading, question=asked(topic), memory=Memory(), kind=kind, opener=opener)[0]


def of_other_kinds() -> Iterator[tuple[str, Turn]]:
    """What is said without facts: set replies in all languages, clarifying, the clinic's details, errors."""
    for name, variants in yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"].items():
        for place, said in enumerate(variants):
            text = said["text"].replace("{emergency}", "911").replace("{crisis}", "988")
            made = {"text": text, "custom": said["custom"], "buttons": said.get("buttons", [])}
            yield f"{name} {place}", [made]
    yield "clarify", turn_of(clarify(3))
    yield "clarify many", turn_of(clarify(12))
    yield "clinic", turn_of(hand_off(read(SHIPPED)))
    yield "outside", turn_of(core().outside())
    yield "failure", envelope.failure("", emergency="911")
    yield "limited", envelope.limited("", emergency="911")
    yield "unreadable", envelope.unreadable("")
    yield "too large", envelope.unreadable("", too_large=True)


def of_the_guide() -> Iterator[tuple[str, Turn]]:
    """Every screen of the decision guide for every use, answered and passed over, and once more with the answers in it."""
    for use in guide().uses:
        person = Person()
        yield f"start {use.id}", turn_of(person.last)
        for text in (use.label, *WHOLE[1:]):
            if person.state.at == "lean":
                text = "<more> to *waiting* & seeing"
            person.says(text)
            yield f"{person.state.at} {use.id}", turn_of(person.last)
        for shown in screens(guide(), person.state):
            yield f"{shown.id} {use.id} again", turn_of(person.does(Move("change", shown.id)))
    person = Person()
    for shown in screens(guide(), person.state):
        yield f"{shown.id} passed over", turn_of(person.last)
        person.says("skip" if shown.kind != "end" else "stop")
    yield "stopped", turn_of(person.last)


def clarify(count: int) -> Reply:
    """A reply that offers `count` topics as buttons."""
    offered = [shipped().topics[topic] for topic in TOPICS[:count]]
    text = "\n".join(["I want to be sure I get your question right. Do you mean:", *(f"- {topic.question}" for topic in offered)])
    return Reply(kind="clarify", text=text, buttons=tuple(Button(t.label, f'/ask{{"topic":"{t.id}"}}') for t in offered))
