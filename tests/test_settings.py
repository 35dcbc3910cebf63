"""Settings come from the environment; a wrong one gives one sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.database import connect
from bot.errors import SettingsError, StoreError
from bot.nlu.matcher import read_vocabulary
from bot.settings import FILES, ROOT, Settings, settings

NAMES = [name.upper() for name in Settings.__fields__]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests."""
    for name in (*NAMES, *(f"{name}_FILE" for name in FILES)):
        monkeypatch.delenv(name, raising=False)


def test_the_defaults_need_nothing_else() -> None:
    assert settings().dict() == {
        "database_url": f"sqlite:///{ROOT / 'build' / 'facts.db'}",
        "facts_dir": ROOT / "data" / "facts",
        "clinic_dir": None,
        "encoder_dir": None,
        "topic_encoder_dir": None,
        "model_dir": ROOT / "models",
        "port": 5005,
        "host": "127.0.0.1",
        "action_url": None,
        "action_timeout": 4.0,
        "max_message_chars": 4000,
        "tracker_url": None,
        "retention_days": 30,
        "rate_per_conversation": "300/minute",
        "rate_per_address": "600/minute",
        "redis_url": None,
        "proxies_count": 0,
        "production": False,
        "widget_secret": None,
        "widget_session_minutes": 120,
        "summary_minutes": 60,
        "public_url": None,
        "widget_origins": "",
        "slack_bot_token": None,
        "slack_signing_secret": None,
        "slack_app_token": None,
        "slack_api_url": "https://slack.com/api/",
        "ready_question": "Are exosome products approved by the FDA?",
        "ready_fact": "us-no-approval-found-2026",
        "log_format": "text",
        "log_level": "ERROR",
    }


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    bare = settings().dict()
    settings.cache_clear()
    for name in NAMES:
        monkeypatch.setenv(name, empty)
    assert settings().dict() == bare


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
    ("DATABASE_URL", "sqlite:///", "must name a file, like sqlite:////folder/facts.db"),
    ("DATABASE_URL", "sqlite:///:memory:", "must name a file, like sqlite:////folder/facts.db"),
    ("MODEL_DIR", "/dev/null", "/dev/null is not a folder"),
    ("ACTION_URL", "127.0.0.1:5055", "must be an address like http://127.0.0.1:5055/webhook"),
    ("ACTION_TIMEOUT", "inf", "ensure this value is less than or equal to 300"),
    ("ACTION_TIMEOUT", "nan", "ensure this value is greater than 0"),
    ("MAX_MESSAGE_CHARS", "1000000000", "ensure this value is less than or equal to 100000"),
    ("RETENTION_DAYS", "9" * 400, "ensure this value is less than or equal to 36500"),
    ("PROXIES_COUNT", "11", "ensure this value is less than or equal to 10"),
    ("FACTS_DIR", "/no/such/folder", "there is no folder /no/such/folder"),
    ("CLINIC_DIR", "/no/such/folder", "there is no folder /no/such/folder"),
    ("ENCODER_DIR", "/no/such/folder", "there is no folder /no/such/folder"),
    ("PORT", "0", "ensure this value is greater than or equal to 1"),
    ("PORT", "65536", "ensure this value is less than or equal to 65535"),
    ("PORT", "http", "value is not a valid integer"),
    ("ACTION_TIMEOUT", "0", "ensure this value is greater than 0"),
    ("MAX_MESSAGE_CHARS", "10", "ensure this value is greater than or equal to 200"),
    ("TRACKER_URL", "mysql://host/db", "must start with sqlite:/// or postgresql://"),
    ("RETENTION_DAYS", "0", "ensure this value is greater than or equal to 1"),
    ("RATE_PER_CONVERSATION", "many", "write it like 300/minute, or none"),
    ("RATE_PER_ADDRESS", "5/moon", "write it like 300/minute, or none"),
    ("RATE_PER_CONVERSATION", "0/minute", "nobody could write anything; write it like 300/minute, or none"),
    ("RATE_PER_ADDRESS", "300/minute;0/hour", "nobody could write anything; write it like 300/minute, or none"),
    ("CLINIC_DIR", "/etc", "/etc holds nothing of a clinic's own folder, such as clinic.yml or facts"),
    ("REDIS_URL", "redis://host:abc", "must be an address like redis://127.0.0.1:6379/0"),
    ("REDIS_URL", "redis://host/0?socket_timeout=long", "must be an address like redis://127.0.0.1:6379/0"),
    ("SLACK_BOT_TOKEN", "bad", "must begin with xoxb-"),
    ("SLACK_APP_TOKEN", "xoxb-1", "must begin with xapp-"),
    ("REDIS_URL", "http://host", "must start with redis://, rediss:// or unix://"),
    ("PROXIES_COUNT", "-1", "ensure this value is greater than or equal to 0"),
    ("PRODUCTION", "perhaps", "value could not be parsed to a boolean"),
    ("WIDGET_SECRET", "x" * 31, "must have at least 32 characters; 'openssl rand -hex 32' makes one"),
    ("WIDGET_SECRET", " " * 40 + "x", "must have at least 32 characters; 'openssl rand -hex 32' makes one"),
    ("WIDGET_SESSION_MINUTES", "0", "ensure this value is greater than or equal to 1"),
    ("WIDGET_SESSION_MINUTES", "1441", "ensure this value is less than or equal to 1440"),
    ("PUBLIC_URL", "guide.example", "must be an address like https://guide.example"),
    ("PUBLIC_URL", "https://guide.example/?a=1", "must be an address like https://guide.example"),
    ("WIDGET_ORIGINS", "https://a.example,*", "* is not the address of a website; write it like https://clinic.example"),
    ("SLACK_API_URL", "http://slack.example/api/", "must start with https://"),
    ("LOG_FORMAT", "xml", "must be one of text, json"),
    ("LOG_LEVEL", "LOUD", "must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
]


@pytest.mark.parametrize(("name", "value", "what"), WRONG)
def test_a_wrong_setting_gives_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        settings()
    assert str(caught.value) == f"A setting is wrong: {name}: {what}."


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"DATABASE_URL": "sqlite:////srv/facts.db"}, "sqlite:////srv/conversations.db"),
        ({"DATABASE_URL": "postgresql://host/db"}, "postgresql://host/db"),
        ({"TRACKER_URL": "sqlite:////srv/mine.db"}, "sqlite:////srv/mine.db"),
        ({}, f"sqlite:///{ROOT / 'build' / 'conversations.db'}"),
    ],
)
def test_conversations_are_kept_beside_the_facts(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], where: str) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert settings().conversations_url == where


def test_websites_are_kept_as_browsers_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIDGET_ORIGINS", " https://Clinic.example/, http://localhost:8080,,https://clinic.example ")
    assert settings().origins == {"https://clinic.example", "http://localhost:8080"}


def test_the_secret_is_not_shown_by_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIDGET_SECRET", "tell-nobody-" * 4)
    assert "tell-nobody" not in repr(settings()) + str(settings()) + str(settings().dict())


def test_two_wrong_settings_are_both_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("FACTS_DIR", "/none")
    with pytest.raises(SettingsError) as caught:
        settings()
    assert str(caught.value) == (
        "A setting is wrong: FACTS_DIR: there is no folder /none; PORT: ensure this value is greater than or equal to 1."
    )


class TestFiles:
    """A setting that can hold a secret may be given as a file, to whatever starts the program."""

    def test_each_that_can_hold_a_secret_is_read_from_its_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        given = {name: f"postgresql://me:p$w'\"d@host/{name}" for name in ("DATABASE_URL", "TRACKER_URL")}
        given |= {"REDIS_URL": "redis://host/1", "WIDGET_SECRET": "s" * 40, "SLACK_SIGNING_SECRET": "signed"}
        given |= {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
        assert set(given) == set(FILES)
        for name, value in given.items():
            (tmp_path / name).write_text(f"{value}\n")
            monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
        found = {name: getattr(settings(), name.lower()) for name in given}
        assert {name: getattr(value, "get_secret_value", value.__str__)() for name, value in found.items()} == given

    def test_a_file_that_cannot_be_read_and_two_ways_at_once_are_one_sentence(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("WIDGET_SECRET_FILE", "/no/such/file")
        with pytest.raises(
            SettingsError, match=r"^A setting is wrong: WIDGET_SECRET_FILE names /no/such/file, which cannot be read\.$"
        ):
            settings()
        (tmp_path / "secret").write_text("s" * 40)
        monkeypatch.setenv("WIDGET_SECRET_FILE", str(tmp_path / "secret"))
        monkeypatch.setenv("WIDGET_SECRET", "t" * 40)
        both = r"^A setting is wrong: WIDGET_SECRET and WIDGET_SECRET_FILE are both set; leave one out\.$"
        with pytest.raises(SettingsError, match=both):
            settings()


@pytest.mark.parametrize("url", ["sqlite+foo:///x.db", "postgresql://me:secret@host:port/db", "nothing"])
def test_a_database_address_that_cannot_be_read_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(StoreError, match="^DATABASE_URL is not an address of a database; [^\n]+$") as caught:
        connect(url)
    assert "secret" not in str(caught.value)


def test_a_database_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught:
        connect(f"sqlite:///{tmp_path / 'file' / 'in' / 'x.db'}")
    folder = tmp_path / "file" / "in"
    assert str(caught.value) == f"The folder {folder} for the facts database cannot be made: Not a directory."


def test_a_postgresql_server_that_does_not_answer_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict] = []

    def refuse(*_: object, **given: object) -> None:
        seen.append(given)
        raise OSError

    monkeypatch.setattr("psycopg2.connect", refuse)
    for url in ("postgresql://host/db", "postgresql://host/db?connect_timeout=9"):
        with pytest.raises(OSError):  # noqa: PT011
            connect(url).connect()
    assert [str(given["connect_timeout"]) for given in seen] == ["3", "9"]


class TestVocabulary:
    """A clinic's own words are added; what is not known is refused in one sentence that names the file."""

    def test_words_are_added_to_the_shipped_ones(self, tmp_path: Path) -> None:
        (tmp_path / "vocabulary.yml").write_text("use: {hair: [mane]}\nbrand: {ours: [our serum]}\n")
        shipped, both = read_vocabulary(ROOT / "data" / "facts"), read_vocabulary(ROOT / "data" / "facts", None, tmp_path)
        assert both["use"]["hair"] == [*shipped["use"]["hair"], "mane"]
        assert both["brand"] == {**shipped["brand"], "ours": ["our serum"]}

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            ("use: [broken", "is not valid YAML; write it like the shipped data/facts/vocabulary.yml."),
            ("- use", "is wrong: it must map labels to values and values to lists of words."),
            (
                "colour: {red: [red]}",
                "is wrong: there is no label 'colour'; use route, use, origin, jurisdiction, agency, brand, condition.",
            ),
            ("use: [hair]", "is wrong: 'use' must map values to lists of words."),
            ("origin: {moon: [lunar]}", "is wrong: 'origin' has no value 'moon'; use human, animal, plant, synthetic."),
            (
                "jurisdiction: {NO: [norway]}",
                "is wrong: 'jurisdiction' has the value False; write it in quotes, or YAML reads it as something else.",
            ),
            ("jurisdiction: {usa: [x]}", "is wrong: 'jurisdiction' has the value 'usa'; write a country in two capital letters."),
            ("use: {hair: mane}", "is wrong: 'use', 'hair' needs a list of words; write numbers, yes and no in quotes."),
            ("brand: {x: [7]}", "is wrong: 'brand', 'x' needs a list of words; write numbers, yes and no in quotes."),
            ("brand: {x: ['']}", "is wrong: 'brand', 'x' needs a list of words; write numbers, yes and no in quotes."),
        ],
    )
    def test_what_is_wrong_is_said(self, tmp_path: Path, content: str, what: str) -> None:
        (tmp_path / "vocabulary.yml").write_text(content)
        with pytest.raises(SettingsError) as caught:
            read_vocabulary(tmp_path)
        assert str(caught.value) == f"{tmp_path / 'vocabulary.yml'} {what}"
