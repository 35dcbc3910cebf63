"""What the classifiers see of a message: its vector of the tuned topic encoder, and nothing else (`docs/evaluating.md` says why).

Imports no Rasa.
"""

from __future__ import annotations

from bot.nlu import mpnet
from bot.nlu.encoder import Encoder
from bot.settings import settings


def features() -> Encoder:
    """The encoder of this process whose vectors the classifiers read."""
    return mpnet.shared(settings().topic_encoder_dir)
