"""The reply as data: what every channel and client receives. The field names are the answer contract. Imports no Rasa."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Optional

Kind = Literal[  # the kinds of `bot.vocabulary.KINDS`
    "answer", "no_evidence", "personal_advice", "emergency", "report_problem", "clarify", "decision",
    "handoff", "conversation", "out_of_scope", "error",
]  # fmt: skip


@dataclass(frozen=True)
class ShownFact:
    """A fact as shown: `citations` are the numbers of its sources in this reply."""

    id: str
    statement: str
    evidence: str
    as_of: str
    citations: tuple[int, ...]


@dataclass(frozen=True)
class ShownSource:
    """A source as shown under its number `n`; `interest` is what its author stands to gain, or None."""

    n: int
    id: str
    title: str
    publisher: str
    published: Optional[str]
    url: Optional[str]
    kind: str
    interest: Optional[str]


@dataclass(frozen=True)
class Button:
    """A choice offered with a reply; `payload` is honoured only in the conversation where it was offered."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One whole turn: the text, which is enough by itself, the structured part, and the buttons."""

    kind: Kind
    text: str
    topics: tuple[str, ...] = ()
    scope: dict[str, str] = field(default_factory=dict)
    facts: tuple[ShownFact, ...] = ()
    sources: tuple[ShownSource, ...] = ()
    caveats: tuple[str, ...] = ()
    notice: Optional[str] = None
    buttons: tuple[Button, ...] = ()
    form: Optional[dict[str, Any]] = None  # a step of the decision guide as controls, see docs/decision-guide.md

    def custom(self) -> dict[str, Any]:
        """The object that travels in the message's `custom` field."""
        whole = asdict(self)
        for name in ("text", "buttons", *([] if self.form else ["form"])):
            whole.pop(name)
        whole["facts"] = [{**fact, "citations": list(fact["citations"])} for fact in whole["facts"]]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in whole.items()}
