"""After an answer: "tell me more" goes on, and "who says that" tells where it came from."""

from __future__ import annotations

import pytest

from bot.answer.question import Memory
from bot.answer.reply import phrases
from bot.answer.reply.contract import Button, Reply
from tests.builders import (
    NOTHING,
    PAPER_LINE,
    answerer_of,
    ask,
    cites,
    fact,
    ids,
    line,
    source,
    typed,
)


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

    @pytest.mark.parametrize("memory", [NOTHING, Memory(rest=("fact-one",))])
    def test_before_any_answer_asks_about_what(self, memory: Memory) -> None:
        reply, after = answerer_of([fact()]).more(memory)
        assert (reply.kind, reply.text, reply.facts, after) == ("conversation", phrases.NOTHING_YET, (), memory)

    @pytest.mark.parametrize("memory", [Memory(topics=("cost",)), Memory(topics=("cost",), rest=("gone",))])
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
