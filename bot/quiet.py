"""Keeps third-party start-up noise off the screen and telemetry off the wire. Import it before Rasa."""

from __future__ import annotations

import logging
import os
import warnings

import structlog

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # whatever Rasa has set it to in a process that starts this one
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
if not os.environ.get("LOG_LEVEL", "").strip():  # unset or empty
    os.environ["LOG_LEVEL"] = "ERROR"
os.environ.setdefault("LOG_LEVEL_LIBRARIES", "ERROR")
os.environ.setdefault("PYTHONWARNINGS", "ignore")
warnings.showwarning = lambda *_, **__: None  # libraries reset the filters when they are imported
level = logging.getLevelName(os.environ["LOG_LEVEL"].upper())
logging.getLogger("alembic").setLevel(logging.WARNING)
if not structlog.is_configured():  # `rasa run` does it itself; either way it ends in `logging`, where `bot.logs` sees it
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.stdlib.LoggerFactory(),
        # A level that does not exist is refused by the settings, in one sentence, a moment later.
        wrapper_class=structlog.make_filtering_bound_logger(level if isinstance(level, int) else logging.ERROR),
        cache_logger_on_first_use=True,  # else each line makes one anew, even where nothing of it is logged
    )
