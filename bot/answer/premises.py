"""What people take for granted and is wrong ("my own cells, so no risk"), and the facts that correct it. Imports no Rasa.

A message that asks ("are they natural?") is no premise; one that draws a conclusion from it ("natural, so safe") is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HARMLESS = (
    r"\b(no (\w+ )?(risks?|harm|danger|problem|side effects?)|nothing can|zero|safe|harmless|can'?t|cannot|could there be|never|"
    r"without (any )?risk|fine)\b"
)
CASES = r"\b(pregnan\w*|baby|nursing|breast ?feed\w*)\b"  # there is more to say on these than on the premise


@dataclass(frozen=True)
class Premise:
    """All of `said` must be in the message and `unless` must not; `facts` correct it, best first, on `topic`."""

    topic: str
    facts: tuple[str, ...]
    said: tuple[str, ...]
    unless: str = CASES
    law: bool = False  # holds in the US only

    def meant(self, text: str) -> bool:
        """Whether `text` takes it for granted."""
        found = all(re.search(pattern, text, re.IGNORECASE) for pattern in self.said)
        return found and not re.search(self.unless, text, re.IGNORECASE)


PREMISES = (
    Premise(
        topic="regulation",
        facts=("us-exempt-claim-untrue", "us-fda-regulates-exosomes"),
        said=(
            r"\b(fda|rules?|regulat\w+|drug law)\b",
            r"\b(no say|exempt|(don'?t|doesn'?t|do not|does not|can'?t) (cover|apply|regulate)"
            r"|nobody (needs|has) to|no business|"
            r"not (covered|regulated)|nothing to do with)\b",
        ),
        law=True,
    ),
    Premise(
        topic="approval_status",
        facts=("us-no-approval-found-2026", "us-licence-to-sell", "us-online-sale-not-approval"),
        said=(
            r"\b(clinic|doctor|provider|place|spa|lab)\b.*\b(is|are|has|have|'s)\b.{0,20}"
            r"\b(licen[cs]ed?|certified|accredited|insured)\b",
            r"\b(so|means|therefore|must be|then)\b.*\b(approved|cleared|legal)\b",
        ),
        law=True,
    ),
    Premise(
        topic="who_should_avoid",
        facts=("no-study-children", "nobody-studied-by-group"),
        said=(
            r"\b(minors?|kids?|child(ren)?|teen\w*|under ?18s?|son|daughter)\b",
            r"\b(tested on|(it'?s|is|are) (ok|okay|fine|safe|allowed)|permission)\b",
            r"\b(so|for|with|because|since)\b",
        ),
        unless=rf"{CASES}|\?\s*$|^(is|are|can|could|may|should|would|do|does|what|how)\b",
    ),
    Premise(
        topic="versus_stem_cells",
        facts=("misev-cannot-copy-themselves", "clinician-not-stem-cells", "misev-released-from-cells"),
        said=(r"\bexosomes?\b", r"\b(live|living) (stem )?cells?\b|\bmultiply\b"),
        unless=r"^\s*(is|are|do|does|what|how|can)\b",
    ),
    Premise(
        topic="side_effects",
        facts=("anne-human-source", "risk-donor-disease-biologist-warns", "hair-review-little-data-safety"),
        said=(
            r"\b(my|your|own) own\b|\bown (body|cells?|blood)\b|\bmade (from|of|out of) me\b|\bfrom my (body|blood|cells)\b",
            HARMLESS,
        ),
    ),
    Premise(
        topic="side_effects",
        facts=("us-nebraska-serious-events", "hair-review-little-data-safety", "harm-lumps-in-eight-women"),
        said=(
            r"\bnatural\b|"
            r"\b(every|all|our) (cells?|body|bodies) (makes?|produces?)\b|\bthe body (makes|produces)\b|\bno chemicals\b",
            rf"{HARMLESS}|\bhurt me\b",
        ),
        unless=rf"{CASES}|^\s*(is|are|do|does|what|how|can)\b",
    ),
)


def premise_of(text: str, *, country: str | None, home: str) -> Premise | None:
    """The first premise that `text` takes for granted; none on the law of the US where another country is meant."""
    abroad = (country or home) != "US"
    return next((premise for premise in PREMISES if premise.meant(text) and not (premise.law and abroad)), None)
