"""Which facts are chosen, in which order, and how the choice is kept in balance."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answer.retrieve.rank import fit, order
from bot.answer.retrieve.select import Choice, choose, disagree
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.facts.schema import Fact
from bot.vocabulary import EVIDENCE
from tests.builders import catalogue_of, cites, fact, gap, snapshot_of

GENERAL: dict[str, str] = {}


def chosen(*facts: Fact, elsewhere: tuple[Fact, ...] = (), scope: dict[str, str] = GENERAL, **options: Any) -> tuple[list, list]:
    """The ids shown and those kept for "more", out of `facts`; `elsewhere` holds the rest of the store."""
    snapshot = snapshot_of(catalogue_of(*facts, *elsewhere))
    choice = choose(facts, snapshot=snapshot, scope=scope, **{"relevance": {}, **options})
    return [fact.id for fact in choice.shown], [fact.id for fact in choice.rest]


class TestFit:
    """How a fact's scope meets the question's: 2 names it, 1 is general, 0 is about something else."""

    @pytest.mark.parametrize(
        ("limits", "scope", "expected"),
        [
            ({}, {}, 1),
            ({"route": ["laser"]}, {}, 1),
            ({}, {"route": "laser"}, 1),
            ({"route": ["laser", "topical"]}, {"route": "laser"}, 2),
            ({"route": ["topical"]}, {"route": "laser"}, 0),
            ({"route": ["laser"], "use": ["hair"]}, {"route": "laser", "use": "skin"}, 0),
            ({"use": ["hair"]}, {"route": "laser", "use": "hair"}, 2),
            ({"jurisdiction": ["EU"]}, {"jurisdiction": "DE"}, 2),
            ({"jurisdiction": ["EU"]}, {"jurisdiction": "GB"}, 0),
            ({"jurisdiction": ["EU"]}, {"jurisdiction": "EU"}, 2),
            ({"jurisdiction": ["DE"]}, {"jurisdiction": "EU"}, 0),
        ],
    )
    def test_of_facts_and_gaps(self, limits: dict, scope: dict[str, str], expected: int) -> None:
        assert (fit(fact(scope=limits), scope), fit(gap(scope=limits), scope)) == (expected, expected)


class TestOrder:
    """Scope first, then likeness, then strength of evidence, then date, then id."""

    def ordered(self, *facts: Fact, relevance: dict[str, float] | None = None, scope: dict[str, str] = GENERAL) -> list[str]:
        return [fact.id for fact in order(facts, scope=scope, relevance=relevance or {})]

    def test_scope_comes_before_likeness(self) -> None:
        facts = fact("aaa"), fact("bbb", scope={"route": ["laser"]}), fact("ccc", scope={"route": ["topical"]})
        assert self.ordered(*facts, relevance={"aaa": 0.8, "bbb": 0.1, "ccc": 1.0}, scope={"route": "laser"}) == [
            "bbb",
            "aaa",
            "ccc",
        ]

    def test_likeness_comes_before_evidence(self) -> None:
        facts = fact("aaa", evidence="regulation"), fact("bbb", evidence="press_report")
        assert self.ordered(*facts, relevance={"aaa": 0.3, "bbb": 0.6}) == ["bbb", "aaa"]

    def test_stronger_evidence_comes_first_where_likeness_is_about_the_same(self) -> None:
        ids = {name: name.replace("_", "-") for name in EVIDENCE}
        facts = [fact(id, evidence=name) for name, id in reversed(list(ids.items()))]
        likeness = {id: 0.505 if name == "press_report" else 0.50 for name, id in ids.items()}
        assert self.ordered(*facts, relevance=likeness) == list(ids.values())

    def test_newer_comes_before_older_and_an_id_settles_the_rest(self) -> None:
        facts = (
            fact("bbb", as_of="2024"),
            fact("aaa", as_of="2024-01-01"),
            fact("ccc", as_of="2024-02"),
            fact("ddd", as_of="2023-12-31"),
        )
        assert self.ordered(*facts) == ["ccc", "aaa", "bbb", "ddd"]

    def test_a_leading_fact_is_moved_up(self) -> None:
        assert self.ordered(fact("aaa"), fact("bbb", lead=True), relevance={"aaa": 0.5, "bbb": 0.5}) == ["bbb", "aaa"]


class TestHowMany:
    """About as many as usual, never more than the limit, and only what belongs to the question."""

    def test_three_are_usual_and_the_rest_is_kept_in_order(self) -> None:
        assert chosen(*(fact(f"fact-{n}") for n in range(6))) == (["fact-0", "fact-1", "fact-2"], ["fact-3", "fact-4", "fact-5"])

    def test_no_facts_give_an_empty_choice(self) -> None:
        assert chosen() == ([], [])

    def test_facts_of_another_scope_are_left_out_where_some_fit(self) -> None:
        facts = fact("aaa", scope={"use": ["hair"]}), fact("bbb", scope={"use": ["skin"]}), fact("ccc")
        assert chosen(*facts, scope={"use": "hair"}) == (["aaa", "ccc"], [])

    def test_where_none_fits_all_are_shown(self) -> None:
        assert chosen(fact("aaa", scope={"use": ["skin"]}), scope={"use": "hair"}) == (["aaa"], [])

    def test_a_second_is_shown_only_if_it_is_about_as_much_like_the_question(self) -> None:
        facts = fact("aaa"), fact("bbb")
        assert chosen(*facts, relevance={"aaa": 0.8, "bbb": 0.8 - AT.second_fact - 0.01}) == (["aaa"], ["bbb"])
        assert chosen(*facts, relevance={"aaa": 0.8, "bbb": 0.8 - AT.second_fact + 0.01}) == (["aaa", "bbb"], [])

    def test_a_third_only_if_it_is_nearly_as_much_like_the_question(self) -> None:
        facts = [fact(id) for id in ("aaa", "bbb", "ccc", "ddd")]
        near = {"aaa": 0.8, "bbb": 0.2, "ccc": 0.8 - AT.third_fact - 0.01, "ddd": 0.1}
        assert chosen(*facts, relevance=near) == (["aaa", "ccc"], ["bbb", "ddd"])
        near["ccc"] = 0.8 - AT.third_fact + 0.01
        near["bbb"] = 0.8
        assert chosen(*facts, relevance=near) == (["aaa", "bbb", "ccc"], ["ddd"])

    def test_one_that_is_word_for_word_what_was_asked_leaves_no_more_of_the_others_out(self) -> None:
        facts = fact("aaa"), fact("bbb"), fact("yes", contradicts=["nay"]), fact("nay", contradicts=["yes"])
        near = {"aaa": 1.0, "yes": AT.as_asked - AT.pair + 0.01, "bbb": AT.as_asked - AT.third_fact + 0.01}
        assert chosen(*facts, relevance=near)[0] == ["aaa", "yes", "nay"]
        assert chosen(*facts, relevance={**near, "yes": 0.0})[0] == ["aaa", "bbb"]

    @pytest.mark.parametrize("part", ["source", "one of two sources"])
    def test_a_fact_whose_source_is_not_on_file_is_never_chosen(self, part: str) -> None:
        gone = fact("aaa", citations=cites("gone") if part == "source" else cites("paper", "gone"))
        assert chosen(gone, fact("bbb")) == (["bbb"], [])


class TestSuperseded:
    """A fact that another one on file replaces is no longer shown."""

    def test_the_successor_stands_in_for_it(self) -> None:
        assert chosen(fact("new", supersedes=["old"]), fact("old")) == (["new"], [])

    def test_also_when_the_successor_has_another_topic(self) -> None:
        assert chosen(fact("old"), elsewhere=(fact("new", topics=["cost"], supersedes=["old"]),)) == ([], [])

    def test_not_when_the_successor_cannot_be_shown(self) -> None:
        assert chosen(fact("new", supersedes=["old"], citations=cites("gone")), fact("old")) == (["old"], [])

    def test_it_is_no_counterweight_either(self) -> None:
        old, new = fact("old", stance="against"), fact("new", topics=["cost"], supersedes=["old"])
        assert chosen(fact("good", stance="for"), old, elsewhere=(new,)) == ([], ["good"])


class TestBalance:
    """A fact in favour comes with one on limits, risks or the legal bar, or not at all."""

    def test_one_of_the_same_topic_is_put_beside_it(self) -> None:
        facts = [fact(f"good-{n}", stance="for", evidence="regulation") for n in range(4)]
        assert chosen(*facts, fact("bad", stance="against", evidence="press_report")) == (
            ["good-0", "good-1", "bad"],
            ["good-2", "good-3"],
        )

    def test_one_of_another_topic_is_put_beside_it(self) -> None:
        far = fact("aaa", stance="against", topics=["brands"]), fact("bbb", stance="against", topics=["approval_status"])
        assert chosen(fact("good", stance="for"), elsewhere=far) == (["good", "bbb"], [])

    def test_nothing_in_favour_is_shown_without_one(self) -> None:
        assert chosen(fact("good", stance="for"), fact("plain")) == (["plain"], ["good"])

    def test_a_counterweight_on_something_else_does_not_count(self) -> None:
        facts = fact("good", stance="for", scope={"use": ["hair"]}), fact("bad", stance="against", scope={"use": ["skin"]})
        assert chosen(*facts, scope={"use": "hair"}) == ([], ["good"])

    def test_neutral_facts_need_none(self) -> None:
        assert chosen(fact("plain"), fact("bad", stance="against"), usual=1) == (["bad"], ["plain"])
        assert chosen(fact("plain"), elsewhere=(fact("bad", stance="against"),)) == (["plain"], [])

    def test_it_takes_no_more_room_than_the_limit(self) -> None:
        facts = [fact(f"good-{n}", stance="for", evidence="regulation") for n in range(3)]
        bad = fact("bad", stance="against")
        assert chosen(*facts, bad, usual=2, limit=2) == (["good-0", "bad"], ["good-1", "good-2"])


class TestDisagreement:
    """Both sides are shown, or neither."""

    yes = fact("yes", contradicts=["nay"])
    nay = fact("nay", contradicts=["yes"], topics=["cost"])

    def choice(self, *facts: Fact, snapshot: Snapshot, limit: int = 4) -> Choice:
        return choose(facts, snapshot=snapshot, scope={}, relevance={}, limit=limit)

    def test_the_other_side_is_fetched_from_another_topic(self) -> None:
        choice = self.choice(self.yes, snapshot=snapshot_of(catalogue_of(self.yes, self.nay)))
        assert ([fact.id for fact in choice.shown], disagree(choice.shown)) == (["yes", "nay"], True)

    @pytest.mark.parametrize("other", [(), (fact("nay", contradicts=["yes"], citations=cites("gone")),)])
    def test_neither_is_shown_when_the_other_side_cannot_be(self, other: tuple[Fact, ...]) -> None:
        plain = fact("plain")
        choice = self.choice(self.yes, plain, snapshot=snapshot_of(catalogue_of(self.yes, plain, *other)))
        assert ([fact.id for fact in choice.shown], disagree(choice.shown)) == (["plain"], False)

    def test_a_chain_of_disagreements_is_shown_whole_or_not_at_all(self) -> None:
        chain = fact("aaa", contradicts=["bbb"]), fact("bbb", contradicts=["aaa", "ccc"]), fact("ccc", contradicts=["bbb"])
        snapshot = snapshot_of(catalogue_of(*chain))
        assert [fact.id for fact in self.choice(*chain, snapshot=snapshot).shown] == ["aaa", "bbb", "ccc"]
        assert self.choice(*chain, snapshot=snapshot, limit=2) == Choice((), chain)

    def test_what_does_not_fit_among_four_is_kept_for_later(self) -> None:
        chain = fact("xxx", contradicts=["yyy"]), fact("yyy", contradicts=["xxx", "zzz"]), fact("zzz", contradicts=["yyy"])
        assert chosen(fact("aaa"), fact("bbb"), *chain, fact("zzzz")) == (["aaa", "bbb", "zzzz"], ["xxx", "yyy", "zzz"])

    def test_a_side_in_favour_still_needs_a_counterweight(self) -> None:
        good = fact("good", stance="for", contradicts=["nay"])
        nay, bad = fact("nay", contradicts=["good"]), fact("bad", stance="against", topics=["serious_harms"])
        assert chosen(good, elsewhere=(nay,)) == ([], ["good"])
        assert chosen(good, elsewhere=(nay, bad)) == (["good", "nay", "bad"], [])

    def test_a_disagreement_is_shown_only_if_it_is_near_the_question(self) -> None:
        facts = fact("aaa"), fact("yes", contradicts=["nay"]), fact("nay", contradicts=["yes"])
        assert chosen(*facts, relevance={"aaa": 0.8, "yes": 0.8 - AT.pair - 0.01})[0] == ["aaa"]
        assert chosen(*facts, relevance={"aaa": 0.8, "yes": 0.8 - AT.pair + 0.01})[0] == ["aaa", "yes", "nay"]


class TestFollowing:
    """A limit or a detail of a study is shown with or after its result, and never before it."""

    result = fact("result")
    limit = fact("limit", follows=["result"])

    def test_the_result_comes_first_even_if_the_limit_was_asked_for(self) -> None:
        assert chosen(self.limit, self.result, relevance={"limit": 0.9, "result": 0.1}) == (["result", "limit"], [])

    def test_the_result_is_fetched_from_another_topic(self) -> None:
        assert chosen(self.limit, elsewhere=(fact("result", topics=["cost"]),)) == (["result", "limit"], [])

    @pytest.mark.parametrize(
        "elsewhere", [(), (fact("result", citations=cites("gone")),), (fact("result"), fact("new", supersedes=["result"]))]
    )
    def test_without_a_result_that_can_be_shown_the_limit_is_left_out(self, elsewhere: tuple[Fact, ...]) -> None:
        assert chosen(self.limit, fact("plain"), elsewhere=elsewhere) == (["plain"], [])

    def test_after_a_result_that_was_read_before_it_stands_alone(self) -> None:
        assert chosen(self.limit, self.result, told=["result"]) == (["limit"], [])

    def test_any_one_of_several_results_will_do(self) -> None:
        either = fact("limit", follows=["gone", "result", "other"])
        assert chosen(either, self.result, fact("other"), relevance={"limit": 0.9, "other": 0.8, "result": 0.1})[0] == [
            "other",
            "limit",
        ]

    def test_a_result_in_favour_brings_its_own_limit_before_any_other(self) -> None:
        good, limit = fact("good", stance="for"), fact("limit", stance="against", follows=["good"])
        assert chosen(good, fact("aaa", stance="against", lead=True), limit, usual=1, relevance={"good": 0.9})[0] == [
            "good",
            "limit",
        ]

    def test_a_limit_is_no_counterweight_to_another_study(self) -> None:
        good, limit = fact("good", stance="for"), fact("limit", stance="against", follows=["unseen"])
        assert chosen(good, limit, fact("unseen", topics=["cost"]), usual=1, relevance={"good": 0.9})[0] == ["unseen"]

    def test_a_circle_is_left_out(self) -> None:
        assert chosen(fact("aaa", follows=["bbb"]), fact("bbb", follows=["aaa"]), fact("ccc")) == (["ccc"], [])


def test_a_leading_fact_leads_on_its_first_topic_and_on_law_as_a_whole() -> None:
    def first(topic: str, topics: list[str]) -> str:
        facts = fact("aaa"), fact("bbb", lead=True, topics=topics)
        return chosen(*facts, topic=topic, relevance={"aaa": 0.5 + AT.lead / 2, "bbb": 0.5})[0][0]

    assert first("cost", ["cost", "brands"]) == "bbb"
    assert first("brands", ["cost", "brands"]) == "aaa"
    assert first("regulation", ["approval_status", "regulation"]) == "bbb"
    assert first("enforcement", ["approval_status", "regulation"]) == "aaa"
