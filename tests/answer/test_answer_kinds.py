"""Whole replies of other kinds, and what an answer takes from the person: the country, a reaction of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answer.question import Memory
from bot.answer.reply import phrases
from bot.answer.reply.contract import Button, Reply
from tests.builders import (
    ENCODE,
    NOTHING,
    PAPER_LINE,
    answerer_of,
    ask,
    fact,
    gap,
    ids,
    line,
    typed,
)


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
        assert (reply.kind, reply.text.startswith(f"{self.opener}\n\n"), line("fact-one") in reply.text) == ("answer", told, True)
        assert reply.topics == ((topic, "report_problem") if told else (topic,))  # where to report it is told with it

    def test_facts_are_judged_by_the_whole_message_and_not_by_a_piece_of_it(self) -> None:
        lumps, pain = fact("lumps", questions=["hard lumps after weeks", "lumps?"]), gap(questions=["is it painful", "painful"])
        question = replace(
            typed("hard lumps after three weeks, mine, not painful. who to tell", ("side_effects", 0.5), ("report_problem", 0.5)),
            parts={"side_effects": "painful", "report_problem": "who to tell"},
        )
        reply, _ = answerer_of([lumps, pain], encode=ENCODE).reply(question, NOTHING)
        assert (ids(reply), pain.statement in reply.text) == (["lumps"], False)
