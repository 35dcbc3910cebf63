"""Raises an emergency from the signs in a message or from its meaning. Imports no Rasa.

The meaning alone is enough. A sign alone is enough too; some only while the meaning is
not as good as certain that all is calm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.nlu.linear import chances
from bot.nlu.neighbours import Neighbours
from bot.safety.emergency.complaints import mild, own_cells, own_medicine
from bot.safety.emergency.letters import LetterClassifier
from bot.safety.emergency.signs import CRY, SignFinder
from bot.safety.emergency.stems import TRANSLITERATED, reserved
from bot.safety.text.short import is_short
from bot.safety.text.spelling import wordy

EMERGENCY_INTENTS = ("emergency", "crisis")
ALARMING = "alarming"
ALARM = 0.33  # the meaning alone raises the alarm from this probability on
ALARM_ABROAD = 0.58  # the same in Spanish, French and Chinese, where letters are judged too (letters.py)
ALARM_MILD = 0.90  # the same where no sign is named, for what complaints.py knows as calm, or no word stands
ALARM_TAKEN_BACK = 0.50  # the same where signs are named and every one is taken back ("no fever", "in 2019")
ALARM_RESERVED = 0.80  # the same in those languages beside words such as "if", "last year", "on the news"
SPACED = ("es", "fr")  # here it is also needed where every sign is taken back; in Chinese, "what to do?" takes one back as well
DESPAIR = 0.90  # where no sign is named, below this it may be the body as well, and that comes first
DESPAIR_BESIDE = {"en": 0.50}  # beside a sign of the body, from this on the crisis line is added; elsewhere from DESPAIR on
SUPPORT = 0.05  # a sign that nothing takes back raises it unless the meaning is this clearly calm
CERTAIN = ("poison", "airway", "breathing", CRY)  # these, and every sign of self-harm, count whatever the classifier says
TRAINED = ("en", "es", "fr", "zh")  # languages of the training messages; in any other the signs decide alone
WINDOW = 60  # words; the encoder reads about 100
RUN, TIMES = 12, 3  # words that are repeated, and how often in a row, to count once
C = 10.0


@dataclass(frozen=True)
class Verdict:
    """`intent` is "emergency", "crisis" or None; `probability` is that of the classifier; `signs` were found.

    `language` is that of the signs where none of them is English. `crisis_too` marks an emergency of the body with a sign
    of self-harm beside it.
    """

    intent: str | None
    probability: float
    signs: tuple[str, ...] = ()
    language: str | None = None
    crisis_too: bool = False


class SafetyClassifier:
    """How likely a vector is an emergency, by regression and by its neighbours, and if so, one of self-harm. Can be pickled."""

    def __init__(self) -> None:
        self._alarm = LogisticRegression(C=C, max_iter=600, class_weight={True: 3.0, False: 1.0})
        self._crisis = LogisticRegression(C=C, max_iter=600, class_weight="balanced")

    def fit(self, intents: Sequence[str], vectors: np.ndarray) -> SafetyClassifier:
        """Learns from vectors (len(intents), width); every intent outside EMERGENCY_INTENTS is calm."""
        alarm = np.array([intent in EMERGENCY_INTENTS for intent in intents])
        self._alarm.fit(vectors, alarm)
        self._crisis.fit(vectors[alarm], np.array(intents)[alarm] == "crisis")
        self._near = Neighbours(vectors, [ALARMING if real else "calm" for real in alarm])
        return self

    def probabilities(self, vector: np.ndarray) -> tuple[float, float]:
        """For one vector: the probability of an emergency, and that it is one of self-harm if it is one."""
        near = self._near.shares(vector).get(ALARMING, 0.0)
        return (float(chances(self._alarm, vector)[1]) + near) / 2, float(chances(self._crisis, vector)[1])


def squeezed(text: str) -> str:
    """`text` with runs of words that are said three times or more in a row said once: saying so again tells nothing new."""
    words = text.split()
    for size in range(1, RUN + 1):
        kept: list[str] = []
        place = 0
        while place < len(words):
            run, times = words[place : place + size], 1
            while words[place + times * size : place + (times + 1) * size] == run:
                times += 1
            kept += run if times >= TIMES else words[place : place + 1]
            place += times * size if times >= TIMES else 1
        words = kept
    return " ".join(words) if len(words) < len(text.split()) else text


def windows(text: str) -> list[str]:
    """The text itself, or for a long one its sentences in runs of at most WINDOW words, so that none is lost in the mass."""
    if len(text.split()) <= WINDOW:
        return [text]
    runs: list[list[str]] = [[]]
    for sentence in re.split(r"(?<=[.!?;\n])\s+", text):
        words = sentence.split()
        for start in range(0, len(words), WINDOW):
            part = words[start : start + WINDOW]
            if len(runs[-1]) + len(part) > WINDOW:
                runs.append([])
            runs[-1] += part
    return [text, *(" ".join(run) for run in runs if run)]


def _judged(text: str, judged: tuple[float, float], letters: LetterClassifier | None, spoken: str) -> tuple[float, float]:
    """What the encoder `judged`, together with the judge by letters in the languages that it knows less well."""
    return judged if letters is None or spoken == "en" else (letters.beside(text, judged[0]), judged[1])


def understood(text: str, verdict: Verdict, *, spoken: str) -> dict[str, Any]:
    """What `verdict` on `text` means for the turn, in Rasa's form; `intent` only where the gate decides on it.

    `spoken` is the language of `text`, "en" where it is unclear.
    """
    spoken = verdict.language if verdict.language and spoken == "en" else spoken
    if any(sign.startswith(TRANSLITERATED) for sign in verdict.signs):
        spoken = "en"  # the set reply in its own script may not be readable to who types it in this one
    intent = verdict.intent or ("other_language" if spoken != "en" else None)
    return {
        "entities": [{"entity": "language", "value": spoken, "start": 0, "end": len(text), "extractor": "SafetyGate"}],
        "signs": list(verdict.signs),
        "crisis_too": verdict.crisis_too,
        "alarm": round(verdict.probability, 4),
        **({"intent": {"name": intent, "confidence": 1.0}} if intent else {}),
    }


def judge(
    text: str,
    *,
    encode: Callable[[str], np.ndarray] | None,
    classifier: SafetyClassifier | None,
    finder: SignFinder,
    spoken: str = "en",
    letters: LetterClassifier | None = None,
) -> Verdict:
    """The verdict on one message in the language `spoken`. Without a classifier the signs decide alone.

    `letters` is a second judge for the other languages of the training messages.
    """
    found = finder.find(text, spoken=spoken)
    # A sign of self-harm is never talked away: a look-alike there costs a crisis line too many, a miss may cost a life.
    standing = [sign for sign in found if not sign.taken_back or (sign.crisis and sign.language != "en")]
    alarm, crisis = SUPPORT, 0.0
    if classifier and encode and spoken in TRAINED:
        readings = windows(squeezed(text)) + ([finder.mended(text)] if finder.misspelt(text) else [])
        alarm, crisis = max(_judged(part, classifier.probabilities(encode(part)), letters, spoken) for part in readings)
    names = tuple(dict.fromkeys(sign.id for sign in standing))
    brief = spoken == "en" and is_short(text)  # a sign in three foreign words is judged by a classifier that takes them for English
    certain = any(
        sign.id in CERTAIN
        or sign.language not in TRAINED
        or (brief and sign.language != "en")
        or (sign.crisis and sign.id != "suicide-word")
        for sign in standing
    )
    enough = ALARM if spoken == "en" else ALARM_ABROAD
    if found and not standing:
        enough = max(enough, ALARM_RESERVED if spoken in SPACED else ALARM_TAKEN_BACK)
    calm = not found and (mild(text, spoken=spoken) or (spoken == "en" and (own_medicine(text) or own_cells(text))))
    enough = max(enough, ALARM_MILD) if calm or (spoken == "en" and not wordy(text)) else enough
    enough = max(enough, ALARM_RESERVED) if spoken != "en" and reserved(text, spoken=spoken) else enough
    if not certain and not (standing and alarm >= SUPPORT) and (alarm < enough or spoken not in TRAINED):
        return Verdict(None, alarm, names)
    # What is named outweighs what is guessed: a swollen throat gets the ambulance first, then the crisis line. What is named but
    # taken back still tells of which kind it is; and where nothing does, a guess must be sure to leave the ambulance for later.
    named = standing or found
    body, despair = (any(sign.crisis is kind for sign in named) for kind in (False, True))
    guessed = not named and crisis >= DESPAIR
    beside = crisis >= (DESPAIR_BESIDE.get(spoken, DESPAIR) if named else DESPAIR_BESIDE["en"])
    tongues = {sign.language for sign in standing}
    return Verdict(
        "crisis" if guessed or (despair and not body) else "emergency",
        alarm,
        names,
        language=min(tongues) if tongues and "en" not in tongues else None,
        crisis_too=not guessed and (body or not despair) and ((body and despair) or beside),
    )
