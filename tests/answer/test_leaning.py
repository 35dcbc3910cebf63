"""A message that leans on what was said before: what it keeps, where it stays, and what facts it is looked up by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.answer.detect.leaning import (
    SAID_WORDS,
    another_neighbour,
    in_own_hands,
    joined,
    names_neighbour,
    names_nothing,
    refers_back,
    vector_of,
)
from bot.answer.interpret import Reading, interpret
from bot.answer.question import Memory, Question
from bot.answer.thresholds import AT
from tests.builders import ENCODE, NOTHING, answerer_of, ask, fact, gap, ids, typed

LONG = "so what would somebody like me have to do about the rules if all goes wrong"
LATER = "and could a nurse who gives these to people at home be fined for that or not"


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("til when", True), ("for how long then?", True), ("and why", True), ("the price", False), ("kids", False), ("???", False)],
)
def test_words_that_stand_in_any_sentence_name_nothing(text: str, nothing: bool) -> None:
    assert names_nothing(text) is nothing


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("how safe are they in the long run, then", True),
        ("are exosomes safe and is it known", False),
        ("how long does a facial last", False),
        ("it " * AT.refers, False),
    ],
)
def test_it_and_those_refer_back_where_no_exosomes_are_named(text: str, back: bool) -> None:
    assert refers_back(text) is back


def test_what_is_joined_is_short_and_ends_with_what_was_said_last() -> None:
    assert joined("do they burn", "for how long") == "do they burn for how long"
    assert joined("a b " * SAID_WORDS, "the end").split()[-3:] == ["b", "the", "end"]
    assert len(joined("a b " * SAID_WORDS, "the end").split()) == SAID_WORDS


def test_a_fragment_is_looked_up_between_itself_and_what_it_goes_on_with() -> None:
    alone, whole, between = ENCODE("hair"), ENCODE("other ways hair"), vector_of("hair", after="other ways", encode=ENCODE)
    assert np.linalg.norm(between) == pytest.approx(1)
    assert 1 > float(between @ alone) > float(between @ whole) > float(alone @ whole)
    assert np.array_equal(vector_of("hair", after="", encode=ENCODE), alone)


def test_a_part_of_a_message_is_looked_up_together_with_the_whole() -> None:
    part, whole = ENCODE("hair"), ENCODE("other ways hair")
    between = vector_of("hair", after="", whole="other ways hair", encode=ENCODE)
    assert between == pytest.approx((part + whole) / np.linalg.norm(part + whole))
    assert np.array_equal(vector_of("hair", after="", whole="hair", encode=ENCODE), part)


@pytest.mark.parametrize(
    ("text", "said", "another"),
    [
        ("and fillers?", "can exosomes and botox go in the same day", True),
        ("and fillers?", "what are exosomes", False),
        ("and exosome fillers?", "can exosomes and botox go in the same day", False),
        ("how much are fillers here", "can exosomes and botox go in the same day", False),
    ],
)
def test_a_few_words_may_ask_of_another_treatment_what_was_asked_of_one_before(text: str, said: str, another: bool) -> None:
    assert another_neighbour(Question(text), Memory(topics=("how_given",), said=said)) is another


class TestReading:
    """Topic and scope of a message after an answer."""

    def read(self, text: str, *ranking: tuple[str, float], after: Memory, **more: object) -> Reading:
        question = replace(typed(text, *ranking), **more)  # type: ignore[arg-type]
        return interpret(question, after, home="US")

    @pytest.mark.parametrize(("text", "topics"), [("til when", ("procedure_recovery",)), ("the date", ("approval_timeline",))])
    def test_words_that_name_nothing_stay_with_the_topic(self, text: str, topics: tuple) -> None:
        found = self.read(text, ("approval_timeline", 0.5), after=Memory(("procedure_recovery",)))
        assert (found.topics, found.leans) == (topics, topics == ("procedure_recovery",))

    def test_unless_the_classifier_is_sure(self) -> None:
        assert self.read("how long", ("durability", AT.named), after=Memory(("cost",))).topics == ("durability",)

    @pytest.mark.parametrize(
        ("text", "topics"),
        [("any side effects with those?", ("alternatives",)), ("side effects of exosomes?", ("side_effects",))],
    )
    def test_what_is_asked_of_other_treatments_stays_with_them(self, text: str, topics: tuple) -> None:
        assert self.read(text, ("side_effects", 0.9), after=Memory(("alternatives",))).topics == topics

    def test_a_use_after_the_evidence_as_a_whole_asks_for_that_use(self) -> None:
        found = self.read("on scars?", after=Memory(("evidence_overall",)), intent="follow_up", scope={"use": "scars"})
        assert found == Reading("topics", ("scar_wound_results",), {"use": "scars"}, leans=True)

    def test_a_longer_message_that_refers_back_keeps_the_scope(self) -> None:
        memory = Memory(("cost",), {"route": "injection"})
        question = "and is anything known of how safe they are years later"
        assert self.read(question, ("long_term_risk", 0.9), after=memory).scope == {"route": "injection"}
        assert self.read(f"{question} in general", ("long_term_risk", 0.9), after=memory).scope == {}

    def test_the_country_spoken_of_counts_for_the_law(self) -> None:
        memory = Memory(("side_effects",), country="GB")
        assert self.read(LONG, ("report_problem", 0.9), after=memory).scope == {"jurisdiction": "GB"}
        assert self.read(LATER, ("regulation", 0.9), after=memory) == Reading(
            "topics", ("other_countries",), {"jurisdiction": "GB"}
        )
        assert self.read(LONG, ("side_effects", 0.9), after=memory).scope == {}

    def test_but_not_where_an_agency_is_named_or_the_talk_is_of_the_law_at_home(self) -> None:
        memory = Memory(("side_effects",), country="GB")
        assert self.read(LATER, ("approval_status", 0.9), after=memory, agencies=("fda",)).scope == {}
        assert self.read(LATER, ("approval_status", 0.9), after=Memory(("regulation",), country="GB")).scope == {}

    @pytest.mark.parametrize(
        ("brands", "inside", "outcome"),
        [(("kimera",), AT.inside_after, "topics"), (("kimera",), AT.inside_after - 0.01, "outside"), ((), 0.4, "outside")],
    )
    def test_a_maker_on_file_is_in_the_field_where_the_message_is_about_it(
        self, brands: tuple, inside: float, outcome: str
    ) -> None:
        assert self.read("is kimera legit", ("brands", 0.9), after=NOTHING, brands=brands, inside=inside).outcome == outcome


class TestFacts:
    """What is shown to a fragment."""

    records = (
        fact("shots", topics=["cost"], questions=["what do the shots cost", "price of shots"]),
        fact("cream", topics=["cost"], questions=["what does the cream cost", "price of cream"]),
        gap("drip", topics=["cost"], questions=["what does the drip cost", "price of a drip"]),
    )

    def test_is_what_answers_it_together_with_the_question_before(self) -> None:
        core = answerer_of(self.records, encode=ENCODE)
        _, memory = core.reply(typed("what do the shots cost", ("cost", 0.9)), NOTHING)
        assert memory.said == "what do the shots cost"
        reply, after = core.reply(typed("and the cream", intent="follow_up"), memory)
        assert (ids(reply)[0], after.said) == ("cream", memory.said)
        reply, _ = core.reply(typed("how so", intent="vague"), memory)
        assert ids(reply)[0] == "shots"

    def test_is_the_gap_that_it_names(self) -> None:
        core = answerer_of(self.records, encode=ENCODE)
        _, memory = core.reply(typed("what do the shots cost", ("cost", 0.9)), NOTHING)
        reply, _ = core.reply(typed("a drip", intent="follow_up"), memory)
        assert reply.text.startswith("No study is on file for drip.")

    def test_after_a_button_goes_on_with_the_question_on_it(self) -> None:
        core = answerer_of(self.records, encode=ENCODE)
        _, memory = ask(core, "cost")
        assert memory.said == ""
        reply, after = core.reply(typed("the cream", intent="follow_up"), memory)
        assert (ids(reply)[0], after.said) == ("cream", "What of cost?")


@pytest.mark.parametrize(
    ("text", "route", "own"),
    [
        ("is that safe at home", "microneedling", True),
        ("what about a roller", "microneedling", True),
        ("can i do it myself", "injection", True),
        ("is that safe at home", "topical", False),
        ("is that safe", "microneedling", False),
    ],
)
def test_a_follow_up_may_put_the_needle_into_own_hands(text: str, route: str, own: bool) -> None:
    memory = Memory(topics=("skin_absorption",), scope={"route": route}, said="does needling help")
    assert in_own_hands(typed(text, ("skin_absorption", 0.5)), memory) is own
    assert in_own_hands(typed(text, ("skin_absorption", 0.5)), NOTHING) is False


@pytest.mark.parametrize(
    ("text", "neighbour"), [("how much is botox", True), ("fillers or exosomes", False), ("are exosomes safer", False), ("", False)]
)
def test_a_treatment_next_door_is_one_where_no_exosomes_are_named(text: str, neighbour: bool) -> None:
    assert names_neighbour(text) is neighbour
