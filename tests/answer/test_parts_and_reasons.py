"""Messages with two questions, each judged by its own part; and people who ask for the reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answer.detect.reasons import asks_for_reasons, asks_simpler, asks_why
from bot.answer.question import Memory, Question
from bot.answer.reply import phrases
from bot.answer.reply.contract import Reply
from bot.facts.schema import Record
from tests.builders import ENCODE, NOTHING, PAPER_LINE, answerer_of, ask, asked, fact, gap, ids, line, typed

RECORDS: tuple[Record, ...] = (
    fact("dear", topics=["cost"], questions=["Is the cream dear?", "Is it much?"]),
    gap("price", topics=["cost"], questions=["What does a session cost?", "How much is it?"], ask=["What is the full price?"]),
    fact("allowed", topics=["other_countries"], questions=["Is it approved in Spain?", "May it be sold there?"]),
    fact("other", topics=["other_countries"], questions=["What does Japan say?", "And Canada?"]),
)
BOTH = "what does a session cost and is it approved in spain"


def both(text: str = BOTH, **parts: str) -> Question:
    """A message on cost and on other countries."""
    return replace(typed(text, ("cost", 0.4), ("other_countries", 0.4)), parts=parts)


class TestTwoParts:
    """Each part gives at least its best fact or its gap."""

    def reply(self, question: Question, *records: Record) -> Reply:
        return answerer_of(records or RECORDS, encode=ENCODE).reply(question, NOTHING)[0]

    def test_each_is_judged_by_its_own_words(self) -> None:
        reply = self.reply(both(cost="what does a session cost", other_countries="is it approved in spain"))
        assert reply.text == (
            "What of cost?\nNo study is on file for price.\n\n"
            f"What of other countries?\n{line('allowed')}\n\n"
            f"{phrases.ASK}\n- What is the full price?\n\n{PAPER_LINE}"
        )
        assert (reply.kind, reply.topics, ids(reply)) == ("answer", ("cost", "other_countries"), ["allowed"])

    def test_what_the_first_has_told_the_second_does_not_repeat(self) -> None:
        shared = fact("shared", topics=["cost", "brands"]), fact("own", topics=["brands"])
        reply, _ = ask(answerer_of(shared), "cost", "brands")
        assert reply.text == f"What of cost?\n{line('shared')}\n\nWhat of brands?\n{line('own')}\n\n{PAPER_LINE}"

    def test_a_topic_with_nothing_near_is_left_out_where_the_message_was_not_split(self) -> None:
        reply = self.reply(both("what does a session cost"))
        assert (reply.kind, reply.topics) == ("no_evidence", ("cost",))

    def test_what_is_not_known_of_both_topics_is_told_once(self) -> None:
        shared = gap("shared", topics=["cost", "other_countries"], questions=["what of that session", "what of the session"])
        reply = self.reply(both("what of that session"), *RECORDS, shared)
        assert (reply.topics, reply.text.count(shared.statement)) == (("cost",), 1)

    def test_but_not_where_it_was(self) -> None:
        question = both("what does a session cost", cost="what does a session cost", other_countries="zebra")
        assert self.reply(question).topics == ("cost", "other_countries")


class TestWhy:
    """ "Why?" shows what is on file behind the last answer; "more" and a question for reasons show it with each fact."""

    records = (
        fact("aaa", topics=["cost"], detail="It is made by hand."),
        *(fact(id, topics=["cost"], detail=f"The reason of {id}.") for id in ("bbb", "ccc", "ddd")),
    )

    def detailed(self, id: str, detail: str) -> str:
        return line(id).replace(" [1]", f" {detail} [1]")

    def test_to_the_last_answer(self) -> None:
        core = answerer_of(self.records)
        _, memory = ask(core, "cost", use="hair")
        reply, after = core.reply(typed("ok but why?", ("brands", 0.3), intent="vague"), memory)
        lines = [self.detailed("aaa", "It is made by hand."), *(self.detailed(id, f"The reason of {id}.") for id in ("bbb", "ccc"))]
        assert reply.text == "\n\n".join([phrases.REASONS, "\n".join(lines), PAPER_LINE])
        assert (reply.kind, reply.topics, reply.scope, after) == ("answer", ("cost",), {"use": "hair"}, memory)

    def test_without_an_answer_before_it_is_a_question_like_any_other(self) -> None:
        reply, _ = answerer_of(self.records).reply(typed("why", ("brands", 0.2), ("cost", 0.2), intent="vague"), NOTHING)
        assert reply.kind == "clarify"

    def test_more_comes_with_details(self) -> None:
        core = answerer_of(self.records)
        reply, _ = core.more(ask(core, "cost")[1])
        assert reply.text == f"{self.detailed('ddd', 'The reason of ddd.')}\n\n{PAPER_LINE}"

    def test_a_question_for_reasons_gets_them(self) -> None:
        told = [
            answerer_of(self.records).reply(typed(text, ("cost", 0.9)), NOTHING)[0].text
            for text in ("why so dear", "is it so dear")
        ]
        assert ["It is made by hand." in text for text in told] == [True, False]

    @pytest.mark.parametrize(
        ("others", "told"), [([], True), ([gap(topics=["cost"])], True), ([fact("bbb", topics=["cost"])], False)]
    )
    def test_a_lone_fact_has_room_for_its_reason(self, others: list[Record], told: bool) -> None:
        reply, _ = ask(answerer_of([self.records[0], *others]), "cost")
        assert ("It is made by hand." in reply.text) == told

    @pytest.mark.parametrize(
        "text", ["why", "Why?", "but why though", "how come?", "what’s the reason", "can you explain that please"]
    )
    def test_a_bare_why_is_recognised(self, text: str) -> None:
        assert asks_why(text)

    @pytest.mark.parametrize(("text", "within"), [("why is it not approved", True), ("is it safe", False), ("", False)])
    def test_a_question_of_its_own_is_not_a_bare_why(self, text: str, within: bool) -> None:
        assert (asks_why(text), asks_for_reasons(text)) == (False, within)


def test_the_number_to_call_is_named_in_the_set_opener() -> None:
    reply, _ = ask(answerer_of([fact(topics=["report_problem"])]), "report_problem")
    assert "call your local emergency number now" in reply.text


def test_why_after_advice_keeps_its_kind() -> None:
    core = answerer_of([fact(topics=["cost"], detail="It is made by hand.")])
    _, memory = core.personal(typed("should I pay for this", ("cost", 0.9)), Memory())
    assert core.reply(typed("why"), memory)[0].kind == "personal_advice"


@pytest.mark.parametrize(
    "text",
    [
        "explain simpler",
        "in plain English please",
        "can you put that in simple words",
        "too complicated for me",
        "ELI5",
        "less jargon pls",
    ],
)
def test_plainer_words_are_wished_for(text: str) -> None:
    assert asks_simpler(text)


@pytest.mark.parametrize(
    "text",
    [
        "what are exosomes in simple terms",
        "is there a simpler treatment",
        "simple facial",
        "how do they work in plain words",
        "why",
        "",
    ],
)
def test_a_question_of_its_own_is_no_wish_for_plainer_words(text: str) -> None:
    assert not asks_simpler(text)


def test_plainer_words_give_the_statements_of_the_last_answer_alone() -> None:
    core = answerer_of([fact(topics=["cost"], detail="More on it stands here.", stance="against")])
    first, memory = core.reply(asked("cost"), NOTHING)
    reply, kept = core.reply(typed("explain simpler", ("definition", 0.6)), memory)
    assert "More on it stands here." in first.text
    assert reply == replace(first, text="\n\n".join([phrases.SIMPLER, line("fact-one"), PAPER_LINE]))
    assert kept == memory


def test_without_an_answer_before_there_is_nothing_to_say_more_simply() -> None:
    core = answerer_of([fact(topics=["definition"])])
    assert core.reply(typed("explain simpler", ("definition", 0.9)), NOTHING)[0].topics == ("definition",)
