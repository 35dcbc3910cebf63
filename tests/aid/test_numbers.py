"""Numbers in the guide: out of the same hundred, those of the source, and of a source that counts people."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from bot.aid import schema
from bot.aid.content import guide
from tests.aid.talk import Person, facts


def test_numbers_are_out_of_the_same_hundred_and_rest_on_counted_people() -> None:
    counted = [(option.id, one) for option in guide().others.values() for one in option.numbers]
    assert [(id, one.with_.count, one.without.count, one.facts) for id, one in counted] == [
        ("minoxidil", 13, 3, ("minoxidil-regrowth-counted",)),
        ("finasteride", round(100 * 36 / 945), round(100 * 20 / 934), ("finasteride-sexual-effects-counted",)),
        ("tretinoin", 68, 43, ("tretinoin-better-counted",)),
        ("tretinoin", 79, 48, ("tretinoin-better-counted-second",)),
    ]
    for _, one in counted:
        (fact,) = (facts().facts[id] for id in one.facts)
        assert fact.population
        assert all(f"{group.count} of 100" in fact.statement for group in (one.with_, one.without))
        assert all(f"{group.seen} of {group.people}" in fact.statement for group in (one.with_, one.without) if group.people)


@pytest.mark.parametrize("own", [{"seen": 36}, {"people": 945}, {"seen": 46, "people": 945}])
def test_a_count_out_of_a_hundred_that_is_not_that_of_the_source_is_refused(own: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="give both `seen` and `people`|4 of 100 is not 46 of 945"):
        schema.Count(label="with the pill", count=4, **own)


def test_no_share_of_people_is_out_of_anything_but_a_hundred() -> None:
    shares = {place: re.findall(r"[\d,]+ of [\d,]+", getattr(said, "text", "")) for place, said in guide().sourced()}
    assert {place: found for place, found in shares.items() if found} == {
        "minoxidil.found": ["13 of 100", "3 of 100"],
        "finasteride.harms": ["4 of 100", "2 of 100"],
        "tretinoin.found": ["68 of 100", "43 of 100", "79 of 100", "48 of 100"],
    }


def test_each_number_in_a_text_stands_in_a_fact_or_a_gap_that_it_names() -> None:
    loose = []
    for place, said in guide().sourced():
        found = [facts().facts[id] for id in said.facts]
        behind = " ".join([f"{fact.statement} {fact.detail} {fact.population}" for fact in found])
        text = f"{getattr(said, 'text', '')} {getattr(said, 'told', '')} {getattr(said, 'about', '')} {getattr(said, 'who', '')}"
        numbers = [number.replace(",", "") for number in re.findall(r"\d[\d,.]*\d|\d", text)]
        known = re.findall(r"\d[\d.]*\d|\d", re.sub(r"(?<=\d),(?=\d)", "", behind) + " ".join(fact.as_of for fact in found))
        loose += [(place, number) for number in numbers if number not in known]
    assert loose == []


def test_each_counted_result_has_icons_of_its_own_and_the_study_s_own_count_beside_it() -> None:
    shown = {}
    for use in ("hair", "skin", "scars"):
        person = Person()
        form = person.says(use, "shots", "skip", "skip", "skip").form or {}
        icons = [one for one in form["controls"] if one["kind"] == "icons"]
        shown[use] = [[(group["count"], group["of"], group["words"]) for group in one["groups"]] for one in icons]
        assert len({one["id"] for one in icons}) == len(icons)
        assert all(one["citations"] for one in icons)
        assert [bool(one["help"]) for one in icons] == [False] * (len(icons) - 1) + [True] * bool(icons)
    assert shown == {
        "hair": [
            [(13, 100, "13 of 100 with a weak form of the drug"), (3, 100, "3 of 100 with a dummy liquid")],
            [
                (4, 100, "4 of 100 with the pill (36 of 945 in the trials)"),
                (2, 100, "2 of 100 with a dummy pill (20 of 934 in the trials)"),
            ],
        ],
        "skin": [
            [(68, 100, "68 of 100 with the drug in the cream"), (43, 100, "43 of 100 with plain cream")],
            [(79, 100, "79 of 100 with the drug in the cream"), (48, 100, "48 of 100 with plain cream")],
        ],
        "scars": [],
    }
