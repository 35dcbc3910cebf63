"""How hard the guide is to read: the SMOG grade of each text, by textstat. Imports no Rasa.

SMOG counts words of three syllables or more in each sentence. It is made for whole texts, so a text here is what a person
reads in one place: an option with its seven points, the reasons to rate, the questions, what a step says.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from statistics import median

import textstat

from bot.aid.content import Guide


def texts(guide: Guide) -> Iterator[tuple[str, str]]:
    """Every text of the guide by its place."""
    for use in guide.uses:
        for route in guide.routes:
            found = guide.exosomes.uses[use.id]
            parts = {**guide.exosomes.all, **guide.exosomes.routes[route.id], "known": found.known, "unknown": found.unknown,
                     "found": found.found.get(route.id, found.found["other"])}  # fmt: skip
            yield f"exosomes, {use.id}, {route.id}", " ".join(parts[point.id].text for point in guide.points)
        yield f"problem {use.id}", use.problem.text
    for option in guide.others.values():
        yield option.id, " ".join(option.points[point.id].text for point in guide.points)
    yield "reasons", " ".join(value.text for value in guide.values)
    yield "checks", " ".join(f"{check.ask} {check.told}" for check in guide.checks)
    yield "SURE questions", " ".join(item.ask for item in guide.sure)
    yield "SURE help", " ".join([guide.sure_words.ask, guide.sure_words.all, guide.sure_words.some, *(i.help for i in guide.sure)])
    yield "clinician questions", " ".join(question.text for question in guide.questions)
    yield "screens", " ".join(f"{one.ask} {one.help}" for one in guide.screens.values())
    yield (
        "start and end",
        " ".join(guide.words[key] for key in ("start", "back", "stopped", "changed", "unread", "hint")),
    )
    yield "about", " ".join([guide.about.maker, guide.about.money, guide.about.evidence, guide.about.updated])


@lru_cache(maxsize=200)
def smog(text: str) -> float:
    """The SMOG grade of a text of three sentences or more."""
    return float(textstat.smog_index(text))


def grades(guide: Guide) -> tuple[float, float]:
    """The median and the highest grade of all texts."""
    found = [smog(text) for _, text in texts(guide)]
    return median(found), max(found)
