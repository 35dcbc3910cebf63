"""What the classifiers see of a message: its vector of the tuned topic encoder. Imports no Rasa.

The published encoder beside it, or word counts, added nothing on held-out messages (`docs/evaluating.md`).
"""

from __future__ import annotations

from bot.nlu import mpnet
from bot.nlu.encoder import Encoder
from bot.settings import settings


def features() -> Encoder:
    """The encoder of this process whose vectors the classifiers read."""
    return mpnet.shared(settings().topic_encoder_dir)
