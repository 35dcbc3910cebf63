"""What one topic contributes: facts of the place asked, and a gap that counts as unanswered only where no fact is near."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from bot.answer.gather import AT_HOME, CLEARLY, NEAR, PLACE_TOPICS, Section, gather
from bot.answer.snapshot import Snapshot
from bot.facts.schema import Fact, Gap
from bot.facts.store import searchable
from bot.vocabulary import LAW_TOPICS
from tests.builders import catalogue_of, fact, gap, snapshot_of

GENERAL: Mapping[str, str] = {}
QUESTION = np.array([1.0, 0.0], dtype=np.float32)


def gathered(
    topic: str,
    *records: Fact | Gap,
    scope: Mapping[str, str] = GENERAL,
    alone: bool = True,
    likeness: Mapping[str, float] | None = None,
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
    return gather(topic, snapshot=whole, scope=scope, vector=QUESTION if likeness else None, home="US", alone=alone)


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


class TestGap:
    """A gap is told where it is what was asked, and counts as unanswered where no fact is near."""

    @pytest.mark.parametrize(
        ("near", "missing", "kept", "unanswered"),
        [
            (0.30, 0.40, False, False),  # the gap is not what was asked
            (0.60, 0.50, False, False),  # a fact is nearer
            (0.60, 0.90, True, False),  # both: the fact is near enough to answer
            (NEAR + 0.01, 0.90, True, False),
            (NEAR - 0.01, NEAR - 0.01 + CLEARLY + 0.01, True, True),
            (NEAR - 0.01, NEAR - 0.01 + CLEARLY - 0.01, True, False),
        ],
    )
    def test_by_likeness(self, near: float, missing: float, kept: bool, unanswered: bool) -> None:
        records = fact("known"), gap("missing")
        section = gathered("side_effects", *records, likeness={"known": near, "missing": missing})
        assert (bool(section.gap), section.unanswered, told(section)) == (kept, unanswered, ["known"])

    def test_without_any_fact_it_is_unanswered(self) -> None:
        section = gathered("side_effects", gap())
        assert (section.gap, section.unanswered) == (gap(), True)


@pytest.mark.parametrize(("alone", "missing", "count"), [(True, 0.1, 3), (True, 0.9, 2), (False, 0.1, 2)])
def test_three_facts_fit_alone_and_two_beside_a_gap_or_another_topic(alone: bool, missing: float, count: int) -> None:
    facts = [fact(f"fact-{n}") for n in range(5)]
    likeness = {**{entry.id: 0.6 for entry in facts}, "gap-one": missing}
    section = gathered("side_effects", *facts, gap(), alone=alone, likeness=likeness)
    assert len(section.choice.shown) == count
