"""Every error that this project raises on purpose. Each message is one clear sentence for the person who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ExoError(Exception):
    """Base of all: its text can be shown to an operator as it is."""


class SettingsError(ExoError):
    """A setting is missing or wrong."""


class ModelError(ExoError):
    """The sentence encoder or the dialogue model is missing or is not the one expected."""


class StoreError(ExoError):
    """The facts store cannot be reached, or holds nothing."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the facts folder: where it stands and what it is."""

    file: str
    record: str
    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: record '{self.record}', field '{self.field}': {self.what}"


class FactsError(ExoError):
    """The facts folder is not fit for use; `problems` says all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
