"""The conversation in the README is what the server says; "..." stands for what was left out."""

from __future__ import annotations

import re

from bot.settings import ROOT
from tests.server.conftest import Server


def _conversation() -> list[tuple[str, list[str]]]:
    """Each question with the pieces of its answer."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## One real conversation")[1].split("\n## ")[0]
    quoted = "\n".join(line.removeprefix(">").strip() for line in section.splitlines() if line.startswith(">"))
    found = []
    for turn in re.split(r"^\*\*", quoted, flags=re.MULTILINE)[1:]:
        question, _, answer = turn.partition("**")
        found.append((question, [" ".join(piece.split()) for piece in answer.split("...") if piece.strip()]))
    return found


def test_the_conversation_in_the_readme_is_real(server: Server) -> None:
    conversation = _conversation()
    assert len(conversation) >= 2
    for question, pieces in conversation:
        said = " ".join(server.ask(question, sender="readme")[0]["text"].split())
        for piece in pieces:
            assert piece in said, (question, piece)
