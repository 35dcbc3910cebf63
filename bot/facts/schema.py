"""What a source, a fact, a gap, a topic and a caveat look like in YAML. Imports no Rasa.

Dates are ISO strings of a year, a month or a day (`2024`, `2024-10`, `2024-10-24`), as the answer contract shows them.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Literal, Optional

from pydantic import BaseModel, Extra, Field, validator

from bot.vocabulary import CONDITIONS, EVIDENCE, SCOPE_VALUES, SOURCE_KINDS, STANCES, TOPICS

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{2,79}$"
ISO_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
WEB_ADDRESS = re.compile(r"^https?://[\w.-]+(:\d+)?([/?#][^\s<>\"'`\\]*)?$", re.IGNORECASE)
JURISDICTION = re.compile(r"^([A-Z]{2})$")


def earliest_day(value: str) -> dt.date:
    """The first day that an ISO year, month or day can mean. Raises ValueError when there is no such day."""
    return dt.date.fromisoformat(value + "-01-01"[: 10 - len(value)] if len(value) < 10 else value)


def _iso(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    if not ISO_DATE.match(text):
        raise ValueError(f"'{text}' is not a date; write 2024, 2024-10 or 2024-10-24")
    earliest_day(text)
    return text


def _at_least(count: int, *fields: str) -> classmethod:
    def enough(value: tuple[object, ...]) -> tuple[object, ...]:
        if len(value) < count:
            raise ValueError(f"give at least {count}")
        return value

    return validator(*fields, allow_reuse=True)(enough)


def _filled(*fields: str) -> classmethod:
    def some_text(value: str) -> str:
        if not value:
            raise ValueError("must not be empty")
        return value

    return validator(*fields, allow_reuse=True)(some_text)


def _one_of(value: str, *, allowed: object, what: str) -> str:
    if value not in allowed:  # type: ignore[operator]
        raise ValueError(f"unknown {what} '{value}'")
    return value


def _known_condition(value: str) -> str:
    return _one_of(value, allowed=CONDITIONS, what="condition")


class Record(BaseModel):
    """Base of everything kept in `data/facts/`: unknown fields are refused, so that a typing error is seen."""

    class Config:
        extra = Extra.forbid
        frozen = True
        anystr_strip_whitespace = True


class Source(Record):
    """Where a fact comes from. `interest` is what the author or publisher stands to gain, None if nothing is stated."""

    id: str = Field(regex=ID_PATTERN)
    title: str
    short: str = Field(max_length=60, description="the label used inside a reply")
    authors: tuple[str, ...] = ()
    publisher: str
    kind: str
    published: Optional[str] = None
    undated: Optional[str] = Field(None, description="why there is no date; required when `published` is missing")
    retrieved: str
    url: Optional[str] = None
    doi: Optional[str] = None
    no_link: Optional[str] = Field(None, description="why there is no address; required when `url` and `doi` are missing")
    licence: str
    interest: Optional[str] = None
    read_as: Literal["full text", "abstract", "copy or summary", "own record"]

    _filled = _filled("title", "short", "publisher", "licence")
    _kind = validator("kind", allow_reuse=True)(lambda v: _one_of(v, allowed=SOURCE_KINDS, what="source kind"))
    _published = validator("published", "retrieved", pre=True, allow_reuse=True)(lambda v: v if v is None else _iso(v))

    @validator("url")
    def opens_a_page(cls, value: Optional[str]) -> Optional[str]:
        """It becomes a link on a clinic's page, so nothing that a browser would run or misread."""
        if value is not None and not WEB_ADDRESS.match(value):
            raise ValueError(f"'{value}' is not the address of a web page; write it like https://journal.example/article")
        return value

    @validator("no_link", always=True)
    def linked_or_explained(cls, value: Optional[str], values: dict) -> Optional[str]:
        """Whoever reads the source list can open each source, or is told why not."""
        if "url" not in values:  # a wrong address is said once
            return value
        if not value and not values["url"] and not values.get("doi"):
            raise ValueError("give `url` or `doi`, or say in `no_link` why there is neither")
        return value

    @validator("undated", always=True)
    def dated_or_explained(cls, value: Optional[str], values: dict) -> Optional[str]:
        if not value and not values.get("published"):
            raise ValueError("give `published`, or say in `undated` why there is no date")
        return value

    @property
    def link(self) -> Optional[str]:
        """The address to open: the url, else the DOI resolver's address, else None."""
        return self.url or (f"https://doi.org/{self.doi}" if self.doi else None)


class Scope(Record):
    """What a fact is limited to. An empty list means that the fact is not limited in that respect."""

    route: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()

    @validator("route", "use", "origin", each_item=True)
    def known_value(cls, value: str, field: object) -> str:
        name = field.name.rsplit("_", 1)[0]  # type: ignore[attr-defined]  # "use_0" for an item of `use`
        return _one_of(value, allowed=SCOPE_VALUES[name], what=name)

    @validator("jurisdiction", each_item=True)
    def country_code(cls, value: str) -> str:
        if not JURISDICTION.match(value):
            raise ValueError(f"'{value}' is not a two-letter country code or EU")
        return value


class Citation(Record):
    """A source and the place in it (`locator`: a section, a table, a sentence)."""

    source: str
    locator: str

    _filled = _filled("locator")


class Population(Record):
    """Who was studied: `size` people, followed for `weeks`, against `comparison`."""

    who: str
    size: Optional[int] = Field(None, ge=1)
    weeks: Optional[int] = Field(None, ge=1)
    comparison: Optional[str] = None


class Fact(Record):
    """One plain statement with all that is needed to judge it.

    `stance` is about treatment with exosomes: `for` speaks in favour, `against` states a limit, a risk or a legal bar,
    `neutral` does neither. `questions` are typical questions that this fact answers; they serve the search by meaning.
    `closes` names gaps that are none where this fact is on file, such as the price that a clinic tells: they are not shown.
    `follows` names facts of the same study, or the same event, of which this one tells a limit or a detail: it is shown
    only with or after one of them. `conditions` are the states of health that it is about; empty means any or none.
    """

    id: str = Field(regex=ID_PATTERN)
    topics: tuple[str, ...]
    statement: str
    detail: Optional[str] = None
    scope: Scope = Scope()
    stance: str
    evidence: str
    population: Optional[Population] = None
    as_of: str
    review_by: dt.date
    citations: tuple[Citation, ...]
    contradicts: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    closes: Optional[tuple[str, ...]] = None
    conditions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    questions: tuple[str, ...]
    lead: bool = False

    _filled = _filled("statement")
    _some = _at_least(1, "topics", "citations")
    _two = _at_least(2, "questions")
    _topics = validator("topics", each_item=True, allow_reuse=True)(lambda v: _one_of(v, allowed=TOPICS, what="topic"))
    _stance = validator("stance", allow_reuse=True)(lambda v: _one_of(v, allowed=STANCES, what="stance"))
    _evidence = validator("evidence", allow_reuse=True)(lambda v: _one_of(v, allowed=EVIDENCE, what="kind of evidence"))
    _conditions = validator("conditions", each_item=True, allow_reuse=True)(_known_condition)
    _as_of = validator("as_of", pre=True, allow_reuse=True)(_iso)


@cache  # more than `re` itself remembers: every reply looks at those of many gaps
def _beginning(starts: tuple[str, ...]) -> re.Pattern[str]:
    """Finds a word that begins with one of `starts`."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, starts))})", re.IGNORECASE)


class Gap(Record):
    """A question for which no evidence is on file: what is missing, and what to ask a clinician instead.

    `said_by` names the facts that say the same with a source: one of them is then shown in place of the statement.
    `conditions` are the states of health that the gap is about; empty means any or none. `only_if` lists how the words
    begin of which the question must hold one, for a gap on a case that is narrower than its topic ("registered"). A
    button that asks for the topic as a whole names no case. `leads` names those of its topics whose answers begin with
    it, whatever was asked about them, unless another gap is what was asked about. `known` names the facts that tell part
    of what the gap leaves open: where it is what was asked about they stand before it, so that it is not told alone.
    """

    id: str = Field(regex=ID_PATTERN)
    topics: tuple[str, ...]
    statement: str
    ask: tuple[str, ...]
    scope: Scope = Scope()
    checked: str
    review_by: dt.date
    questions: tuple[str, ...]
    said_by: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    _filled = _filled("statement")
    _some = _at_least(1, "topics", "ask")
    _two = _at_least(2, "questions")
    _topics = validator("topics", "leads", each_item=True, allow_reuse=True)(lambda v: _one_of(v, allowed=TOPICS, what="topic"))
    _conditions = validator("conditions", each_item=True, allow_reuse=True)(_known_condition)
    _checked = validator("checked", pre=True, allow_reuse=True)(_iso)

    def meant_by(self, question: str) -> bool:
        """Whether `question` names the case that the gap is about, where it is about one."""
        return not self.only_if or bool(_beginning(self.only_if).search(question))


class Topic(Record):
    """How a topic is named to people (`label` on a button, at most 60 characters) and what goes with it."""

    id: str
    label: str = Field(max_length=60)
    question: str
    related: tuple[str, ...] = ()
    ask: tuple[str, ...]
    subject: str = Field(description="the topic inside a sentence, as in 'about <subject>'")

    _some = _at_least(1, "ask")
    _id = validator("id", allow_reuse=True)(lambda v: _one_of(v, allowed=TOPICS, what="topic"))


class Caveat(Record):
    """A safety note that several facts share."""

    id: str = Field(regex=ID_PATTERN)
    text: str

    _filled = _filled("text")
