"""Every setting, in one typed place. Each is an environment variable of the same name; `docs/settings.md` lists them."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from limits import parse_many
from pydantic import BaseSettings, Field, SecretStr, ValidationError, root_validator, validator

from bot.errors import SettingsError
from bot.origins import origin_of

ROOT = Path(__file__).resolve().parents[1]
NO_LIMIT = "none"
SECRET_CHARS = 32
# These may hold a secret: NAME_FILE may name a file with it.
OF_SLACK = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN")
FILES = ("DATABASE_URL", "TRACKER_URL", "REDIS_URL", "WIDGET_SECRET", *OF_SLACK)
CLINIC_FILES = ("clinic.yml", "vocabulary.yml", "topics.yml", "caveats.yml", "facts", "gaps", "sources")
FORMATS = ("text", "json")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def from_files(_: BaseSettings) -> dict[str, Any]:
    """The settings that NAME_FILE gives. Raises SettingsError where a file cannot be read or there are two of one."""
    found = {}
    for name in FILES:
        path = os.environ.get(f"{name}_FILE", "").strip()
        if not path:
            continue
        if os.environ.get(name, "").strip():
            raise SettingsError(f"A setting is wrong: {name} and {name}_FILE are both set; leave one out.")
        try:
            found[name.lower()] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            raise SettingsError(f"A setting is wrong: {name}_FILE names {path}, which cannot be read.") from None
    return found


class Settings(BaseSettings):
    """What an operator can choose; the defaults run on one machine with nothing else installed."""

    database_url: str = Field(default=f"sqlite:///{ROOT / 'build' / 'facts.db'}", description="where the facts store lives")
    facts_dir: Path = Field(default=ROOT / "data" / "facts", description="folder of the shipped facts")
    clinic_dir: Optional[Path] = Field(default=None, description="the clinic's own folder, laid over the shipped facts")
    encoder_dir: Optional[Path] = Field(default=None, description="another folder with the sentence encoder")
    topic_encoder_dir: Optional[Path] = Field(default=None, description="another folder with the topic encoder")
    model_dir: Path = Field(default=ROOT / "models", description="folder of trained dialogue models")
    port: int = Field(default=5005, ge=1, le=65535, description="port to serve on")
    host: str = Field(default="127.0.0.1", description="address to serve on")
    action_url: Optional[str] = Field(default=None, description="a separate action server; unset: actions run in the server")
    action_timeout: float = Field(
        default=4.0, gt=0, le=300, description="seconds after which a reply is given up and an error is said"
    )
    max_message_chars: int = Field(
        default=4000, ge=200, le=100_000, description="of a longer message only the beginning and the end are read"
    )
    tracker_url: Optional[str] = Field(default=None, description="where conversations are kept; unset: beside the facts")
    retention_days: int = Field(
        default=30, ge=1, le=36_500, description="days after which `conversations purge` forgets what was said"
    )
    rate_per_conversation: str = Field(default="300/minute", description="messages taken of one conversation")
    rate_per_address: str = Field(default="600/minute", description="messages taken of one network address")
    redis_url: Optional[str] = Field(
        default=None, description="where several server processes count messages and hold turns together"
    )
    proxies_count: int = Field(default=0, ge=0, le=10, description="how many proxies of yours stand before the server")
    production: bool = Field(default=False, description="true: only the channels for patients, without REST")
    widget_secret: Optional[SecretStr] = Field(default=None, description="signs the sessions of the website widget")
    widget_session_minutes: int = Field(default=120, ge=1, le=1440, description="minutes after which a session ends or is renewed")
    summary_minutes: int = Field(default=60, ge=1, le=1440, description="minutes for which the link to a person's page is good")
    public_url: Optional[str] = Field(default=None, description="the address of this server for people, for links in Slack")
    widget_origins: str = Field(default="", description="websites that may use the widget, beside this server's own pages")
    slack_bot_token: Optional[SecretStr] = Field(default=None, description="the Slack app's bot token; unset: no Slack")
    slack_signing_secret: Optional[SecretStr] = Field(default=None, description="with which Slack signs its requests")
    slack_app_token: Optional[SecretStr] = Field(default=None, description="for Socket Mode, where Slack cannot reach this server")
    slack_api_url: str = Field(default="https://slack.com/api/", description="where Slack's Web API is")
    ready_question: str = Field(default="Are exosome products approved by the FDA?", description="what `/health/ready` asks")
    ready_fact: str = Field(default="us-no-approval-found-2026", description="the fact that the reply must then show")
    log_format: str = Field(default="text", description="how log lines are written: text or json")
    log_level: str = Field(default="ERROR", description="what is logged; no level logs the text of messages")

    class Config:
        """Where they come from."""

        @classmethod
        def customise_sources(cls, init_settings: Any, env_settings: Any, file_secret_settings: Any) -> tuple[Any, ...]:
            """What is given in the code, then the environment, then the files that it names."""
            return init_settings, env_settings, from_files

    @root_validator(pre=True)
    def empty_is_unset(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if str(value).strip()}

    @validator("database_url")
    def known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        if value.partition("?")[0] in ("sqlite:///", "sqlite:///:memory:"):  # each connection would have one of its own
            raise ValueError("must name a file, like sqlite:////folder/facts.db")
        return value

    @validator("tracker_url")
    def known_tracker_database(cls, value: Optional[str]) -> Optional[str]:
        return value if value is None else cls.known_database(value)

    @validator("action_url")
    def known_action_server(cls, value: Optional[str]) -> Optional[str]:
        if value is not None and not re.fullmatch(r"https?://[^\s/?#]+(/\S*)?", value):
            raise ValueError("must be an address like http://127.0.0.1:5055/webhook")
        return value

    @validator("rate_per_conversation", "rate_per_address")
    def known_rate(cls, value: str) -> str:
        if value.lower() == NO_LIMIT:
            return NO_LIMIT
        try:
            rates = parse_many(value)
        except ValueError:
            raise ValueError(f"write it like 300/minute, or {NO_LIMIT}") from None
        if any(rate.amount < 1 or rate.multiples < 1 for rate in rates):
            raise ValueError(f"nobody could write anything; write it like 300/minute, or {NO_LIMIT}")
        return value

    @validator("redis_url")
    def known_redis(cls, value: Optional[str]) -> Optional[str]:
        if value is not None and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must start with redis://, rediss:// or unix://")
        if value is not None:
            from redis.connection import parse_url

            try:
                parse_url(value)
            except ValueError:  # it is not repeated: it can hold a password
                raise ValueError("must be an address like redis://127.0.0.1:6379/0") from None
        return value

    @validator("public_url")
    def web_address(cls, value: Optional[str]) -> Optional[str]:
        if value is None:
            return None
        if not re.fullmatch(r"https?://[^\s/?#<>|]+(/[^\s?#<>|]*)?", value):
            raise ValueError("must be an address like https://guide.example")
        return value.rstrip("/")

    @validator("widget_secret")
    def long_secret(cls, value: Optional[SecretStr]) -> Optional[SecretStr]:
        if value is not None and len(value.get_secret_value().strip()) < SECRET_CHARS:
            raise ValueError(f"must have at least {SECRET_CHARS} characters; 'openssl rand -hex 32' makes one")
        return value

    @validator("widget_origins")
    def known_origins(cls, value: str) -> str:
        return ",".join(dict.fromkeys(origin_of(origin) for origin in value.split(",") if origin.strip()))

    @validator("slack_api_url")
    def known_slack(cls, value: str) -> str:
        if not value.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ValueError("must start with https://")
        return value.rstrip("/") + "/"

    @validator("slack_bot_token", "slack_app_token")
    def known_token(cls, value: Optional[SecretStr], field: Any) -> Optional[SecretStr]:
        begins = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}[field.name]
        if value is not None and not value.get_secret_value().strip().startswith(begins):
            raise ValueError(f"must begin with {begins}")
        return value

    @validator("log_level")
    def known_level(cls, value: str) -> str:
        if value.upper() not in LEVELS:
            raise ValueError(f"must be one of {', '.join(LEVELS)}")
        return value.upper()

    @validator("log_format")
    def known_format(cls, value: str) -> str:
        if value.lower() not in FORMATS:
            raise ValueError(f"must be one of {', '.join(FORMATS)}")
        return value.lower()

    @validator("facts_dir", "clinic_dir", "encoder_dir", "topic_encoder_dir")
    def existing_folder(cls, value: Optional[Path]) -> Optional[Path]:
        if value is not None and not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value

    @validator("clinic_dir")
    def of_a_clinic(cls, value: Optional[Path]) -> Optional[Path]:
        if value is not None and any(value.iterdir()) and not any((value / name).exists() for name in CLINIC_FILES):
            raise ValueError(f"{value} holds nothing of a clinic's own folder, such as clinic.yml or facts")
        return value

    @validator("model_dir")
    def no_file(cls, value: Path) -> Path:
        if value.exists() and not value.is_dir():
            raise ValueError(f"{value} is not a folder")
        return value

    @property
    def origins(self) -> frozenset[str]:
        """The websites of WIDGET_ORIGINS, each as browsers write it."""
        return frozenset(filter(None, self.widget_origins.split(",")))

    @property
    def conversations_url(self) -> str:
        """Where conversations are kept: TRACKER_URL, else the same PostgreSQL database, or a file beside the SQLite one."""
        if self.tracker_url:
            return self.tracker_url
        if not self.database_url.startswith("sqlite:///"):
            return self.database_url
        path, _, options = self.database_url.removeprefix("sqlite:///").partition("?")
        return f"sqlite:///{Path(path).with_name('conversations.db')}" + (f"?{options}" if options else "")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises SettingsError with one sentence that names the wrong ones."""
    try:
        return Settings()
    except ValidationError as error:
        said = "; ".join(f"{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors())
        raise SettingsError(f"A setting is wrong: {said}.") from None
