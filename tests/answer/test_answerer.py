"""Whole replies from a small store: each kind of reply, what is remembered, "more", and where the last answer came from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.answer import phrases
from bot.answer.contract import Button, Reply
from bot.answer.question import Memory
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


class TestOtherKinds:
    """Kinds that a topic or an intent brings with it."""

    @pytest.mark.parametrize(("name", "kind"), [("report_problem", "report_problem"), ("decision_help", "decision")])
    def test_of_a_topic(self, name: str, kind: str) -> None:
        reply, memory = ask(answerer_of([fact(topics=[name])]), name)
        assert (reply.kind, reply.topics, memory.kind) == (kind, (name,), kind)
        opener = phrases.OPENERS[kind].format(emergency="your local emergency number")
        assert reply.text == f"{opener}\n\n{line('fact-one')}\n\n{PAPER_LINE}"

    def test_a_gap_does_not_keep_the_facts_of_such_a_topic_back(self) -> None:
        here = fact(topics=["report_problem"], scope={"jurisdiction": ["US"]})
        core = answerer_of([here, gap(topics=["report_problem"], questions=["Where abroad?", "So?"])], encode=ENCODE)
        reply, _ = core.reply(typed("Where abroad?", ("report_problem", 0.9)), NOTHING)
        assert (reply.kind, ids(reply), "No study is on file" in reply.text) == ("report_problem", ["fact-one"], False)

    def test_outside(self) -> None:
        last = Memory(("cost",), {"use": "hair"}, ("x",), ("y",), "answer", "GB")
        reply, memory = answerer_of([]).reply(typed("the best pizza in this whole town is where exactly", inside=0.0), last)
        buttons = tuple(Button(id.replace("_", " "), f'/ask{{"topic":"{id}"}}') for id in phrases.STARTERS)
        assert reply == Reply(kind="out_of_scope", text=phrases.OUTSIDE, buttons=buttons)
        assert memory == Memory(("cost",), {"use": "hair"}, ("x",), ("y",), "out_of_scope", "GB")

    def test_clarify(self) -> None:
        question = typed("that thing", ("cost", 0.2), ("brands", 0.2), scope={"use": "hair"})
        reply, memory = answerer_of([]).reply(question, NOTHING)
        assert reply == Reply(
            kind="clarify",
            text=f"{phrases.CLARIFY}\n- What of cost?\n- What of brands?",
            scope={"use": "hair"},
            buttons=(Button("cost", '/ask{"topic":"cost","use":"hair"}'), Button("brands", '/ask{"topic":"brands","use":"hair"}')),
        )
        assert memory == Memory(kind="clarify")

    def test_an_unsure_question_is_settled_by_meaning(self) -> None:
        core = answerer_of([fact(topics=["brands"], questions=["Who makes that thing?", "And so?"])], encode=ENCODE)
        reply, _ = core.reply(typed("Who makes that thing?", ("cost", 0.2), ("brands", 0.2)), NOTHING)
        assert (reply.kind, reply.topics) == ("answer", ("brands",))

    def test_a_topic_that_does_not_exist_gets_a_polite_reply(self) -> None:
        assert ask(answerer_of([]), "weather")[0].kind == "out_of_scope"


class TestCountry:
    """The law of the clinic's country is meant unless another is named; short follow-ups keep that one."""

    here = fact("here", topics=["approval_status"], scope={"jurisdiction": ["US"]})
    there = fact("there", topics=["approval_status", "other_countries"], scope={"jurisdiction": ["GB"]})

    def test_without_a_place_the_clinics_country_is_meant(self) -> None:
        reply, memory = ask(answerer_of([self.here, self.there]), "approval_status")
        assert (ids(reply), reply.scope, memory.country) == (["here"], {}, None)

    def test_a_named_country_is_answered_and_kept_by_short_follow_ups(self) -> None:
        core = answerer_of([self.here, self.there, fact()])
        reply, memory = core.reply(typed("is it legal in the UK", ("approval_status", 0.9), scope={"jurisdiction": "GB"}), NOTHING)
        assert (ids(reply), reply.topics, memory.country) == (["there"], ("other_countries",), "GB")
        for text, scope in (
            ("and the side effects?", {"jurisdiction": "GB"}),
            ("what are the known side effects of such a treatment then", {}),
        ):
            reply, memory = core.reply(typed(text, ("side_effects", 0.9)), memory)
            assert (reply.topics, reply.scope, memory.country) == (("side_effects",), scope, "GB")

    def test_a_country_that_no_fact_names_is_told_as_a_gap(self) -> None:
        core = answerer_of([self.there, gap(topics=["other_countries"])])
        assert ask(core, "other_countries", jurisdiction="PE")[0].kind == "no_evidence"
        assert ask(core, "other_countries", jurisdiction="GB")[0].kind == "answer"


class TestOwnReaction:
    """Who tells of a reaction of their own first reads where to have it seen."""

    core = answerer_of([fact(topics=["side_effects", "cost"])])
    opener = phrases.OWN_REACTION.format(emergency="your local emergency number")

    @pytest.mark.parametrize(
        ("text", "topic", "told"),
        [
            ("my face is still red since yesterday", "side_effects", True),
            ("can it make a face red", "side_effects", False),
            ("my face is still red since yesterday", "cost", False),
        ],
    )
    def test_only_in_topics_of_reactions(self, text: str, topic: str, told: bool) -> None:
        reply, _ = self.core.reply(typed(text, (topic, 0.9)), NOTHING)
        assert (reply.kind, reply.text.startswith(f"{self.opener}\n\n{line('fact-one')}")) == ("answer", told)

    def test_facts_are_judged_by_the_whole_message_and_not_by_a_piece_of_it(self) -> None:
        lumps, pain = fact("lumps", questions=["hard lumps after weeks", "lumps?"]), gap(questions=["is it painful", "painful"])
        question = replace(
            typed("hard lumps after three weeks, mine, not painful. who to tell", ("side_effects", 0.5), ("report_problem", 0.5)),
            parts={"side_effects": "painful", "report_problem": "who to tell"},
        )
        reply, _ = answerer_of([lumps, pain], encode=ENCODE).reply(question, NOTHING)
        assert (ids(reply), pain.statement in reply.text) == (["lumps"], False)


class TestMore:
    """ "Tell me more" goes through what is left, once."""

    def test_until_nothing_is_left(self) -> None:
        core = answerer_of([fact(f"fact-{n}", topics=["cost"]) for n in range(5)])
        _, memory = ask(core, "cost", use="hair")
        reply, memory = core.more(memory)
        assert reply.text == f"{line('fact-3')}\n{line('fact-4')}\n\n{PAPER_LINE}"
        assert (reply.kind, reply.topics, reply.scope, reply.buttons) == ("answer", ("cost",), {"use": "hair"}, ())
        assert memory == Memory(("cost",), {"use": "hair"}, ("fact-3", "fact-4"), (), "answer", None)
        last, after = core.more(memory)
        assert last == Reply(kind="conversation", text=phrases.NO_MORE, buttons=(Button("cost", '/ask{"topic":"cost"}'),))
        assert after == memory

    @pytest.mark.parametrize("memory", [NOTHING, Memory(topics=("cost",), rest=("gone",)), Memory(rest=("fact-one",))])
    def test_without_anything_left_says_so(self, memory: Memory) -> None:
        reply, after = answerer_of([fact()]).more(memory)
        assert (reply.kind, reply.text, reply.facts, after) == ("conversation", phrases.NO_MORE, (), memory)

    def test_does_not_offer_what_cannot_be_balanced(self) -> None:
        reply, _ = answerer_of([fact(stance="for")]).more(Memory(topics=("side_effects",), rest=("fact-one",)))
        assert reply.text == phrases.NO_MORE


class TestLastSources:
    """Asked where it comes from, the last answer is told again with its sources."""

    def test_in_the_order_of_the_answer(self) -> None:
        facts = [fact("aaa", evidence="press_report"), fact("bbb"), fact("ccc", topics=["cost"])]
        memory = Memory(("side_effects",), {"use": "hair"}, ("aaa", "bbb"), ("ccc",), "answer")
        reply, after = ask(answerer_of(facts), "sources", memory=memory)
        told = f"This is what aaa says. [1] (press report, October 2024)\n{line('bbb')}"
        assert reply.text == f"{phrases.LAST_SOURCES}\n{told}\n\n{PAPER_LINE}"
        assert (reply.kind, reply.topics, reply.scope, after) == ("answer", ("sources",), {"use": "hair"}, memory)
        assert reply.buttons == (Button("Tell me more", "/more"),)

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("how old is that?", [phrases.FACTS_OF.format(dates="October 2024; no date, 2020 or later"),
                                  phrases.SOURCES_OF.format(dates="[1] May 2024; [2] no date")]),
            ("when was that", [phrases.FACTS_OF.format(dates="October 2024; no date, 2020 or later"),
                               phrases.SOURCES_OF.format(dates="[1] May 2024; [2] no date")]),
            ("who paid for it", [phrases.MAY_GAIN, "[1] paper: nothing is stated.", "[2] blog: Sells creams."]),
            ("where is that from", []),
        ],
    )  # fmt: skip
    def test_its_age_or_who_may_gain_comes_first_where_that_is_asked(self, text: str, first: list[str]) -> None:
        blog = source("blog", published=None, undated="It shows none.", interest="Sells creams.")
        facts = [fact("aaa"), fact("bbb", as_of="2020", citations=cites("blog"))]
        memory = Memory(("side_effects",), {}, ("aaa", "bbb"), (), "answer")
        reply, _ = answerer_of([blog, *facts]).reply(typed(text, ("sources", 0.9)), memory)
        assert reply.text.split(phrases.LAST_SOURCES)[0] == ("\n".join(first) + "\n\n" if first else "")

    @pytest.mark.parametrize("memory", [NOTHING, Memory(topics=("cost",), shown=("gone",))])
    def test_without_an_answer_on_file_the_topic_itself_is_told(self, memory: Memory) -> None:
        reply, _ = ask(answerer_of([fact("own", topics=["sources"])]), "sources", memory=memory)
        assert (reply.topics, ids(reply), phrases.LAST_SOURCES in reply.text) == (("sources",), ["own"], False)


@pytest.mark.parametrize("records", [(), (fact(),)])
def test_warming_up_reads_the_store_and_runs_the_encoder(records: tuple[Record, ...]) -> None:
    heard: list[str] = []

    def encode(text: str) -> np.ndarray:
        heard.append(text)
        return ENCODE(text)

    answerer_of(records, encode=encode).warm_up()
    assert heard == ["hello"]
