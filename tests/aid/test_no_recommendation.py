"""What no sequence of answers can bring about: a recommendation, a table that weighs more on one side, an answer not given."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.aid.before import Before
from bot.aid.content import END
from bot.aid.fixed import NOT_SAID
from bot.aid.flow import MOVES
from bot.aid.reading import Move, read
from bot.aid.screens import screen, screens
from bot.aid.state import State
from tests.aid.talk import Person
from tests.aid.test_content import EQUAL

VERDICT = re.compile(
    r"\b(recommend\w*|advise you|you should|you must|you'd better|(best|right|better) (option|choice) (is|for you is)|we suggest"
    r"|i suggest|go for|choose (exosomes|minoxidil|finasteride|tretinoin|needling|waiting)|suits you|your result is"
    r"|points? to (exosomes|waiting))\b",
    re.IGNORECASE,
)
OWN_WORDS = ("My decision", "What I think about", "What matters most to me", "Where I lean", "What is still open")
SCREENS = [one.id for one in screens(Person().guide, State())]
KINDS = {"radio", "rating", "text", "info", "table", "icons", "link"}


def answers() -> st.SearchStrategy[Move]:
    """Any move at all: sensible ones, ones for another screen, and values that make no sense."""
    guide = Person().guide
    values = st.one_of(
        st.sampled_from([one.id for group in (guide.uses, guide.routes, guide.stances, guide.know) for one in group]),
        st.text(max_size=20),
        st.dictionaries(st.sampled_from([value.id for value in guide.values]), st.integers(0, 5), min_size=1),
        st.dictionaries(st.text(max_size=3), st.integers(-9, 9), max_size=2),
        st.tuples(st.text(min_size=1, max_size=10), st.one_of(st.none(), st.integers(0, 5))),
        st.none(),
    )
    return st.builds(Move, st.sampled_from(MOVES), st.sampled_from([*SCREENS, "", "nowhere"]), values, st.booleans())


def fixed(person: Person) -> str:
    """What the last reply says, without the person's own words."""
    text = person.last.text
    own = [str(person.state.answers.get(id) or "") for id in ("told", "others", "decision", "lean", "open")]
    for words in sorted([*own, *(reason for reason, _ in person.state.own)], key=len, reverse=True):
        text = text.replace(words, "") if words.strip() else text
    return text


def typed() -> st.SearchStrategy[str]:
    """Anything a person may type: choices, numbers, commands, ratings, words, nonsense."""
    guide = Person().guide
    labels = [one.label for group in (guide.uses, guide.routes, guide.stances, guide.know) for one in group]
    said = ["yes", "no", "maybe", "skip", "back", "stop", "continue", "summary", "start over", "all 5", "the rest 0", "ok", "next",
            "change 3", "exosomes are best for me", "tell me what to do", *"12345678"]  # fmt: skip
    return st.one_of(st.sampled_from([*labels, *said]), st.text(max_size=30))


def columns(person: Person) -> int:
    """How many tables are on show. Fails where one option has other points than the next, longer ones, or none in a row."""
    tables = [one for one in (person.last.form or {}).get("controls", ()) if one["kind"] == "table"]
    for one in tables:
        points = [row for row in one["rows"] if not row["label"].endswith("in numbers")]
        assert len(points) == len(one["rows"]) - 2 == len(person.guide.points)
        assert one["columns"][-1] == "Waiting or doing nothing"
        assert {len(row["cells"]) for row in one["rows"]} == {len(one["columns"])}
        assert {len(END.findall(cell["text"])) for row in points for cell in row["cells"]} == {2}
        assert all(cell["text"] for row in one["rows"] for cell in row["cells"])
        lengths = [sum(len(row["cells"][place]["text"].split()) for row in points) for place in range(len(one["columns"]))]
        assert max(lengths) <= EQUAL * min(lengths)
        for row in one["rows"]:
            block = next(block for block in person.last.text.split("\n\n") if block.startswith(f"{row['label']}:\n"))
            assert re.findall(r"^- (.+?): ", block, re.MULTILINE) == one["columns"]
    return len(tables)


def fitting(person: Person) -> list[Move]:
    """The answers that fit the screen on show, and to leave it without one."""
    shown = screen(person.guide, person.state)
    on = Move("skip", shown.id)
    if shown.kind == "rating":
        for_it = {value.id: 5 for value in person.guide.values if value.side == "for"}
        against = {value.id: 5 for value in person.guide.values if value.side == "against"}
        none = {value.id: 0 for value in person.guide.values}
        rated = ({**none, **for_it}, {**none, **against}, {**for_it, **against}, none)
        return [*(Move("answer", shown.id, one, onward=True) for one in rated), on]
    if shown.id == "own":
        return [Move("answer", shown.id, ("my wedding", 5)), Move("answer", shown.id, ("my purse", None)), on]
    if shown.kind == "text":
        return [Move("answer", shown.id, "in words of one's own"), on]
    return [*(Move("answer", shown.id, choice.id) for choice in shown.choices), on]


def rated(how: int) -> list[int]:
    """Reasons rated all for, all against or all high, and then no word on where one leans."""
    return [0] * SCREENS.index("values") + [how] + [0] * (SCREENS.index("lean") - SCREENS.index("values") - 1) + [5, 0]


def told(person: Person) -> str:
    """The page, without what the person said."""
    return "\n".join(line for heading, lines in person.page().sections if heading not in OWN_WORDS for line in lines)


@settings(max_examples=80)
@given(st.lists(st.integers(0, 6), min_size=18, max_size=18), st.sampled_from(["US", "GB", "FR", "MX"]))
@example([0] * 18, "US")
@example([1] * 18, "US")
@example([2] * 18, "US")
@example(rated(0), "US")
@example(rated(1), "US")
@example(rated(2), "US")
def test_no_whole_way_through_yields_a_recommendation_or_an_unbalanced_table(picks: list[int], country: str) -> None:
    person = Person(country=country)
    tables = 0
    for pick in picks:
        person.does((moves := fitting(person))[pick % len(moves)])
        assert not VERDICT.search(fixed(person)), person.state.at
        tables += columns(person)
    assert person.state.at == "summary"
    assert tables == (1 if person.state.text("use") else 0)
    assert person.section("Where I lean") == (person.state.text("lean") or NOT_SAID,)
    assert person.section("My decision") == (person.state.text("decision") or NOT_SAID,)
    assert not VERDICT.search(told(person))


@settings(max_examples=60)
@given(st.lists(typed(), max_size=25), st.sampled_from(["US", "GB", "FR", "MX"]))
def test_nothing_that_is_typed_yields_a_recommendation_or_an_unbalanced_table(texts: list[str], country: str) -> None:
    person = Person(country=country)
    for text in texts:
        what = read(person.guide, person.state, text, before=Before(guide=True))
        if what is None:  # a question: answered elsewhere
            continue
        person.does(what)
        assert not VERDICT.search(fixed(person))
        columns(person)
    own = str(person.state.answers.get("lean") or "")
    assert person.section("Where I lean") == (own or NOT_SAID,)
    page = "\n".join(line for heading, lines in person.page().sections if heading not in OWN_WORDS for line in lines)
    assert not VERDICT.search(page)


@settings(max_examples=60)
@given(st.lists(answers(), max_size=20), st.sampled_from(["US", "GB", "MX"]))
def test_no_sequence_of_answers_yields_a_recommendation_or_an_unbalanced_table(moves: list[Move], country: str) -> None:
    person = Person(country=country)
    for what in moves:
        shown = person.does(what)
        assert shown.kind == "decision"
        assert shown.text.strip()
        assert not VERDICT.search(fixed(person))
        assert {one["kind"] for one in (shown.form or {}).get("controls", ())} <= KINDS
        columns(person)
        for one in (shown.form or {}).get("controls", ()):
            if one["kind"] == "rating":
                assert one["value"] == person.state.ratings.get(one["id"])
    assert person.section("Where I lean") == (str(person.state.answers.get("lean") or NOT_SAID),)


@settings(max_examples=40)
@given(st.lists(answers(), max_size=12))
def test_the_reasons_to_rate_have_no_default_and_the_lean_is_never_filled_in(moves: list[Move]) -> None:
    person = Person()
    for what in moves:
        if what.do == "answer" and what.at in ("values", "lean"):
            continue
        if what.do == "answer" and not what.at and person.state.at in ("values", "lean"):
            continue
        person.does(what)
    assert person.state.ratings == {}
    assert person.section("Where I lean") == (NOT_SAID,)
