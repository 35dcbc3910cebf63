"""The languages besides English in which an emergency is answered with a set text."""

from __future__ import annotations

SET_TEXTS = ("es", "fr", "zh", "de", "it", "pt", "pl", "ru", "ar", "ko", "ja", "vi", "hi", "tr", "uk", "nl", "tl", "sv", "he")
