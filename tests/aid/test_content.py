"""What the guide says is sourced, balanced and plain."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import median

import pytest
import yaml

from bot.aid import content, schema
from bot.aid.content import END, FOLDER, check, guide, read
from bot.aid.fixed import MISSING
from bot.aid.readability import grades, smog, texts
from bot.aid.reading import Move
from bot.aid.screens import screens
from bot.aid.table import table
from bot.errors import FactsError
from bot.facts.rules import MARKETING
from tests.aid.talk import Person, facts
from tests.builders import shipped

CASES = list(product([use.id for use in guide().uses], [route.id for route in guide().routes]))
POINTS = ("What it involves", "What it is like", "Legal status in {}", "How much is known", "What studies found",
          "Known harms", "What is not known")  # fmt: skip
NAMES = {"US": "the US", "GB": "the UK", "EU": "the EU", "DE": "Germany", "CA": "Canada", "AU": "Australia", "KR": "South Korea",
         "JP": "Japan", "MX": "Mexico", "XK": "XK"}  # fmt: skip
LAW = 2  # the place of that row
EQUAL = 1.4  # times as many words as the shortest option has
# Of `data/aid`, what is never shown: names, other ways to type an answer, conditions.
UNREAD = {"id", "words", "facts", "gaps", "options", "fillers", "side", "answer", "goto", "reviewed", "use", "route", "sure",
          "value", "country", "only_in", "not_in", "asks", "verdicts", "other_uses", "heard"}  # fmt: skip


def use(id: str) -> schema.Use:
    """The use of that id."""
    return next(one for one in guide().uses if one.id == id)


def test_the_shipped_guide_is_in_order() -> None:
    assert check(guide(), shipped()) == []


@pytest.mark.parametrize("country", NAMES)
@pytest.mark.parametrize(("id", "route"), CASES)
def test_every_option_has_the_same_points_in_the_same_order_and_detail(id: str, route: str, country: str) -> None:
    made = table(guide(), facts(), use=use(id), route=route, country=country)
    assert made.rows == tuple(point.format(NAMES[country]) for point in POINTS)
    assert {len(column.cells) for column in made.columns} == {len(POINTS)}
    assert {len(END.findall(cell.text)) for column in made.columns for cell in column.cells} == {2}
    assert all(cell.facts or cell.gaps for column in made.columns for cell in column.cells)
    assert made.columns[-1].name == "Waiting or doing nothing"
    lengths = [sum(len(cell.text.split()) for cell in column.cells) for column in made.columns]
    assert max(lengths) <= EQUAL * min(lengths)


def test_a_point_whose_fact_is_gone_says_so_and_keeps_its_place() -> None:
    whole = facts()
    less = replace(whole, facts={id: fact for id, fact in whole.facts.items() if id != "finasteride-psa"})
    made = table(guide(), less, use=use("hair"), route="injection", country="US")
    assert [cell.text == MISSING for cell in made.columns[2].cells] == [False] * 5 + [True, False]
    assert {len(column.cells) for column in made.columns} == {len(POINTS)}


def law(country: str, *, of: int = 0, use_for: str = "hair") -> tuple[str, set[str]]:
    """What the row on the law says of an option (0: exosomes), and the countries that its facts are on."""
    cell = table(guide(), facts(), use=use(use_for), route="injection", country=country).columns[of].cells[LAW]
    return cell.text, {place for id in cell.facts for place in facts().facts[id].scope.jurisdiction}


@pytest.mark.parametrize(
    ("country", "words", "places"),
    [
        ("US", "No exosome product had FDA approval", {"US"}),
        ("GB", "human exosomes are banned in cosmetics", {"GB"}),
        ("EU", "The EU bans", {"EU"}),
        ("DE", "The EU bans", {"EU"}),
        ("CA", "no exosome product is approved in Canada", {"CA"}),
        ("AU", "Australia bars ads", {"AU"}),
        ("KR", "In South Korea, ads", {"KR"}),
        ("JP", "Japan has approved no drug", {"JP"}),
    ],
)
def test_the_row_on_the_law_is_that_of_the_country_and_rests_on_facts_on_it(country: str, words: str, places: set[str]) -> None:
    text, found = law(country)
    assert words in text
    assert found == places
    assert ("is on file here" in text) is False


def test_every_country_with_facts_on_its_law_has_a_row() -> None:
    places = {place for fact in facts().of_topic("other_countries") for place in fact.scope.jurisdiction}
    assert places <= set(guide().exosomes.law)


def test_where_no_rule_is_on_file_it_says_so() -> None:
    assert law("MX")[0] == (
        "No exosome product had FDA approval up to late 2026, as far as we found. No rule on it in Mexico is on file here."
    )
    assert law("GB", of=1)[0] == "It is sold in the US to regrow hair on the scalp. No rule on it in the UK is on file here."
    assert law("GB", of=3)[0] == law("US", of=3)[0]


def test_there_are_as_many_reasons_for_as_against() -> None:
    sides = [value.side for value in guide().values]
    assert sides.count("for") == sides.count("against") == 4


def test_the_sure_questions_have_their_fixed_wording_and_order() -> None:
    assert [item.ask for item in guide().sure] == [
        "Do you feel SURE about the best choice for you?",
        "Do you know the benefits and risks of each option?",
        "Are you clear about which benefits and risks matter most to you?",
        "Do you have enough support and advice to make a choice?",
    ]


def test_the_texts_read_at_grade_seven_in_the_middle_and_eight_at_most() -> None:
    found = {place: smog(text) for place, text in texts(guide())}
    assert {place: grade for place, grade in found.items() if grade > 8 or grade <= 0} == {}
    assert median(found.values()) <= 7
    assert grades(guide()) == (median(found.values()), max(found.values()))


def written() -> list[str]:
    """Every text of `data/aid` that a person may read: what has a full stop or a label of its own."""
    found: list[str] = []

    def walk(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inside in value.items():
                walk(inside, str(name))
        elif isinstance(value, list):
            for inside in value:
                walk(inside, key if isinstance(inside, str) else "")
        elif isinstance(value, str) and key not in UNREAD:
            found.append(" ".join(value.split()))

    for path in FOLDER.glob("*.yml"):
        walk(yaml.safe_load(path.read_text()))
    return found


def test_each_text_is_among_those_that_are_graded() -> None:
    graded = " ".join(text for _, text in texts(guide()))
    missed = []
    for text in written():
        pieces = [piece.strip(' .:;"') for piece in re.split(r"\{\w+\}", text)]
        if not all(piece in graded for piece in pieces):
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize("country", ["US", "GB", "MX"])
@pytest.mark.parametrize(("id", "route"), CASES)
def test_each_screen_as_it_is_shown_reads_at_grade_eight_at_most(id: str, route: str, country: str) -> None:
    person, grades_of = Person(), {}
    for screen in screens(person.guide, person.state):
        person.state = replace(person.state, at=screen.id, country=country, answers={"use": id, "route": route})
        shown = person.does(Move("continue"))
        blocks = [block for block in shown.text.split("\n\n") if not block.startswith("Sources:")]
        lines = [re.sub(r"\[\d+\]|[●○]+", "", line).strip() for block in blocks for line in block.splitlines()]
        grades_of[screen.id] = smog(
            " ".join(line if line[-1:] in ".?!:" else f"{line}." for line in lines if line and line[0] != "[")
        )
    assert {at: grade for at, grade in grades_of.items() if grade > 8} == {}
    assert median(grades_of.values()) <= 7


def test_no_text_sells() -> None:
    assert {place: MARKETING.search(text) for place, text in texts(guide()) if MARKETING.search(text)} == {}


def test_who_made_it_who_pays_and_when_it_was_reviewed_is_said() -> None:
    about = guide().about
    assert all((about.maker, about.money, about.evidence, about.updated, about.reviewed))


def changed(folder: Path, file: str, **changes: object) -> Path:
    """A copy of the shipped folder with some keys of one file replaced."""
    for path in FOLDER.glob("*.yml"):
        (folder / path.name).write_text(path.read_text())
    whole = yaml.safe_load((FOLDER / file).read_text())
    (folder / file).write_text(yaml.safe_dump({**whole, **changes}, allow_unicode=True, sort_keys=False))
    return folder


def test_a_claim_without_a_source_or_with_an_unknown_one_is_refused(tmp_path: Path) -> None:
    values = [{"id": "aaa", "side": "for", "text": "One."}, {"id": "bbb", "side": "against", "text": "Two.", "facts": ["nowhere"]}]
    made = read(changed(tmp_path, "thinking.yml", values=values))
    assert [(one.record, one.what) for one in check(made, shipped())] == [
        ("values.aaa", "names neither a fact nor a gap"),
        ("values.bbb", "there is no fact 'nowhere'"),
    ]


def test_more_reasons_on_one_side_are_refused(tmp_path: Path) -> None:
    values = [{"id": "aaa", "side": "for", "text": "One.", "facts": ["about-who-pays"]}]
    found = check(read(changed(tmp_path, "thinking.yml", values=values)), shipped())
    assert [(one.record, one.what) for one in found] == [("values", "there must be as many reasons for as against")]


def test_an_option_with_a_point_too_few_or_a_longer_point_is_refused(tmp_path: Path) -> None:
    whole = yaml.safe_load((FOLDER / "options.yml").read_text())
    first, second = whole["others"][:2]
    first["points"].pop("harms")
    second["points"]["like"]["text"] = "It is good. It is easy. It is quick."
    found = check(read(changed(tmp_path, "options.yml", others=whole["others"])), shipped())
    assert [one.record for one in found] == ["minoxidil", "finasteride.like"]


def test_the_points_of_an_option_stand_in_the_order_of_the_list(tmp_path: Path) -> None:
    whole = yaml.safe_load((FOLDER / "options.yml").read_text())
    first = whole["others"][0]
    first["points"] = dict(reversed(first["points"].items()))
    found = check(read(changed(tmp_path, "options.yml", others=whole["others"])), shipped())
    ids = "involves, like, legal, known, found, harms, unknown"
    assert [(one.record, one.what) for one in found] == [("minoxidil", f"must have the points {ids}, in this order")]


@pytest.mark.parametrize("text", ["{", "about: 3"])
def test_a_file_of_the_wrong_form_is_named(tmp_path: Path, text: str) -> None:
    folder = changed(tmp_path, "guide.yml")
    (folder / "guide.yml").write_text(text)
    with pytest.raises(FactsError) as caught:
        content.read(folder)
    assert {problem.file for problem in caught.value.problems} == {str(folder / "guide.yml")}


NO_HARM = re.compile(r"no (grave )?harm|not on file|too few|not known", re.IGNORECASE)


@pytest.mark.parametrize("route", [route.id for route in guide().routes])
def test_each_route_of_exosomes_names_a_harm_that_was_seen(route: str) -> None:
    made = table(guide(), facts(), use=use("skin"), route=route, country="US")
    cell = made.columns[0].cells[POINTS.index("Known harms")]
    seen = [id for id in cell.facts if facts().facts[id].stance == "against" and "serious_harms" in facts().facts[id].topics]
    assert seen
    first = next(sentence for sentence in END.split(cell.text) if not NO_HARM.search(sentence))
    assert re.search(r"grave harm|lumps|sepsis", first)


def test_who_is_pregnant_reads_of_it_for_each_drug_and_for_exosomes() -> None:
    for id, drugs in (("hair", 2), ("skin", 1)):
        made = table(guide(), facts(), use=use(id), route="injection", country="US")
        told = [any("pregnan" in cell.text for cell in column.cells) for column in made.columns]
        assert told[: drugs + 1] == [True] * (drugs + 1)


def test_what_studies_found_names_the_people_the_weeks_and_the_comparison_of_each_trial() -> None:
    """Where the facts on file count them; days and years are told as such."""
    spans = {12: "12 weeks", 16: "16 weeks", 24: "24 weeks", 52: "one year"}
    missing: list[tuple[str, str, object]] = []
    for place, said in guide().sourced():
        if ".found." not in f"{place}.":
            continue
        text = getattr(said, "text", "").replace(",", "")
        for id in said.facts:
            studied = facts().facts[id].population
            if studied and studied.size and not re.search(rf"\b{studied.size}\b", text):
                missing.append((place, id, studied.size))
            if studied and studied.weeks and spans[studied.weeks] not in text:
                missing.append((place, id, spans[studied.weeks]))
            if studied and studied.comparison and not re.search(r"\b(with|than|and) ", text):
                missing.append((place, id, studied.comparison))
    assert missing == []


@pytest.mark.parametrize(
    ("id", "tested"), [("hair", "injection"), ("skin", "microneedling"), ("scars", "laser"), ("recovery", "laser")]
)
def test_who_does_not_know_the_route_is_not_told_that_no_trial_tests_it(id: str, tested: str) -> None:
    found = {
        route: table(guide(), facts(), use=use(id), route=route, country="US").columns[0].cells[POINTS.index("What studies found")]
        for route in ("", "unsure", tested, "infusion")
    }
    assert found[""] == found["unsure"] == found[tested]
    assert found["infusion"].text.startswith("No trial on file tests this way")
