"""How hard the guide is to read: the SMOG grade of each text, by textstat. Imports no Rasa.

SMOG counts words of three syllables or more in each sentence. It is made for whole texts, so a text here is what a person
reads in one place: an option with its seven points, the row on the law, the reasons to rate, the questions, what a step says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from statistics import median

import textstat

from bot.aid.content import Guide
from bot.aid.fixed import FIRST_NOTE, MISSING, NONE_HIGH, NOT_SAID, NOT_SURE, NOTE, PAGE_GONE, PAGE_HOW, PDF_SIGNS
from bot.aid.form import in_words as in_numbers
from bot.aid.form import over
from bot.aid.table import in_words, law_of, there

ELSEWHERE = "MX"  # a country of which no rule is on file


def texts(guide: Guide) -> Iterator[tuple[str, str]]:
    """Every text of the guide by its place."""
    yield from _options(guide)
    yield "reasons", _sentences(value.text for value in guide.values)
    yield "checks", _sentences(f"{check.ask} {check.told}" for check in guide.checks)
    yield "SURE questions", _sentences(item.ask for item in guide.sure)
    sure = guide.sure_words
    yield "SURE help", _sentences([sure.ask, sure.all, sure.some, sure.skipped, *(item.help for item in guide.sure)])
    yield "clinician questions", _sentences(question.text for question in guide.questions)
    yield "screens", _sentences(f"{one.ask} {one.help}" for one in guide.screens.values())
    yield "start", guide.words["start"]
    yield (
        "notes",
        _sentences([*(text for key, text in guide.words.items() if key != "start"), MISSING, NOT_SAID, NOT_SURE, NONE_HIGH]),
    )
    yield "about", _sentences([FIRST_NOTE, NOTE, guide.about.maker, guide.about.money, guide.about.evidence, guide.about.updated])
    yield "page", _sentences([*PAGE_GONE, PAGE_HOW, PDF_SIGNS])
    groups = (guide.uses, guide.routes, guide.stances, guide.know, guide.yes_no)
    yield "choices", _sentences(choice.label for group in groups for choice in group)
    names = [guide.exosomes.name, *(option.name for option in guide.others.values())]
    titles = [*(step.label for step in guide.steps), *(point.label.format(place="") for point in guide.points)]
    yield "headings", _sentences([*titles, *names])


def _options(guide: Guide) -> Iterator[tuple[str, str]]:
    for use in guide.uses:
        found = guide.exosomes.uses[use.id]
        for route in guide.routes:
            parts = {**guide.exosomes.all, **guide.exosomes.routes[route.id], "legal": law_of(guide, "US"), "known": found.known,
                     "unknown": found.unknown, "found": found.found.get(route.id, found.found["other"])}  # fmt: skip
            yield f"exosomes, {use.id}, {route.id}", " ".join(parts[point.id].text for point in guide.points)
        yield f"problem {use.id}", use.problem.text
    for option in guide.others.values():
        yield option.id, " ".join(option.points[point.id].text for point in guide.points)
    for country in (*guide.exosomes.law, ELSEWHERE):
        for use in guide.uses:
            beside = (there(guide, guide.others[id].points["legal"], country) for id in use.options)
            row = " ".join(point.text for point in (law_of(guide, country), *beside))
            yield f"law, {country}, {use.id}", row.format(place=in_words(country))
    told = []
    for option in guide.others.values():
        if option.numbers:
            told += [in_numbers(guide, option.numbers), *(over(guide, option.name, one) for one in option.numbers)]
    words = guide.numbers
    yield "numbers", _sentences([words.gain, words.harm, *told, words.none, words.missing, words.how_many, words.unsure])


def _sentences(parts: Iterable[str]) -> str:
    """`parts` one after the other, each with an end, so that a list of labels does not count as one long sentence."""
    return " ".join(part if part[-1:] in ".?!" else f"{part}." for part in map(str.strip, parts) if part)


@lru_cache(maxsize=400)
def smog(text: str) -> float:
    """The SMOG grade of a text of three sentences or more."""
    return float(textstat.smog_index(text))


def grades(guide: Guide) -> tuple[float, float]:
    """The median and the highest grade of all texts."""
    found = [smog(text) for _, text in texts(guide)]
    return median(found), max(found)
