"""Keeps packages out of this process that Rasa and others import at their start and nobody here uses. Imports no Rasa.

Importing TensorFlow alone takes longer than all else of a start and 400 MB. In the place of each such package stands an empty
one: whatever is taken from it is a class that can be named and derived from, as module bodies do, but not used.
Rasa's own commands do not come by here and have the real ones; so has a project whose configuration names a part of Rasa that
needs them.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import yaml

from bot.errors import ModelError
from bot.settings import ROOT

LEARNING = ("keras", "tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text")
STORES = ("aiormq", "boto3", "botocore", "pymongo")
CHANNELS = tuple(
    "aiogram fbmessenger google.auth google.oauth2 mattermostwrapper prompt_toolkit questionary rocketchat_API socketio twilio "
    "webexteamssdk".split()
)
# What Rasa needs only for parts of its own that the file names: components, kinds of stores, channels.
UNUSED: dict[str, tuple[tuple[str, ...], Callable[[Any], Iterable[str]]]] = {
    "config.yml": (LEARNING, lambda found: [part["name"] for part in found["pipeline"] + found["policies"]]),
    "endpoints.yml": (STORES, lambda found: [place.get("type", "") for place in found.values()]),
    "credentials.yml": (CHANNELS, list),
}
ALWAYS = {"langcodes", "mako", "scipy.stats", "spacy.cli"}  # what Alembic, scikit-learn and spaCy import for other uses than ours
LIGHT = frozenset({"MemoizationPolicy", "RulePolicy", ""})  # parts of Rasa that need none of them; ours have a dot in the name


class AbsentError(ModelError, ImportError):
    """Something was used that is not there. Libraries that can do without a package look for an ImportError."""


class _Absent(type):
    """The kind of class that is found in an absent package, and of what derives from one."""

    @property
    def where(cls) -> str:
        return next(base for base in cls.__mro__ if base.__module__ == __name__).__qualname__

    def __getattr__(cls, name: str) -> _Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(f"{cls.where}.{name}")

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        raise AbsentError(f"This server runs without {cls.where}, but something needs it.")


def _absent(name: str) -> _Absent:
    return _Absent(name.rpartition(".")[2], (), {"__qualname__": name, "__module__": __name__})


class _Package(ModuleType):
    """An absent package or a module of one."""

    def __getattr__(self, name: str) -> _Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(f"{self.__name__}.{name}")


class _Finder(MetaPathFinder, Loader):
    """Finds an absent package wherever one of `names` is imported."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec of an absent package, None for all others."""
        absent = any(fullname == name or fullname.startswith(f"{name}.") for name in self._names)
        return ModuleSpec(fullname, self, is_package=True) if absent else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An absent package."""
        return _Package(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def unused(root: Path) -> set[str]:
    """The packages that the project in `root` does without, because it names only light parts and parts of its own."""
    found: set[str] = set()
    for file, (packages, named) in UNUSED.items():
        with contextlib.suppress(OSError, ValueError, yaml.YAMLError, TypeError, KeyError, AttributeError):  # who uses it says it
            if all("." in name or name in LIGHT for name in named(yaml.safe_load((root / file).read_text(encoding="utf-8")))):
                found.update(packages)
    return found | ALWAYS


def leave_out(root: Path = ROOT) -> None:
    """From here on an absent package stands for each that the project in `root` does without, unless it is loaded already."""
    sys.meta_path.insert(0, _Finder(unused(root) - sys.modules.keys()))


def give_back() -> None:
    """After a start: what loading needed and nothing holds goes back to the system, and what stays is not searched again."""
    gc.collect()
    gc.freeze()
    with contextlib.suppress(OSError, AttributeError):  # not every C library has it
        ctypes.CDLL(None).malloc_trim(0)
