"""What takes long to work out is kept in build/ and read at the next start. Imports no Rasa."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.settings import ROOT

PLACE = ROOT / "build" / "kept"


def kept(name: str, *, of: bytes, make: Callable[[], Any], place: Path = PLACE) -> Any:
    """What `make` gives (JSON data), from the file where it was kept if `of`, which it is made from, is the same.

    Where build/ cannot be written, or the file is damaged, it is made each time.
    """
    path = place / f"{name}-{hashlib.sha256(of).hexdigest()[:16]}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    made = make()
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        descriptor, aside = tempfile.mkstemp(dir=place)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(made, file, ensure_ascii=False)
        os.replace(aside, path)  # in one step: another start never reads half a file
        for old in place.glob(f"{name}-*.json"):
            if old != path:
                old.unlink(missing_ok=True)
    return made
