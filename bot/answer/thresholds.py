"""Every threshold of share and likeness in the answer core, with where its number comes from. Imports no Rasa.

Shares are the classifier's probabilities. Likeness is the cosine of two sentence vectors (published MiniLM): two wordings of one
question have about 0.7 and more, two questions on one topic about 0.4, on different ones less. Where it says "by hand", the number
was set so that the questions of `tests/answer/test_shown_first.py` and `tests/scenarios/` come right, and these tests hold it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """Reading (`interpret.py`), gathering (`gather.py`, `gaps.py`), ranking (`rank.py`) and choosing (`select.py`)."""

    # Reading: shares. `python -m tools.crossvalidate` prints the curves on held-out training messages.
    sure: float = 0.30  # the best topic is taken from here on; curve "share of the best topic: how often it is fair"
    second: float = 0.28  # a second topic with this share is answered too; curve of the second questions
    inside: float = 0.50  # share of the field below which a message is not about it; curve "turned away, outside recognised"
    inside_after: float = 0.30  # the same for a short message after an answer, which leans on what was said: by hand
    elsewhere: float = 0.10  # below it, a first message that names no exosomes has no premise to correct: by hand
    named: float = 0.60  # a follow-up with this share names its own topic: by hand, on follow-ups of the training data
    half_sure: float = 0.20  # a short message after an answer is taken at its likeliest topic from here on: by hand
    concerned: float = 0.05  # a topic that the words point to is taken seriously from here on: twice an even share
    # Reading: likeness of the message to a curated question, where the classifier is unsure.
    meaning: float = 0.65  # it settles an unsure case: two wordings of one question are this much alike
    same: float = 0.81  # it overrules "outside": nearly the same words
    word_for_word: float = 0.95
    elsewhere_fits: float = 0.50  # it is told whatever its topic, and though general counts as on the scope: by hand
    beyond: float = 0.08  # so much nearer than all of its own topics must be what is told from elsewhere where the topic is sure,
    # and by as much less as that is less likely: by hand
    # Reading: counts.
    unnamed: float = 0.06  # so much nearer than any fact is a gap on a special case told where the case is not named: by hand
    unnamed_fits: float = 0.50  # and from here on: by hand
    refers: int = 25  # words; shorter messages that speak of "it" or "those" keep what was narrowed: longer ones are stories
    short: int = 9  # words; shorter messages lean on what was said before: nine in ten follow-ups of the training data are shorter
    bare: int = 3  # words; a message of no more after an answer is hardly more than a name
    offered: int = 3  # topics offered when unsure: the contract says two or three

    # Gathering: how much a fragment counts against the question that it goes on with, joined with it. Of 29 follow-ups written
    # for this, 25 found the right fact first; 22 with the fragment alone, 20 with both alike, 13 with the joined question alone.
    fragment: float = 2.0
    part: float = 1.0  # how much a part of a message counts against the whole message: by hand, on `tests/data/answerable/`

    # Gathering: likeness. By hand.
    near: float = 0.45  # a fact is near enough to count as an answer: between one topic and one question
    far: float = 0.25  # a gap so much nearer than any fact shown leaves the question unanswered; no such fact stands beside it
    lead_far: float = 0.35  # the same for a leading fact
    clearly: float = 0.08  # where no fact is near, a gap so much nearer than the best one leaves the question unanswered
    gap_fits: float = 0.42  # a gap is what was asked about from here on
    gap_alone: float = 0.03  # one that is so much nearer than the best fact is what was asked about
    gap_fits_alone: float = 0.30  # from here on
    gap_edge: float = 0.0  # a gap may be this much further than the best fact
    leaning: float = 0.0  # a fragment is that much less like anything
    nearly: float = 0.05  # a gap that a fact words, or one that a fragment is about, may be this much further than the best fact
    gap_first: float = 0.01  # a gap comes before the facts where it is this much nearer than the best of them
    # Saying how near it is (`reply/how_near.py`). Of 340 questions that two writers wrote with the facts at hand, half of them on
    # what nothing is on file about: `docs/evaluating.md`.
    fact_fits: float = 0.30  # nothing nearer than this: no fact answers it
    sure_near: float = 0.45  # nothing nearer than this: it may be something else that was asked
    judged: int = 4  # words; shorter messages ask about a topic as a whole
    # Gathering: what a fact or a gap gains or loses, in likeness. By hand.
    abroad: float = 0.15  # a fact on another country loses this where no country is asked about
    home: float = 0.05  # a fact on the clinic's own country gains this on the topics of `topics.AT_HOME`
    condition: float = 0.15  # gained by naming the state of health that was asked about
    saying: float = 0.15  # what one person says goes before a study where it is so much nearer

    # Ranking: what a fact gains, in likeness. By hand: enough to settle a tie, too little to beat a better answer.
    lead: float = 0.05  # a leading fact; with 0.05, "are exosomes approved" and "what are exosomes" no longer begin with one
    strength: float = 0.03  # the strongest kind of evidence over the weakest
    not_in_people: float = 0.12  # work in a dish or on animals loses this where people ask what it does for people
    steps: int = 50  # scores in the same twentieth count as the same, then evidence and date decide

    # Choosing: how much less than the best fact a further one may score, in likeness. By hand.
    second_fact: float = 0.25
    third_fact: float = 0.15
    as_asked: float = 0.90  # a fact nearer than this, asked for in its own words, is no reason to leave more of the others out
    pair: float = 0.06  # a fact that brings those along which contradict it


AT = Thresholds()
