"""A clinic's own folder of facts is laid over the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import FactsError, Problem
from bot.facts.catalogue import load
from bot.vocabulary import TOPICS
from tests.builders import TODAY, cites, fact_row, gap_row, snapshot_of, source_row, valid_rows, write


def test_it_replaces_and_adds_records(tmp_path: Path) -> None:
    base = write(tmp_path / "base", valid_rows())
    replaced = fact_row("fact-one", topics=list(TOPICS), statement="The clinic knows better.", citations=cites("own"))
    own = {"sources/own.yml": [source_row("own")], "facts/own.yml": [replaced, fact_row("fact-two")]}
    over = write(tmp_path / "over", own)
    found = load([base, over], today=TODAY)
    assert {id: (fact.statement, fact.citations[0].source) for id, fact in found.facts.items()} == {
        "fact-one": ("The clinic knows better.", "own"),
        "fact-two": ("This is what fact-two says.", "paper"),
    }
    assert list(found.sources) == ["paper", "own"]
    assert found.files["facts", "fact-one"] == str(over / "facts/own.yml")
    assert found.files["gaps", "gap-one"] == str(base / "gaps/gaps.yml")


def test_a_problem_in_it_names_its_file(tmp_path: Path) -> None:
    base = write(tmp_path / "base", valid_rows())
    over = write(tmp_path / "over", {"facts/own.yml": [fact_row("own", citations=cites("nowhere"))]})
    what = "there is no source 'nowhere'"
    with pytest.raises(FactsError) as caught:
        load([base, over], today=TODAY)
    assert caught.value.problems == (Problem(str(over / "facts/own.yml"), "own", "citations.0.source", what),)


LED = (
    "answers on 'cost' begin with the gap 'gap-one'; write `closes: [gap-one]` if this fact fills it, "
    "or `closes: []` if it does not"
)


def with_led_gap(folder: Path) -> Path:
    """A shipped folder where answers on cost begin with a gap."""
    rows = valid_rows()
    rows["gaps/gaps.yml"] = [gap_row("gap-one", topics=["cost"], leads=["cost"])]
    return write(folder, rows)


def test_its_fact_where_answers_begin_with_a_gap_must_say_whether_it_fills_it(tmp_path: Path) -> None:
    base = with_led_gap(tmp_path / "base")
    over = write(tmp_path / "over", {"facts/own.yml": [fact_row("our-price", topics=["cost"])]})
    with pytest.raises(FactsError) as caught:
        load([base, over], today=TODAY)
    assert caught.value.problems == (Problem(str(over / "facts/own.yml"), "our-price", "closes", LED),)


@pytest.mark.parametrize(("closes", "left"), [(["gap-one"], []), ([], ["gap-one"])])
def test_a_gap_that_its_fact_fills_is_not_shown(tmp_path: Path, closes: list[str], left: list[str]) -> None:
    base = with_led_gap(tmp_path / "base")
    over = write(tmp_path / "over", {"facts/own.yml": [fact_row("our-price", topics=["cost"], closes=closes)]})
    found = snapshot_of(load([base, over], today=TODAY))
    assert [gap.id for gap in found.gaps_of("cost")] == left


def test_a_fact_closes_only_gaps_that_are_on_file(tmp_path: Path) -> None:
    base = with_led_gap(tmp_path / "base")
    over = write(tmp_path / "over", {"facts/own.yml": [fact_row("our-price", topics=["cost"], closes=["nowhere"])]})
    with pytest.raises(FactsError) as caught:
        load([base, over], today=TODAY)
    assert caught.value.problems == (Problem(str(over / "facts/own.yml"), "our-price", "closes", "there is no gap 'nowhere'"),)
