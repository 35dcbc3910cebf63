"""Tells whether someone calmly asks what to do in an emergency: the reply begins with when to call. Imports no Rasa."""

from __future__ import annotations

import re

SERIOUS = (
    r"(?:throat|breath\w*|allergic reaction|allergic|anaphyla\w*|chest|faint\w*|pass(?:ed|es|ing)? out|collaps\w*|hives|wheez\w*|"
    r"swell\w*|swoll?en|fever|sepsis|infect\w*|seizures?|stroke|blind\w*|vision|numb\w*|skin (?:dies|death|turn\w*)|emergenc\w*|"
    r"serious|severe|dangerous|life[- ]threatening)"
)
CARE = (
    r"(?:emergenc\w*|an ambulance|ambulances?|911|999|112|000|the (?:er|e\.r\.|a&e|hospital)|urgent care|medical attention|"
    r"a doctor)"
)
ASKS = (
    r"(?:what (?:do|should|would|can|could|must|shall) (?:i|we|you|one|people|patients|the clinic) do|what to do|"
    r"who (?:do|should|would|can) (?:i|we|you|one) (?:call|ring|tell|contact|phone)|"
    r"what (?:does|do|will|would|should) (?:the|a|my|your) \w+ do|what happens|what if|"
    r"how (?:do|should|would|can) (?:i|we|you|one) (?:react|respond|act|know|tell|handle))"
)
IF = r"(?:if|when|in case|in the event|should)"
CALLS = re.compile(
    rf"\b(?:{ASKS}\b[^.?!]*\b{SERIOUS}|{IF}\b[^.?!]*\b{SERIOUS}[^.?!]*\b{ASKS}"
    rf"|in case of\b[^.?!]*\b{SERIOUS}"
    rf"|(?:when|at what point|how soon|which|what)\b[^.?!]*\b(?:call|go to|get|need|needs|is|are|become\w*|mean|seek|see|calling)\b"
    rf"[^.?!]*\b{CARE})",
    re.IGNORECASE,
)
NOT = re.compile(r"\b(?:approv\w*|emergency use|cost|price|doctor'?s|open\w*)\b", re.IGNORECASE)


def asks_when_to_call(text: str) -> bool:
    """Whether `text` asks what to do in an emergency, which signs are one, or when to call for help."""
    return bool(CALLS.search(text)) and not NOT.search(text)
