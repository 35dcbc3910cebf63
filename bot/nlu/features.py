"""What the classifiers see of a message: the vectors of both encoders side by side, and nothing else.

`docs/evaluating.md` says why. Imports no Rasa.
"""

from __future__ import annotations

from bot.nlu import joint

LENGTH = 2**0.5  # each encoder's part has length 1


def features() -> joint.JointEncoder:
    """The encoder of this process whose vectors the classifiers read."""
    return joint.shared(length=LENGTH)
