"""What is logged, and that it never holds what a person typed. Imports no Rasa.

Rasa's own records at the level DEBUG, and many errors, quote the message. So, from the first message on, nothing that a
library logs is taken over but its level, its place in the code and the kind of its error; our own records keep their
sentence, which is written without message text, but lose stack traces, because the text of an error can quote one too.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from typing import Any

from bot.settings import ROOT

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
OURS = ("bot", "actions", "tools", "tests")
OUR_PLACES = tuple(f"{ROOT / name}/" for name in OURS)
_state = {"talking": False}
_plain = logging.getLogRecordFactory()


def told(error: BaseException) -> str:
    """The kind of an error and where it was raised, without its text, which can quote a person.

    Of an error from within a library, the last place in our own code as well.
    """
    passed = [f"{frame.f_code.co_filename}:{line}" for frame, line in traceback.walk_tb(error.__traceback__)]
    places = dict.fromkeys([*passed[-1:], *[place for place in passed if place.startswith(OUR_PLACES)][-1:]])
    return f"{type(error).__name__} at {', '.join(places)}" if places else type(error).__name__


def is_ours(error: BaseException) -> bool:
    """Whether our own code raised `error`."""
    passed = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    return bool(passed) and passed[-1].startswith(OUR_PLACES)


def _error(info: Any) -> str:
    return f" [{told(info[1])}]" if isinstance(info, tuple) and info[1] is not None else ""


def _record(*given: Any, **named: Any) -> logging.LogRecord:
    """A log record; once people talk, one without their words."""
    record = _plain(*given, **named)
    if not _state["talking"]:
        return record
    said = record.getMessage() if record.name.partition(".")[0] in OURS else f"(text withheld) {record.pathname}:{record.lineno}"
    record.msg, record.args = said + _error(record.exc_info), None
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def withhold() -> None:
    """From now on no message text is logged; every channel and the tracker store call it before they touch a message."""
    _state["talking"] = True
    if logging.getLogRecordFactory() is not _record:
        logging.setLogRecordFactory(_record)


class JsonLines(logging.Formatter):
    """One JSON object a line: `at` (UTC), `level`, `logger`, `message`, and the `fields` that a record of ours carries."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03d}Z"
        said = record.getMessage() + _error(record.exc_info)
        line = {"at": at, "level": record.levelname, "logger": record.name, "message": said, **getattr(record, "fields", {})}
        return json.dumps(line, ensure_ascii=False)


def configure(level: str, *, style: str = "text") -> None:
    """Logs to the error stream from `level` on, ours and the libraries'; `style` is text or json."""
    logging.basicConfig(format=FORMAT, level=level, force=True)
    if style == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
