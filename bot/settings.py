"""Every setting, in one typed place. Each is an environment variable of the same name; `docs/settings.md` lists them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from pydantic import BaseSettings, Field, ValidationError, root_validator, validator

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What an operator can choose; the defaults run on one machine with nothing else installed."""

    database_url: str = Field(default=f"sqlite:///{ROOT / 'build' / 'facts.db'}", description="where the facts store lives")
    facts_dir: Path = Field(default=ROOT / "data" / "facts", description="folder of the shipped facts")
    clinic_dir: Optional[Path] = Field(default=None, description="the clinic's own folder, laid over the shipped facts")
    encoder_dir: Optional[Path] = Field(default=None, description="another folder with the sentence encoder")
    model_dir: Path = Field(default=ROOT / "models", description="folder of trained dialogue models")
    port: int = Field(default=5005, ge=1, le=65535, description="port to serve on")
    host: str = Field(default="127.0.0.1", description="address to serve on")
    action_url: Optional[str] = Field(default=None, description="a separate action server; unset: actions run in the server")
    action_timeout: float = Field(default=5.0, gt=0, description="seconds after which a reply is given up and an error is said")
    max_message_chars: int = Field(default=4000, ge=200, description="of a longer message only the beginning and the end are read")

    @root_validator(pre=True)
    def empty_is_unset(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if str(value).strip()}

    @validator("database_url")
    def known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @validator("facts_dir", "clinic_dir", "encoder_dir")
    def existing_folder(cls, value: Optional[Path]) -> Optional[Path]:
        if value is not None and not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises SettingsError with one sentence that names the wrong ones."""
    try:
        return Settings()
    except ValidationError as error:
        said = "; ".join(f"{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors())
        raise SettingsError(f"A setting is wrong: {said}.") from None
