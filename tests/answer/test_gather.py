"""What one topic contributes: facts of the place asked, and a gap that counts as unanswered only where no fact is near."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from bot.answer.retrieve.gather import Section, gather
from bot.answer.retrieve.query import Query
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.answer.topics import AT_HOME, PLACE_TOPICS
from bot.facts.schema import Fact, Gap
from bot.facts.store import searchable
from bot.vocabulary import LAW_TOPICS
from tests.builders import catalogue_of, fact, gap, shipped, snapshot_of

GENERAL: Mapping[str, str] = {}
QUESTION = np.array([1.0, 0.0], dtype=np.float32)


def gathered(
    topic: str,
    *records: Fact | Gap,
    scope: Mapping[str, str] = GENERAL,
    alone: bool = True,
    likeness: Mapping[str, float] | None = None,
    **more: Any,
) -> Section:
    """The section of `topic` for a clinic in the United States; `likeness` is that of each record to the question."""
    whole = snapshot_of(catalogue_of(*records))
    if likeness:
        vectors = {
            text: np.array([likeness[record.id], np.sqrt(1 - likeness[record.id] ** 2)], dtype=np.float32)
            for record in records
            for text in searchable(record)
        }
        whole = Snapshot(1, whole.facts, whole.gaps, whole.sources, whole.topics, whole.caveats, vectors)
    return gather(Query(topic, home="US", scope=scope, vector=QUESTION if likeness else None, alone=alone, **more), snapshot=whole)


def told(section: Section) -> list[str]:
    """The facts of a section, those kept for "more" too."""
    return [fact.id for fact in (*section.choice.shown, *section.choice.rest)]


class TestPlace:
    """What holds in one country is not shown for another."""

    @pytest.mark.parametrize("topic", [*LAW_TOPICS, "report_problem"])
    @pytest.mark.parametrize(
        ("scope", "place"), [({}, "here"), ({"jurisdiction": "US"}, "here"), ({"jurisdiction": "GB"}, "there")]
    )
    def test_facts_of_the_place_asked_or_of_the_clinics(self, topic: str, scope: dict[str, str], place: str) -> None:
        facts = (fact(id, topics=[topic], scope={"jurisdiction": [code]}) for id, code in (("here", "US"), ("there", "GB")))
        assert told(gathered(topic, *facts, scope=scope)) == [place]

    @pytest.mark.parametrize("topic", PLACE_TOPICS)
    def test_none_rather_than_those_of_another_country(self, topic: str) -> None:
        section = gathered(topic, fact(topics=[topic], scope={"jurisdiction": ["GB"]}), scope={"jurisdiction": "PE"})
        assert (told(section), section.unanswered) == ([], True)

    def test_a_fact_of_another_topic_of_law_stands_in(self) -> None:
        there = fact("there", topics=["enforcement"], scope={"jurisdiction": ["GB"]})
        assert told(gathered("approval_status", there, scope={"jurisdiction": "GB"})) == ["there"]
        assert told(gathered("report_problem", there, scope={"jurisdiction": "GB"})) == []

    def test_a_place_that_no_fact_names_leaves_it_unanswered(self) -> None:
        records = fact("general", topics=["other_countries"]), gap(topics=["other_countries"])
        section = gathered("other_countries", *records, scope={"jurisdiction": "PE"})
        assert (told(section), section.gap, section.unanswered) == (["general"], records[1], True)

    @pytest.mark.parametrize("topic", AT_HOME)
    def test_at_home_comes_first(self, topic: str) -> None:
        facts = fact("aaa", topics=[topic]), fact("zzz", topics=[topic], scope={"jurisdiction": ["US"]})
        assert told(gathered(topic, *facts)) == ["zzz", "aaa"]

    def test_other_topics_know_no_place(self) -> None:
        facts = fact("aaa"), fact("zzz", scope={"jurisdiction": ["GB"]})
        assert told(gathered("side_effects", *facts)) == ["aaa", "zzz"]

    def test_elsewhere_what_holds_abroad_comes_later(self) -> None:
        facts = fact("home"), fact("away", scope={"jurisdiction": ["GB"]})
        assert told(gathered("side_effects", *facts, likeness={"home": 0.5, "away": 0.6})) == ["home", "away"]
        there = gathered("side_effects", *facts, likeness={"home": 0.5, "away": 0.6}, scope={"jurisdiction": "GB"})
        assert told(there) == ["away", "home"]


class TestConditions:
    """Of states of health, those that the question names come first, and nothing on another one is shown."""

    records = (
        fact("everybody", topics=["who_should_avoid"], lead=True),
        fact("nursing", topics=["who_should_avoid"], conditions=["pregnancy", "nursing"]),
        fact("children", topics=["who_should_avoid"], conditions=["child"]),
        gap("no-nursing", topics=["who_should_avoid"], conditions=["nursing"], said_by=["nursing"]),
        gap("no-children", topics=["who_should_avoid"], conditions=["child"], said_by=["children"]),
        gap("no-thinners", topics=["who_should_avoid"], conditions=["blood_thinner"]),
        gap("no-moles", topics=["who_should_avoid"]),
    )
    likeness: Mapping[str, float] = {
        "everybody": 0.3, "nursing": 0.4, "children": 0.6,
        "no-nursing": 0.6, "no-children": 0.7, "no-thinners": 0.5, "no-moles": 0.65,
    }  # fmt: skip

    def section(self, *conditions: str, **likeness: float) -> Section:
        near = {**self.likeness, **{id.replace("_", "-"): value for id, value in likeness.items()}}
        return gathered("who_should_avoid", *self.records, likeness=near, conditions=conditions)

    def test_what_is_known_on_the_one_named_comes_first(self) -> None:
        section = self.section("nursing")
        assert (section.gap and section.gap.id, section.gap_told, section.choice.shown[0].id) == ("no-nursing", False, "nursing")
        assert told(section) == ["nursing", "everybody"]

    def test_without_a_fact_the_gap_is_told_with_what_holds_for_everybody(self) -> None:
        section = self.section("blood_thinner")
        assert (section.gap and section.gap.id, section.gap_told, told(section)) == ("no-thinners", True, ["everybody"])

    def test_several_may_be_named(self) -> None:
        assert set(told(self.section("nursing", "child"))) == {"nursing", "children", "everybody"}

    def test_where_none_was_recognised_the_nearest_gap_tells_which_is_meant(self) -> None:
        assert told(self.section())[0] == "children"
        assert "children" not in told(self.section(no_nursing=0.9))

    def test_on_other_topics_the_one_named_is_not_put_first(self) -> None:
        records = fact("children", conditions=["child"]), fact("plain"), fact("nursing", conditions=["nursing"])
        section = gathered("side_effects", *records, likeness={"children": 0.5, "plain": 0.6, "nursing": 0.9}, conditions=["child"])
        assert told(section) == ["plain", "children"]


@pytest.mark.parametrize(("topic", "first"), [("hair_results", "trial"), ("definition", "doctor")])
def test_where_studies_can_answer_they_come_before_what_one_person_says(topic: str, first: str) -> None:
    records = (
        fact("doctor", topics=[topic], evidence="expert_opinion"),
        fact("trial", topics=[topic], evidence="randomised_trial"),
    )
    section = gathered(topic, *records, likeness={"doctor": 0.9, "trial": 0.75})
    assert [entry.id for entry in section.choice.shown][0] == first


class TestGap:
    """A gap is told where it is what was asked, and counts as unanswered where no fact is near."""

    @pytest.mark.parametrize(
        ("near", "missing", "kept", "unanswered", "shown"),
        [
            (0.20, AT.gap_fits_alone - 0.01, False, False, 1),  # the gap is not what was asked
            (AT.gap_fits - 0.02, AT.gap_fits - 0.01, False, False, 1),  # nor is it here: a fact is as near
            (0.20, AT.gap_fits_alone + 0.01, True, True, 0),  # nothing else is near
            (0.60, 0.58, False, False, 1),  # a fact is nearer
            (0.70, 0.70 + AT.far - 0.01, True, False, 1),  # both: the fact is near enough to answer
            (0.70, 0.70 + AT.far + 0.01, True, True, 0),  # what is so far off is kept for "more"
            (AT.near + 0.11, AT.near + 0.11 + AT.clearly + 0.01, True, False, 1),
            (AT.near - 0.01, AT.near + AT.clearly, True, True, 0),
        ],
    )
    def test_by_likeness(self, near: float, missing: float, kept: bool, unanswered: bool, shown: int) -> None:
        records = fact("known"), gap("missing")
        section = gathered("side_effects", *records, likeness={"known": near, "missing": missing})
        assert (section.gap_told, section.unanswered, len(section.choice.shown)) == (kept, unanswered, shown)
        assert told(section) == ["known"]

    @pytest.mark.parametrize(
        ("missing", "first"), [(0.60, False), (0.60 + AT.gap_first - 0.005, False), (0.60 + AT.gap_first + 0.005, True)]
    )
    def test_it_comes_first_only_where_it_is_clearly_nearer_than_the_best_fact(self, missing: float, first: bool) -> None:
        section = gathered("side_effects", fact("known"), gap("missing"), likeness={"known": 0.60, "missing": missing})
        assert (section.gap_told, section.gap_first, told(section)) == (True, first, ["known"])

    @pytest.mark.parametrize(
        ("text", "meant"), [("Does it work for hair?", False), ("My hair, after the births?", True), ("rebirth of hair", False)]
    )
    def test_on_a_special_case_it_is_told_only_where_the_question_names_the_case(self, text: str, meant: bool) -> None:
        records = fact("known"), gap("missing", only_if=["birth", "baby"])
        section = gathered("side_effects", *records, likeness={"known": 0.6, "missing": 0.9}, text=text)
        assert (section.gap_told, section.unanswered) == (meant, meant)

    @pytest.mark.parametrize(
        ("id", "general", "special"),
        [
            ("hair-loss-after-birth", "does it work for hair", "and for hair loss since the baby came"),
            ("womens-hair-loss", "does it work here for hair", "does it help women with thin hair"),
            ("fda-registered", "is it FDA approved", "the lab is FDA registered, so is it approved"),
        ],
    )
    def test_of_those_on_file_the_special_ones_need_their_case_named(self, id: str, general: str, special: str) -> None:
        assert [shipped().gaps[id].meant_by(text) for text in (general, special)] == [False, True]

    def test_a_fact_that_says_the_same_is_shown_in_its_place(self) -> None:
        records = fact("other"), fact("known"), gap("missing", said_by=["known"])
        section = gathered("side_effects", *records, likeness={"known": 0.3, "other": 0.6, "missing": 0.6 - AT.nearly + 0.01})
        assert (section.gap, section.gap_told, section.choice.shown[0].id) == (records[2], False, "known")

    @pytest.mark.parametrize("before", ["missing", "known"])
    def test_what_was_said_before_is_not_said_again(self, before: str) -> None:
        records = fact("known"), fact("other"), gap("missing", said_by=["known"])
        section = gathered("side_effects", *records, likeness={"known": 0.3, "other": 0.5, "missing": 0.9}, told=[before])
        assert (section.gap, section.choice.shown[0].id) == (None, "other")

    def test_where_all_was_said_before_it_counts_as_answered(self) -> None:
        section = gathered("side_effects", fact("known"), told=["known"])
        assert (section.told, section.unanswered, told(section)) == (True, False, [])

    def test_without_any_fact_it_is_unanswered(self) -> None:
        section = gathered("side_effects", gap())
        assert (section.gap, section.unanswered) == (gap(), True)


@pytest.mark.parametrize(("alone", "missing", "count"), [(True, 0.1, 3), (True, 0.8, 2), (False, 0.1, 2)])
def test_three_facts_fit_alone_and_two_beside_a_gap_or_another_topic(alone: bool, missing: float, count: int) -> None:
    facts = [fact(f"fact-{n}") for n in range(5)]
    likeness = {**{entry.id: 0.6 for entry in facts}, "gap-one": missing}
    section = gathered("side_effects", *facts, gap(), alone=alone, likeness=likeness)
    assert len(section.choice.shown) == count


class TestKnown:
    """What is known of a gap that was asked about stands before it and counts as an answer in part."""

    records = fact("known"), fact("other"), gap("missing", known=["known"])

    def test_it_stands_before_the_gap(self) -> None:
        section = gathered("side_effects", *self.records, likeness={"known": 0.1, "other": 0.2, "missing": 0.9})
        assert (told(section)[0], section.gap_told, section.gap_first, section.unanswered) == ("known", True, False, False)

    def test_a_gap_that_leads_stands_first_all_the_same(self) -> None:
        leading = gap("missing", known=["known"], leads=["side_effects"])
        section = gathered("side_effects", fact("known"), leading, likeness={"known": 0.1, "missing": 0.9})
        assert (told(section), section.gap_first, section.unanswered) == (["known"], True, False)

    def test_without_the_fact_the_question_stays_unanswered(self) -> None:
        section = gathered("side_effects", fact("other"), self.records[2], likeness={"other": 0.2, "missing": 0.9})
        assert (section.choice.shown, section.gap_first, section.unanswered) == ((), True, True)


def test_a_use_that_belongs_to_another_topic_narrows_nothing() -> None:
    scars = fact("scars", topics=["scar_wound_results"], scope={"use": ["scars"]})
    assert [told(gathered("scar_wound_results", scars, scope={"use": use})) for use in ("skin", "scars")] == [["scars"]] * 2


@pytest.mark.parametrize(("likeness", "order"), [(0.6, ["said", "study"]), (0.5, ["study", "said"])])
def test_a_saying_goes_before_a_study_only_where_it_is_much_nearer(likeness: float, order: list[str]) -> None:
    records = fact("said", evidence="expert_opinion"), fact("study", evidence="review")
    assert told(gathered("side_effects", *records, likeness={"said": likeness, "study": 0.4})) == order


@pytest.mark.parametrize("topic", AT_HOME)
def test_what_holds_at_home_does_not_go_before_what_answers_better(topic: str) -> None:
    facts = fact("here", topics=[topic], scope={"jurisdiction": ["US"]}), fact("general", topics=[topic])
    assert told(gathered(topic, *facts, likeness={"here": 0.5, "general": 0.8})) == ["general", "here"]
