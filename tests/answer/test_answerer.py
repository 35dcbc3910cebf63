"""Whole replies from a small store: answers on one topic or two, and what is said when nothing is on file."""

from __future__ import annotations

import numpy as np
import pytest

from bot.answer.question import Memory
from bot.answer.reply import phrases
from bot.answer.reply.contract import Button, Reply
from bot.facts.schema import Record
from tests.builders import (
    ENCODE,
    NOTHING,
    PAPER,
    PAPER_LINE,
    answerer_of,
    ask,
    caveat,
    cites,
    fact,
    gap,
    ids,
    line,
    shown,
    source,
    topic,
    typed,
)


class TestAnswer:
    """Facts on one topic or two."""

    def test_is_whole_and_remembered(self) -> None:
        records = topic("cost", related=["brands", "cost", "origin", "sources", "mechanism"]), caveat()
        facts = [fact(f"fact-{n}", topics=["cost"], caveats=["take-care"]) for n in range(5)]
        reply, memory = ask(answerer_of([*records, *facts]), "cost", use="hair")
        lines = "\n".join(line(f"fact-{n}") for n in range(3))
        assert reply == Reply(
            kind="answer",
            text=f"{lines}\n\nKeep in mind: The note take-care holds here.\n\n{PAPER_LINE}",
            topics=("cost",),
            scope={"use": "hair"},
            facts=(shown("fact-0"), shown("fact-1"), shown("fact-2")),
            sources=(PAPER,),
            caveats=("The note take-care holds here.",),
            notice=None,
            buttons=(
                Button("Tell me more", "/more"),
                Button("brands", '/ask{"topic":"brands","use":"hair"}'),
                Button("origin", '/ask{"topic":"origin","use":"hair"}'),
                Button("sources", '/ask{"topic":"sources","use":"hair"}'),
            ),
        )
        assert memory == Memory(("cost",), {"use": "hair"}, ("fact-0", "fact-1", "fact-2"), ("fact-3", "fact-4"), "answer", None)

    def test_shows_the_facts_that_are_most_like_the_question(self) -> None:
        facts = [fact(f"fact-{n}", questions=[f"word{n} one", f"word{n} two"], statement=f"It is {n}.") for n in range(6)]
        core = answerer_of(facts, encode=ENCODE)
        reply, _ = core.reply(typed("word4 one", ("side_effects", 0.9)), NOTHING)
        assert ids(reply)[0] == "fact-4"

    def test_of_a_button_shows_the_facts_most_like_the_question_it_stands_for(self) -> None:
        facts = [fact("aaa"), fact("bbb", questions=["Where does it hurt most?", "And then?"])]
        core = answerer_of([topic("side_effects", question="Where does it hurt most?"), *facts], encode=ENCODE)
        assert ids(ask(core, "side_effects")[0])[0] == "bbb"

    def test_to_two_questions_has_both_parts_and_at_most_four_facts(self) -> None:
        facts = [fact(f"{name}-{n}", topics=[name]) for name in ("cost", "brands") for n in range(3)]
        reply, memory = ask(answerer_of(facts), "cost", "brands")
        first, second = (f"What of {name}?\n{line(f'{name}-0')}\n{line(f'{name}-1')}" for name in ("cost", "brands"))
        assert reply.text == f"{first}\n\n{second}\n\n{PAPER_LINE}"
        assert (reply.topics, ids(reply)) == (("cost", "brands"), ["cost-0", "cost-1", "brands-0", "brands-1"])
        assert memory.rest == ("cost-2", "brands-2")

    def test_to_two_questions_tells_a_shared_fact_once(self) -> None:
        reply, _ = ask(answerer_of([fact(topics=["cost", "brands"])]), "cost", "brands")
        assert reply.text == f"What of cost?\n{line('fact-one')}\n\nWhat of brands?\n{phrases.SAID_ABOVE}\n\n{PAPER_LINE}"
        assert (ids(reply), reply.kind) == (["fact-one"], "answer")

    def test_says_so_when_sources_disagree_across_topics(self) -> None:
        one = fact("one", topics=["cost"], contradicts=["two"])
        two = fact("two", topics=["brands"], contradicts=["one"], citations=cites("other"))
        reply, _ = ask(answerer_of([source("other"), one, two]), "cost")
        assert (ids(reply), [entry.id for entry in reply.sources]) == (["one", "two"], ["paper", "other"])
        assert reply.notice == "Our sources do not agree on this. You see both sides."
        assert f"\n\nPlease note: {reply.notice}\n\n" in reply.text


class TestNoEvidence:
    """What is not on file is said, with what to ask a clinician."""

    def test_with_a_gap(self) -> None:
        reply, memory = ask(answerer_of([gap(topics=["cost"], ask=["How much?", "Is that all?"])]), "cost")
        asks = f"{phrases.ASK}\n- How much?\n- Is that all?"
        assert reply == Reply(
            kind="no_evidence",
            text=f"No study is on file for gap-one.\n\n{asks}",
            topics=("cost",),
        )
        assert memory == Memory(("cost",), {}, (), (), "no_evidence", None)

    def test_with_nothing_at_all(self) -> None:
        reply, _ = ask(answerer_of([topic("cost", ask=["A?", "B?", "C?", "D?"])]), "cost")
        asks = f"{phrases.ASK}\n- A?\n- B?\n- C?"
        assert reply.text == f"{phrases.OPENERS['no_evidence']}\n\nNothing is on file about cost.\n\n{asks}"
        assert reply.kind == "no_evidence"

    @pytest.mark.parametrize(
        ("text", "kind", "told", "shown"),
        [
            ("What about prices abroad?", "no_evidence", True, []),  # the gap is far nearer than any fact
            ("What does fact-2 say?", "answer", False, ["fact-2"]),  # a fact is nearer
            ("Both the same?", "answer", True, ["fact-1"]),  # as near as a fact: the answer says what is missing
        ],
    )
    def test_a_gap_is_told_only_when_it_is_what_was_asked(self, text: str, kind: str, told: bool, shown: list[str]) -> None:
        missing = gap(topics=["cost"], questions=["What about prices abroad?", "Both the same?"])
        facts = fact("fact-1", topics=["cost"], questions=["Both the same?", "Or?"]), fact("fact-2", topics=["cost"])
        reply, _ = answerer_of([missing, *facts], encode=ENCODE).reply(typed(text, ("cost", 0.9)), NOTHING)
        assert (reply.kind, sorted(ids(reply))) == (kind, shown)
        assert [sentence in reply.text for sentence in (missing.statement, phrases.ASK)] == [told, told]

    def test_a_gap_no_nearer_than_a_fact_is_told_after_it(self) -> None:
        missing = gap(topics=["cost"], questions=["Both the same?", "And so?"])
        core = answerer_of([missing, fact("fact-1", topics=["cost"], questions=["Both the same?", "Or?"])], encode=ENCODE)
        reply, _ = core.reply(typed("Both the same?", ("cost", 0.9)), NOTHING)
        assert reply.text.startswith(f"{line('fact-1')}\n{missing.statement}\n\n{phrases.ASK}")

    def test_a_gap_on_something_else_is_not_told(self) -> None:
        reply, _ = ask(answerer_of([gap(topics=["cost"], scope={"use": ["hair"]})]), "cost", use="skin")
        assert "Nothing is on file about cost." in reply.text


@pytest.mark.parametrize("records", [(), (fact(),)])
def test_warming_up_reads_the_store_and_runs_the_encoder(records: tuple[Record, ...]) -> None:
    heard: list[str] = []

    def encode(text: str) -> np.ndarray:
        heard.append(text)
        return ENCODE(text)

    answerer_of(records, encode=encode).warm_up()
    assert heard == ["hello"]
