"""Pieces of a text that are personal data, and how the pieces that several finders give are put together. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

GAP = 4  # characters, none of them a letter or digit, that may stand between neighbours

# First the kind that a reader would name when two finders claim the same piece.
KINDS = ("e-mail", "link", "user name", "number", "birth date", "phone", "address", "name")


class Span(NamedTuple):
    """A piece `text[start:end]`. One that is not `sure` counts only beside a sure one ("Quill Testwood, 555 0142")."""

    start: int
    end: int
    kind: str
    sure: bool = True


def _chains(spans: list[Span], text: str) -> Iterable[list[Span]]:
    """The spans in groups of neighbours: what overlaps, or has next to nothing in between."""
    chain: list[Span] = []
    reach = 0
    for span in spans:
        between = text[reach : span.start]
        if chain and (len(between) > GAP or any(c.isalnum() for c in between)):
            yield chain
            chain, reach = [], 0
        chain.append(span)
        reach = max(reach, span.end)
    if chain:
        yield chain


def _vouched(chain: list[Span]) -> list[Span]:
    """The spans of a group that a sure one vouches for. Two capitalised words beside a name prove nothing, so a name cannot."""
    named = any(span.sure for span in chain)
    data = any(span.sure and span.kind != "name" for span in chain)
    return [span for span in chain if span.sure or (data if span.kind == "name" else named)]


def settle(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans that stand, in order and apart. What overlaps becomes one piece, so that no rest of it is left over."""
    settled: list[Span] = []
    for span in (span for chain in _chains(sorted(spans), text) for span in _vouched(chain)):
        if settled and span.start < settled[-1].end:
            last = settled.pop()
            kind = min(last.kind, span.kind, key=KINDS.index)
            span = Span(last.start, max(last.end, span.end), kind)
        settled.append(span)
    return settled
