"""Settings come from the environment; a wrong one gives one sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import ROOT, Settings, settings

NAMES = [name.upper() for name in Settings.__fields__]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_the_defaults_need_nothing_else() -> None:
    assert settings().dict() == {
        "database_url": f"sqlite:///{ROOT / 'build' / 'facts.db'}",
        "facts_dir": ROOT / "data" / "facts",
        "clinic_dir": None,
        "encoder_dir": None,
        "model_dir": ROOT / "models",
        "port": 5005,
        "host": "127.0.0.1",
        "action_url": None,
        "action_timeout": 5.0,
        "max_message_chars": 4000,
    }


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.__fields__.items() if not field.field_info.description] == []


@pytest.mark.parametrize("url", ["sqlite:////tmp/x.db", "postgresql://me:pw@host/db", "postgresql+psycopg2://host/db"])
def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str) -> None:
    given = {"DATABASE_URL": url, "CLINIC_DIR": str(tmp_path), "PORT": "8080", "ACTION_URL": "http://x", "ACTION_TIMEOUT": "1.5"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    found = settings()
    assert (found.database_url, found.clinic_dir, found.port, found.action_url, found.action_timeout) == (
        url,
        tmp_path,
        8080,
        "http://x",
        1.5,
    )


WRONG = [
    ("DATABASE_URL", "mysql://host/db", "must start with sqlite:/// or postgresql://"),
    ("DATABASE_URL", "", "must start with sqlite:/// or postgresql://"),
    ("FACTS_DIR", "/no/such/folder", "there is no folder /no/such/folder"),
    ("CLINIC_DIR", "/no/such/folder", "there is no folder /no/such/folder"),
    ("ENCODER_DIR", "/no/such/folder", "there is no folder /no/such/folder"),
    ("PORT", "0", "ensure this value is greater than or equal to 1"),
    ("PORT", "65536", "ensure this value is less than or equal to 65535"),
    ("PORT", "http", "value is not a valid integer"),
    ("ACTION_TIMEOUT", "0", "ensure this value is greater than 0"),
    ("MAX_MESSAGE_CHARS", "10", "ensure this value is greater than or equal to 200"),
]


@pytest.mark.parametrize(("name", "value", "what"), WRONG)
def test_a_wrong_setting_gives_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        settings()
    assert str(caught.value) == f"A setting is wrong: {name}: {what}."


def test_two_wrong_settings_are_both_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("FACTS_DIR", "/none")
    with pytest.raises(SettingsError) as caught:
        settings()
    assert str(caught.value) == (
        "A setting is wrong: FACTS_DIR: there is no folder /none; PORT: ensure this value is greater than or equal to 1."
    )
