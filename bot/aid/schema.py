"""What the decision guide's YAML (`data/aid`) looks like: steps, choices, options, values, checks, questions. Imports no Rasa.

A text that claims something names `facts` or `gaps` of `data/facts`; the checks are in `bot.aid.content`.
"""

from __future__ import annotations

from typing import Any, Literal, Optional

from pydantic import Field, root_validator

from bot.facts.schema import Record


class Sourced(Record):
    """Something said, and the facts and gaps on file that it restates."""

    facts: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


class Choice(Record):
    """One answer to choose; `words` are other ways to type it."""

    id: str
    label: str
    words: tuple[str, ...] = ()


class Line(Sourced):
    """A sentence."""

    text: str


class Point(Line):
    """One cell of the options table: two sentences. `country` is set where it tells the law of that country alone."""

    country: Optional[str] = None


class Use(Choice):
    """What the treatment is for: the problem in plain words, and the `options` beside exosomes."""

    problem: Point
    options: tuple[str, ...]


class Count(Record):
    """How many out of 100 people; where the source counts `seen` of other `people`, that is shown beside it."""

    label: str
    count: int = Field(ge=0, le=100)
    seen: Optional[int] = Field(None, ge=0)
    people: Optional[int] = Field(None, ge=1)

    @root_validator(skip_on_failure=True)
    def of_a_hundred(cls, values: dict[str, Any]) -> dict[str, Any]:
        """The count out of 100 is that of the source, rounded."""
        seen, people = values["seen"], values["people"]
        if (seen is None) != (people is None):
            raise ValueError("give both `seen` and `people`, or neither")
        if people is not None and values["count"] != round(100 * (seen or 0) / people):
            raise ValueError(f"{values['count']} of 100 is not {seen} of {people}")
        return values


class Numbers(Sourced):
    """A result counted in people, with and without a treatment, out of 100 each: `about` says what, `who` in whom.

    `side` is the row in which it stands.
    """

    side: Literal["gain", "harm"]
    about: str
    who: str
    with_: Count = Field(alias="with")
    without: Count


class Option(Record):
    """One option with its points by id, in the order of `points` in options.yml, and the results counted in people."""

    id: str
    name: str
    points: dict[str, Point]
    numbers: tuple[Numbers, ...] = ()


class ExosomesFor(Record):
    """What is on file on exosomes for one use; `found` by route, `other` for the routes that no trial tested."""

    known: Point
    unknown: Point
    found: dict[str, Point]


class Exosomes(Record):
    """The parts of the option that is asked about: what holds for all, by route, by use, and the law by country."""

    name: str
    all: dict[str, Point]
    law: dict[str, Point]
    routes: dict[str, dict[str, Point]]
    uses: dict[str, ExosomesFor]


class Label(Record):
    """A point's or a step's name."""

    id: str
    label: str = Field(alias="title")

    class Config:
        allow_population_by_field_name = True


class Ask(Record):
    """What one screen asks, and a line of help."""

    ask: str
    help: str = ""


class Value(Sourced):
    """A reason to rate, `for` or `against` exosomes."""

    id: str
    side: Literal["for", "against"]
    text: str


class Check(Sourced):
    """A question on what was read, its right answer and what is said after any answer."""

    id: str
    ask: str
    answer: str
    told: str


class SureItem(Record):
    """One question of the SURE test in its fixed wording; `help` is for who says no, `goto` the screen that helps."""

    id: str
    ask: str
    help: str
    goto: str


class ClinicianQuestion(Sourced):
    """A question for the clinician; without conditions it is always asked, else where one of them fits.

    `heard` names dangers in the person's own words (`bot.aid.dangers`).
    `only_in` and `not_in` name the countries in which it may be asked, and may not be.
    """

    id: str
    text: str
    use: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    told: bool = False
    heard: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()


class About(Sourced):
    """Who made the guide, who pays, when it was reviewed, how evidence was chosen, how it is kept up to date."""

    reviewed: str
    updated: str
    maker: str
    money: str
    evidence: str


class NumberWords(Record):
    """How results are put in words; `none` is said of exosomes where there are none, `missing` of what others may have.

    `how_many` is said on the page, behind harms that nobody counted.
    """

    gain: str
    harm: str
    none: str
    missing: str
    how_many: str
    intro: str
    counted: str
    unsure: str


class SureWords(Sourced):
    """What is said before and after the SURE test."""

    ask: str
    all: str
    some: str
    skipped: str
