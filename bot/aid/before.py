"""What the assistant said last, as far as the next message is read by it. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Before:
    """`guide`: a screen of the guide, or the word that it stops here. `facts`: it told facts, of which there may be more."""

    guide: bool = False
    facts: bool = False


def before(custom: Any) -> Before:
    """From the structured part of the assistant's last message, which may have none."""
    said: Mapping[str, Any] = custom if isinstance(custom, Mapping) else {}
    facts = bool(said.get("facts"))
    return Before(guide=said.get("kind") == "decision" and not facts, facts=facts)
