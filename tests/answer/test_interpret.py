"""What a message asks for: thresholds, follow-ups, scope, countries, two topics, the second look by meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.interpret import Near, Reading, interpret
from bot.answer.question import Memory, Question
from bot.answer.reply.contract import Kind
from bot.answer.thresholds import AT
from bot.vocabulary import KINDS, ORIGINS, ROUTES, TOPICS, USES
from tests.builders import NOTHING, asked, typed

LONG = "and now I would like to know something about it in general please"
OUTSIDE = Reading("outside")


def read(question: Question, memory: Memory = NOTHING, *, home: str = "US", nearest: Any = ()) -> Reading:
    """`interpret` at home in the United States."""
    return interpret(question, memory, home=home, nearest=lambda: [Near(*entry) for entry in nearest])


def about(*topics: str, **scope: str) -> Reading:
    """The reading that answers `topics` within `scope`."""
    return Reading("topics", topics, scope)


class TestThresholds:
    """How sure the classifier must be."""

    @pytest.mark.parametrize(
        ("shares", "inside", "expected"),
        [
            ((AT.sure, 0.0), 1.0, about("cost")),
            ((AT.sure, 0.0), AT.inside, about("cost")),
            ((1.0, 1.0), AT.inside - 0.01, OUTSIDE),
            ((AT.sure, AT.second), 1.0, about("cost", "brands")),
            ((AT.sure, AT.second - 0.01), 1.0, about("cost")),
            ((AT.second, AT.second), 1.0, about("cost", "brands")),
            ((AT.sure - 0.02, AT.second - 0.01), 1.0, Reading("clarify", options=("cost", "brands"))),
        ],
    )
    def test_of_the_best_topic_the_second_and_the_field(self, shares: tuple, inside: float, expected: Reading) -> None:
        assert read(typed(LONG, ("cost", shares[0]), ("brands", shares[1]), inside=inside)) == expected

    def test_never_more_than_two_topics(self) -> None:
        assert read(typed(LONG, ("cost", 0.33), ("brands", 0.33), ("origin", 0.33))) == about("cost", "brands")

    def test_so_many_topics_are_offered_and_no_more(self) -> None:
        question = typed(LONG, *((topic, 0.1) for topic in TOPICS[:8]))
        assert read(question) == Reading("clarify", options=TOPICS[: AT.offered])

    @pytest.mark.parametrize("ranking", [(), (("cost", AT.sure - 0.01),)])
    def test_one_unsure_topic_or_none_is_outside(self, ranking: tuple) -> None:
        assert read(typed("hm", *ranking)) == OUTSIDE

    @pytest.mark.parametrize("intent", ["vague", "follow_up"])
    def test_a_message_that_names_no_topic_is_asked_back(self, intent: str) -> None:
        question = typed("tell me about it", ("cost", 0.9), ("brands", 0.05), intent=intent)
        assert read(question) == Reading("clarify", options=("cost", "brands"))

    @pytest.mark.parametrize(
        ("share", "inside", "intent", "expected"),
        [
            (AT.half_sure, AT.inside_after, "cost", about("cost")),
            (AT.half_sure, AT.inside_after - 0.01, "cost", OUTSIDE),
            (AT.half_sure - 0.01, AT.inside_after, "cost", Reading("clarify", options=("cost", "brands"))),
            (AT.half_sure, AT.inside_after, "out_of_scope", Reading("clarify", options=("cost", "brands"))),
        ],
    )
    def test_a_short_message_after_an_answer_may_be_half_sure(
        self, share: float, inside: float, intent: str, expected: Reading
    ) -> None:
        question = typed("the price", ("cost", share), ("brands", 0.1), inside=inside, intent=intent)
        assert read(question, Memory(topics=("skin_results",))) == expected

    def test_a_button_is_certain(self) -> None:
        question = Question("", intent="ask", topics=(("cost", 0.0),), inside=0.0, chosen=True)
        assert read(question) == about("cost")

    def test_a_button_for_a_topic_that_does_not_exist_is_outside(self) -> None:
        assert read(asked("weather")) == read(asked("")) == OUTSIDE


class TestByMeaning:
    """A curated question of much the same meaning settles an unsure case."""

    @staticmethod
    def second_look(*nearest: tuple[tuple[str, ...], float], inside: float = 1.0) -> Reading:
        question = typed(LONG, ("cost", AT.sure - 0.02), ("brands", AT.second - 0.01), inside=inside)
        return read(question, nearest=nearest)

    def test_its_topic_is_taken_if_the_classifier_thought_of_it_too(self) -> None:
        assert self.second_look((("origin", "brands"), AT.meaning)) == about("brands")

    def test_the_likelier_of_its_topics_is_taken(self) -> None:
        assert self.second_look((("brands", "cost"), 1.0)) == about("cost")

    @pytest.mark.parametrize(
        "nearest",
        [
            [(("brands",), AT.meaning - 0.01)],
            [(("origin",), 1.0)],
            [(("origin",), 1.0), (("mechanism",), 1.0), (("definition",), 1.0), (("cost",), 1.0)],
        ],
    )
    def test_less_alike_or_unthought_of_or_further_down_does_not_count(self, nearest: list) -> None:
        assert self.second_look(*nearest).outcome == "clarify"

    def test_only_nearly_the_same_question_overrules_outside(self) -> None:
        assert self.second_look((("brands",), AT.same), inside=0.0) == about("brands")
        assert self.second_look((("brands",), AT.same - 0.01), inside=0.0) == OUTSIDE

    def test_a_sure_case_is_left_alone(self) -> None:
        sure = typed(LONG, ("cost", 0.9), ("brands", 0.05))
        assert read(sure, nearest=[(("brands",), 1.0)]) == about("cost")


class TestOnlyAsNearAsItsWords:
    """A question is read by what it means where its words do not say it."""

    @pytest.mark.parametrize(("topic", "topics"), [("side_effects", ()), ("hair_results", ("hair_results",))])
    def test_a_state_of_health_meant_without_its_usual_words_comes_first(self, topic: str, topics: tuple[str, ...]) -> None:
        near = [(("who_should_avoid",), AT.meaning, ("pregnancy",))]
        assert read(typed(LONG, (topic, 0.9)), nearest=near) == about("who_should_avoid", *topics)

    @pytest.mark.parametrize(
        "near",
        [
            [(("who_should_avoid",), AT.meaning - 0.01, ("pregnancy",))],
            [(("who_should_avoid",), 1.0, ())],
            [(("side_effects",), 1.0, ()), (("who_should_avoid",), 0.99, ("pregnancy",))],
        ],
    )
    def test_but_not_where_another_question_is_nearer_or_none_is_near(self, near: list) -> None:
        assert read(typed(LONG, ("side_effects", 0.9)), nearest=near) == about("side_effects")

    @pytest.mark.parametrize("text", ["does rogaine work", "can microneedling give you an infection", "Is Retin-A ok?"])
    @pytest.mark.parametrize("inside", [0.0, 1.0])
    def test_an_established_treatment_alone_is_answered_from_what_is_on_file_on_it(self, text: str, inside: float) -> None:
        question = typed(text, ("evidence_overall", 0.9), inside=inside)
        assert read(question, nearest=[(("alternatives",), AT.near)]) == about("alternatives")

    @pytest.mark.parametrize(
        "text",
        [
            "does needling help exosomes get in",
            "do you need needling so it gets in",
            "is a serum better than rogaine",
            "does it work",
        ],
    )
    def test_beside_exosomes_it_is_not(self, text: str) -> None:
        question = typed(text, ("skin_absorption", 0.9))
        assert read(question, nearest=[(("alternatives",), 1.0)]) == about("skin_absorption")

    def test_nor_where_nothing_near_is_on_file(self) -> None:
        question = typed("who invented minoxidil", ("sources", 0.9), inside=0.0)
        assert read(question, nearest=[(("alternatives",), AT.near - 0.01), (("cost",), 1.0)]) == OUTSIDE


class TestFollowUp:
    """A short message leans on what was said before."""

    @pytest.mark.parametrize(
        ("last", "scope", "expected"),
        [
            (("skin_results",), {"use": "hair"}, ("hair_results",)),
            (("hair_results",), {"use": "pigment"}, ("skin_results",)),
            (("hair_results",), {"use": "scars"}, ("scar_wound_results",)),
            (("skin_results",), {"use": "recovery"}, ("procedure_recovery",)),
            (("skin_results",), {"use": "medical"}, ("medical_uses",)),
            (("definition",), {"origin": "plant"}, ("plant_origin",)),
            (("plant_origin",), {"origin": "human"}, ("origin",)),
            (("hair_results",), {"origin": "synthetic"}, ("artificial",)),
            (("hair_results",), {"origin": "human"}, ("hair_results",)),
            (("approval_status",), {"jurisdiction": "GB"}, ("other_countries",)),
            (("other_countries",), {"jurisdiction": "CA"}, ("other_countries",)),
            (("other_countries",), {"jurisdiction": "US"}, ("approval_status",)),
            (("side_effects",), {"jurisdiction": "GB"}, ("other_countries",)),
            (("cost", "brands"), {"jurisdiction": "GB"}, ("other_countries",)),
            (("side_effects",), {"jurisdiction": "US"}, ("side_effects",)),
            (("cost", "brands"), {"use": "hair"}, ("cost", "brands")),
        ],
    )
    @pytest.mark.parametrize("intent", ["follow_up", "vague"])
    def test_it_moves_the_last_topic_to_what_it_names(self, last: tuple, scope: dict, expected: tuple, intent: str) -> None:
        question = typed("and what about that", intent=intent, scope=scope, inside=0.3)
        assert read(question, Memory(topics=last)) == replace(about(*expected, **scope), leans=True)

    def test_it_needs_something_said_before(self) -> None:
        assert read(typed("and for hair?", intent="follow_up", scope={"use": "hair"})) == Reading("outside", scope={"use": "hair"})

    def test_a_short_message_that_names_nothing_is_not_one(self) -> None:
        assert read(typed("banana", inside=0.0), Memory(topics=("cost",))) == OUTSIDE

    def test_a_long_message_is_not_one(self) -> None:
        text = " ".join(["word"] * AT.short)
        assert read(typed(text, scope={"use": "hair"}, inside=0.0), Memory(topics=("skin_results",))).outcome == "outside"

    def test_a_topic_of_its_own_wins(self) -> None:
        assert read(typed("and the cost", ("cost", 0.9), scope={"use": "hair"}), Memory(("skin_results",))) == about(
            "cost", use="hair"
        )


class TestScope:
    """What narrows the question."""

    memory = Memory(("hair_results",), {"route": "injection", "use": "hair"})

    def test_a_short_message_keeps_what_was_narrowed(self) -> None:
        question = typed("and the side effects?", ("side_effects", 0.9), scope={"use": "skin"})
        assert read(question, self.memory) == about("side_effects", route="injection", use="skin")

    def test_a_long_message_starts_afresh(self) -> None:
        assert read(typed(LONG, ("side_effects", 0.9)), self.memory) == about("side_effects")

    def test_a_button_has_its_own(self) -> None:
        assert read(asked("side_effects", route="laser"), self.memory) == about("side_effects", route="laser")

    @pytest.mark.parametrize(
        ("text", "named", "kept"),
        [("and the side effects?", {}, "GB"), ("and the side effects in Canada?", {"jurisdiction": "CA"}, "CA"), (LONG, {}, None)],
    )
    def test_a_country_is_kept_by_short_messages_only(self, text: str, named: dict, kept: str | None) -> None:
        memory = Memory(("cost",), {"jurisdiction": "GB"}, country="GB")
        assert read(typed(text, ("side_effects", 0.9), scope=named), memory).scope == ({"jurisdiction": kept} if kept else {})

    @pytest.mark.parametrize("text", ["and the side effects?", LONG])
    def test_a_country_spoken_of_earlier_does_not_narrow(self, text: str) -> None:
        assert read(typed(text, ("side_effects", 0.9)), Memory(("cost",), country="GB")) == about("side_effects")

    def test_what_was_narrowed_is_not_changed_in_memory(self) -> None:
        read(typed("in Canada?", scope={"jurisdiction": "CA"}), self.memory)
        assert self.memory.scope == {"route": "injection", "use": "hair"}


class TestCountries:
    """The law of another country than the clinic's."""

    @pytest.mark.parametrize("topic", ["approval_status", "regulation"])
    def test_is_a_topic_of_its_own(self, topic: str) -> None:
        question = typed(LONG, (topic, 0.9), scope={"jurisdiction": "GB"})
        assert read(question) == about("other_countries", jurisdiction="GB")
        assert read(question, home="GB") == about(topic, jurisdiction="GB")
        after = Memory(("cost",), {"jurisdiction": "GB"})
        assert read(typed("is it allowed there?", (topic, 0.9)), after) == about("other_countries", jurisdiction="GB")

    @pytest.mark.parametrize("home", ["US", "GB"])
    def test_a_state_of_the_us_is_no_other_country(self, home: str) -> None:
        question = typed(LONG, ("other_countries", 0.9), scope={"jurisdiction": "US"})
        expected = "regulation" if home == "US" else "other_countries"
        assert read(question, home=home) == about(expected, jurisdiction="US")

    def test_two_questions_of_law_become_one(self) -> None:
        question = typed(LONG, ("approval_status", 0.5), ("regulation", 0.5), scope={"jurisdiction": "GB"})
        assert read(question) == about("other_countries", jurisdiction="GB")

    def test_other_topics_stay(self) -> None:
        question = typed(LONG, ("side_effects", 0.5), ("approval_status", 0.5), scope={"jurisdiction": "GB"})
        assert read(question) == about("side_effects", "other_countries", jurisdiction="GB")

    def test_a_button_stays_what_it_says(self) -> None:
        assert read(asked("approval_status", jurisdiction="GB")) == about("approval_status", jurisdiction="GB")


scopes = st.fixed_dictionaries({}, optional={
    "route": st.sampled_from(ROUTES), "use": st.sampled_from(USES), "origin": st.sampled_from(ORIGINS),
    "jurisdiction": st.sampled_from(["US", "GB", "EU"]),
})  # fmt: skip
topics = st.sampled_from(TOPICS)
rankings = st.lists(st.tuples(topics, st.floats(0, 1)), max_size=8, unique_by=lambda pair: pair[0])
questions = st.builds(
    Question, text=st.text(max_size=80), intent=st.sampled_from(["", "ask", "follow_up", "vague", "cost"]),
    topics=rankings.map(tuple), inside=st.floats(0, 1), scope=scopes, chosen=st.booleans(),
)  # fmt: skip
memories = st.builds(
    Memory, topics=st.lists(topics, max_size=2, unique=True).map(tuple), scope=scopes, country=st.sampled_from([None, "GB", "US"])
)
near = st.lists(st.tuples(st.lists(topics, min_size=1, max_size=3), st.floats(-1, 1)), max_size=8)


@given(question=questions, memory=memories, nearest=near, home=st.sampled_from(["US", "GB"]))
def test_every_message_has_one_of_three_outcomes(question: Question, memory: Memory, nearest: list, home: str) -> None:
    reading = read(question, memory, home=home, nearest=nearest)
    assert reading.outcome in ("topics", "clarify", "outside")
    assert bool(reading.topics) == (reading.outcome == "topics")
    assert (2 <= len(reading.options) <= 3) if reading.outcome == "clarify" else not reading.options
    assert len(reading.topics) == len(set(reading.topics))
    assert len(reading.topics) <= (max(2, len(question.topics)) if question.chosen else 2)
    assert set(reading.topics) | set(reading.options) <= set(TOPICS)
    assert set(question.scope.items()) <= set(reading.scope.items())


@given(memory=memories, shown=st.lists(st.text(), max_size=4), kind=st.sampled_from(get_args(Kind)))
def test_memory_survives_the_slot(memory: Memory, shown: list[str], kind: Kind) -> None:
    kept = Memory(memory.topics, memory.scope, tuple(shown), tuple(shown[:1]), kind, memory.country)
    assert Memory.from_slot(kept.to_slot()) == kept


@pytest.mark.parametrize("value", [None, {}, "text", 7, [], {"topics": None, "scope": None, "shown": None}])
def test_an_empty_or_foreign_slot_is_an_empty_memory(value: Any) -> None:
    assert Memory.from_slot(value) == Memory()


def test_a_question_counts_its_words() -> None:
    assert [Question(text).words for text in ("", " ", "one", "one two\nthree")] == [0, 0, 1, 3]


def test_the_kinds_of_a_reply_are_those_of_the_vocabulary() -> None:
    assert get_args(Kind) == KINDS
