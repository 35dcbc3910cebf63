"""Whose despair a message tells of: the writer's own, or that of someone near."""

from __future__ import annotations

import pytest

from bot.safety.emergency.someone_else import about_someone_else


@pytest.mark.parametrize(
    "text",
    [
        "my sister says she wants to die",
        "I think my husband wants to end it all",
        "my 16 year old is talking about suicide and I don't know what to do",
        "I'm scared my brother will hurt himself",
        "someone I know wrote that she will overdose tonight",
        "mi hermana piensa en el suicidio",
        "mon frère parle de se suicider",
        "我妹妹想自杀",
    ],
)
def test_someone_near(text: str) -> None:
    assert about_someone_else(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I want to die",
        "my wife left me and there is nothing left",
        "my mom killed herself and I'd rather be dead, too",
        "he left me, I want to end it",
        "they ruined my face, I'm going to kill myself",
        "I don't want to live, my kids would be better off",
        "my sister is getting exosomes",
        "quiero morir, mi esposa me dejó",
        "je veux mourir, mon mari est parti",
        "我想死,我老公走了",
    ],
)
def test_the_writers_own_or_nobodys(text: str) -> None:
    assert not about_someone_else(text)
