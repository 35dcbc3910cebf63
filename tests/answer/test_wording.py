"""How chosen facts are put into words: numbers of sources, dates, caveats, notices, the source list."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from bot.answer.reply.contract import Button, Reply, ShownFact, ShownSource
from bot.answer.reply.payload import ask, more
from bot.answer.reply.wording import DISAGREE, LEAST, OVERDUE, Shown, day, ending, prepare, source_lines, statement_lines
from bot.facts.schema import Record
from tests.builders import TODAY, catalogue_of, caveat, cites, fact, gap, snapshot_of, source


def prepared(*records: Record, disagreement: bool = False, today: dt.date = TODAY) -> Shown:
    """What `prepare` makes of the facts among `records`, in their order."""
    snapshot = snapshot_of(catalogue_of(*records))
    return prepare(list(snapshot.facts.values()), snapshot=snapshot, disagreement=disagreement, today=today)


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024", "2024"),
        ("2024-01", "January 2024"),
        ("2024-12", "December 2024"),
        ("2024-10-04", "4 October 2024"),
        ("2024-02-29", "29 February 2024"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(iso: str, words: str) -> None:
    assert day(iso) == words


def test_a_fact_is_shown_with_its_kind_of_evidence_and_date() -> None:
    shown = prepared(fact(evidence="randomised_trial", as_of="2023-05", detail="More than this."))
    assert shown.facts == (
        ShownFact(
            id="fact-one", statement="This is what fact-one says.", evidence="randomised trial", as_of="2023-05", citations=(1,)
        ),
    )
    assert statement_lines(shown) == ["This is what fact-one says. [1] (randomised trial, May 2023)"]
    assert statement_lines(shown, details={"fact-one": "More than this."}) == [
        "This is what fact-one says. More than this. [1] (randomised trial, May 2023)"
    ]
    assert statement_lines(shown, ids=["another"]) == []


def test_sources_are_numbered_in_order_of_appearance_and_listed_once() -> None:
    papers = [source(id) for id in ("aaa", "bbb", "ccc")]
    shown = prepared(*papers, fact("one", citations=cites("ccc", "aaa", "ccc")), fact("two", citations=cites("aaa", "bbb")))
    assert [(entry.n, entry.id) for entry in shown.sources] == [(1, "ccc"), (2, "aaa"), (3, "bbb")]
    assert [entry.citations for entry in shown.facts] == [(1, 2), (2, 3)]
    assert [line.split(" (")[0] for line in statement_lines(shown)] == [
        "This is what one says. [1][2]",
        "This is what two says. [2][3]",
    ]


def test_the_numbers_of_sources_are_said_in_their_order() -> None:
    papers = [source(id) for id in ("aaa", "bbb")]
    shown = prepared(*papers, fact("one", citations=cites("aaa")), fact("two", citations=cites("bbb", "aaa")))
    assert statement_lines(shown)[1] == "This is what two says. [1][2] (review of studies, October 2024)"


class TestGrounds:
    """What a statement rests on: kind of evidence, people and weeks where it does not name them, date."""

    def grounds(self, *papers: Record, **changes: Any) -> str:
        return prepared(*papers, fact(**changes)).grounds["fact-one"]

    @pytest.mark.parametrize(
        ("statement", "population", "said"),
        [
            ("It got better.", {"who": "men", "size": 39, "weeks": 12}, ", 39 people, 12 weeks"),
            ("It got better in 39 men.", {"who": "men", "size": 39, "weeks": 12}, ", 12 weeks"),
            ("It got better in 39 men by 12 weeks.", {"who": "men", "size": 39, "weeks": 12}, ""),
            ("Eight women got lumps.", {"who": "women", "size": 8}, ""),
            ("The count rose by 139.", {"who": "men", "size": 39}, ", 39 people"),
            ("The count rose by 12.", {"who": "men", "weeks": 12}, ", 12 weeks"),
            ("A man got worse.", {"who": "one man", "size": 1}, ""),
            ("Cells grew.", {"who": "cells in a dish"}, ""),
        ],
    )
    def test_people_and_weeks_are_said_once(self, statement: str, population: dict[str, Any], said: str) -> None:
        assert self.grounds(statement=statement, population=population) == f"review of studies{said}, October 2024"

    @pytest.mark.parametrize(
        ("as_of", "said"),
        [
            ("2026-11", "as read in November 2026"),
            ("2020", "no date, 2020 or later"),
            ("2022-12", "no date, December 2022 or later"),
        ],
    )
    def test_of_a_source_without_a_date_it_says_what_the_date_means(self, as_of: str, said: str) -> None:
        undated = source("page", published=None, undated="none shown", retrieved="2026-11-21")
        assert self.grounds(undated, citations=cites("page"), as_of=as_of) == f"review of studies, {said}"

    def test_one_dated_source_is_enough(self) -> None:
        undated = source("page", published=None, undated="none shown")
        assert self.grounds(undated, citations=cites("page", "paper")) == "review of studies, October 2024"


SHOWN = {
    "n": 1,
    "id": "x",
    "title": "A title",
    "publisher": "Journal",
    "published": "2024-05",
    "url": None,
    "kind": "press",
    "interest": None,
}
LINES: list[tuple[dict[str, Any], str]] = [
    ({}, "[1] A title. Journal, May 2024. Press."),
    ({"published": None}, "[1] A title. Journal, no date. Press."),
    ({"interest": "Sells it."}, "[1] A title. Journal, May 2024. Press. May gain: Sells it."),
    ({"n": 12, "url": "https://a.org/b"}, "[12] A title. Journal, May 2024. Press. https://a.org/b"),
    ({"kind": "peer-reviewed trial", "interest": "Paid", "url": "https://a.org"},
     "[1] A title. Journal, May 2024. Peer-reviewed trial. May gain: Paid. https://a.org"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "line"), LINES)
def test_a_source_line_says_all_that_is_known(changes: dict[str, Any], line: str) -> None:
    assert source_lines([ShownSource(**{**SHOWN, **changes})]) == [line]


def test_a_source_is_shown_with_its_link_kind_and_interest() -> None:
    record = source("aaa", doi="10.1/x", kind="clinician", interest="Runs a clinic.", published=None, undated="none shown")
    assert prepared(record, fact(citations=cites("aaa"))).sources == (
        ShownSource(1, "aaa", "The title of aaa", "A journal", None, "https://doi.org/10.1/x", "clinician", "Runs a clinic."),
    )


class TestCaveats:
    """Each once, those of the first fact first, then by how many facts carry them; at most three."""

    notes = tuple(caveat(id) for id in ("aaa", "bbb", "ccc", "ddd"))

    def shown(self, *lists: list[str]) -> list[str]:
        facts = [fact(f"fact-{n}", caveats=listed) for n, listed in enumerate(lists)]
        return [text.split()[2] for text in prepared(*self.notes, *facts).caveats]

    def test_without_caveats_there_are_none(self) -> None:
        assert self.shown([], []) == []

    def test_each_is_said_once(self) -> None:
        assert self.shown(["aaa", "bbb"], ["bbb", "aaa"]) == ["aaa", "bbb"]

    def test_those_of_the_first_fact_are_never_crowded_out(self) -> None:
        assert self.shown(["aaa"], ["bbb", "ccc", "ddd"], ["bbb", "ccc", "ddd"]) == ["aaa", "bbb", "ccc"]

    def test_then_the_more_frequent_come_first(self) -> None:
        assert self.shown(["aaa"], ["bbb", "ccc", "ddd"], ["ddd"]) == ["aaa", "ddd", "bbb"]

    @pytest.mark.parametrize("general", LEAST)
    def test_what_the_reply_says_anyway_comes_last(self, general: str) -> None:
        note = caveat(general, text="The note general holds here.")
        made = prepared(*self.notes, note, fact("one", caveats=[general, "aaa"]), fact("two", caveats=[general, "bbb"]))
        assert [text.split()[2] for text in made.caveats] == ["aaa", "bbb", "general"]

    def test_a_caveat_that_is_not_on_file_is_left_out(self) -> None:
        assert self.shown(["gone", "bbb"]) == ["bbb"]


class TestNotice:
    """Says that sources disagree and that a fact is overdue for review."""

    @pytest.mark.parametrize(
        ("disagreement", "today", "notice"),
        [
            (False, "2027-11-21", None),
            (False, "2027-11-22", OVERDUE),
            (True, "2027-11-21", DISAGREE),
            (True, "2027-11-22", f"{DISAGREE} {OVERDUE}"),
        ],
    )
    def test_by_the_day_after_the_review_date(self, disagreement: bool, today: str, notice: str | None) -> None:
        facts = fact("aaa", review_by="2028-01-01"), fact("bbb", review_by="2027-11-21")
        assert prepared(*facts, disagreement=disagreement, today=dt.date.fromisoformat(today)).notice == notice

    @pytest.mark.parametrize(("today", "notice"), [("2027-05-21", None), ("2027-05-22", OVERDUE)])
    def test_also_of_a_gap_that_is_told(self, today: str, notice: str | None) -> None:
        day = dt.date.fromisoformat(today)
        made = prepare([], snapshot=snapshot_of(catalogue_of()), disagreement=False, today=day, gaps=[gap(review_by="2027-05-21")])
        assert made.notice == notice


def test_what_follows_the_statements_comes_in_paragraphs() -> None:
    shown = prepared(caveat(), caveat("more"), fact(caveats=["take-care", "more"]), disagreement=True)
    assert ending(shown) == [
        "Keep in mind: The note take-care holds here. The note more holds here.",
        f"Please note: {DISAGREE}",
        "Sources:\n[1] The title of paper. A journal, May 2024. Peer-reviewed review.",
    ]
    assert ending(prepared()) == []


def test_the_object_of_the_contract_is_plain_json() -> None:
    shown = prepared(fact())
    reply = Reply(
        "answer", "text", ("cost",), {"route": "laser"}, shown.facts, shown.sources, ("c",), None, (Button("b", "/more"),)
    )
    assert json.loads(json.dumps(reply.custom())) == reply.custom() == {
        "kind": "answer",
        "topics": ["cost"],
        "scope": {"route": "laser"},
        "facts": [
            {"id": "fact-one", "statement": "This is what fact-one says.", "evidence": "review of studies", "as_of": "2024-10",
             "citations": [1]}
        ],
        "sources": [
            {"n": 1, "id": "paper", "title": "The title of paper", "publisher": "A journal", "published": "2024-05", "url": None,
             "kind": "peer-reviewed review", "interest": None}
        ],
        "caveats": ["c"],
        "notice": None,
    }  # fmt: skip


def test_button_payloads_are_in_the_form_that_rasa_reads() -> None:
    assert (ask("cost"), ask("cost", {"use": "hair", "jurisdiction": "GB"}), more()) == (
        '/ask{"topic":"cost"}',
        '/ask{"jurisdiction":"GB","topic":"cost","use":"hair"}',
        "/more",
    )
