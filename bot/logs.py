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

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
OURS = ("bot", "actions", "tools", "tests")
_state = {"talking": False}
_plain = logging.getLogRecordFactory()


def _error(info: Any) -> str:
    """The kind of an error and where it was raised, without its text."""
    if not info or not isinstance(info, tuple) or info[0] is None:
        return ""
    frames = traceback.extract_tb(info[2])
    return f" [{info[0].__name__}{f' at {frames[-1].filename}:{frames[-1].lineno}' if frames else ''}]"


def _record(*given: Any, **named: Any) -> logging.LogRecord:
    """A log record; once people talk, one without their words."""
    record = _plain(*given, **named)
    if not _state["talking"]:
        return record
    said = record.getMessage() if record.name.partition(".")[0] in OURS else f"(text withheld) {record.pathname}:{record.lineno}"
    record.msg, record.args = said + _error(record.exc_info).replace("%", "%%"), None
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
