"""Two ways to give it, and which is safer: what is on file about the harm of each, one after the other. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.detect.cues import shows
from bot.answer.reply import again, phrases
from bot.answer.retrieve.gather import Section
from bot.answer.retrieve.rank import Fit, fit, order
from bot.answer.retrieve.snapshot import Snapshot

HARMS = ("serious_harms", "side_effects")
HEADINGS = {
    "topical": "Put on the skin:",
    "microneedling": "With needling:",
    "laser": "With a laser:",
    "injection": "As a shot:",
    "infusion": "As a drip:",
}
EACH = 3  # facts on each


def asks_which_is_safer(text: str) -> bool:
    """Whether `text` asks which of two is safer, and names nothing else to compare than ways to give it."""
    return shows("which_is_safer", text)


def of_each_route(routes: Sequence[str], *, snapshot: Snapshot, home: str) -> list[Section]:
    """For each of `routes` the facts on harm that name it, at most EACH of them; a section without facts says so."""
    sections: list[Section] = []
    told: set[str] = set()
    for route in routes:
        scope = {"route": route}
        found = {fact.id: fact for topic in HARMS for fact in snapshot.of_topic(topic) if fact.id not in told}
        near = [fact for fact in found.values() if fit(fact, scope) is Fit.NAMED and fit(fact, {"jurisdiction": home})]
        choice = again.in_order(order(near, scope=scope, relevance={}, topic=HARMS[0]), snapshot, scope, usual=EACH)
        told.update(fact.id for fact in choice.shown)
        unanswered = not choice.shown
        sections.append(
            Section("side_effects", choice, unanswered=unanswered, heading=HEADINGS[route], nothing=phrases.NOTHING_ON_ROUTE)
        )
    return sections
