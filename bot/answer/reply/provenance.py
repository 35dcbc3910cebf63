"""What a person wants to know of where the last answer came from: how old it is, or who may gain by it. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer.reply import phrases, wording
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts.schema import Fact

AGE = re.compile(
    r"\b(how (old|new|recent|current|fresh|up[- ]to[- ]date)|when (was|were|is|did)|what (date|year|month)|which year"
    r"|(out ?dated|out of date|up[- ]to[- ]date|the dates?|still current))\b",
    re.IGNORECASE,
)
GAIN = re.compile(
    r"\b(who('s| is| was)? (paid|pays|paying|funded|funds|funding|sponsor\w*|financed|profits?|gains?|benefits?)"
    r"|fund(ed|ing)|sponsor\w*|paid for|conflicts? of interest|bias(ed)?|makes? money|profit\w*|stands? to gain)\b",
    re.IGNORECASE,
)


def first_lines(text: str, facts: Sequence[Fact], snapshot: Snapshot) -> list[str]:
    """What to say first to a question `text` on the sources of `facts`; empty where it asks neither for age nor for gain.

    Sources have the numbers that `wording.prepare` gives them: in order of appearance.
    """
    ids = list(dict.fromkeys(citation.source for fact in facts for citation in fact.citations))
    numbered = [(n, snapshot.sources[id]) for n, id in enumerate(ids, start=1)]
    lines = []
    if AGE.search(text):
        dates = dict.fromkeys(wording.when(fact, [snapshot.sources[c.source] for c in fact.citations]) for fact in facts)
        published = (f"[{n}] {wording.day(source.published) if source.published else 'no date'}" for n, source in numbered)
        lines += [phrases.FACTS_OF.format(dates="; ".join(dates)), phrases.SOURCES_OF.format(dates="; ".join(published))]
    if GAIN.search(text):
        lines += [phrases.MAY_GAIN]
        lines += [f"[{n}] {source.short}: {(source.interest or phrases.NO_GAIN).rstrip('.')}." for n, source in numbered]
    return lines
