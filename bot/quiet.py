"""Keeps third-party start-up noise off the screen and telemetry off the wire. Import it before Rasa."""

from __future__ import annotations

import logging
import os
import warnings

import structlog

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("LOG_LEVEL_LIBRARIES", "ERROR")
os.environ.setdefault("PYTHONWARNINGS", "ignore")
warnings.showwarning = lambda *_, **__: None  # libraries reset the filters when they are imported
logging.getLogger("alembic").setLevel(logging.WARNING)
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
