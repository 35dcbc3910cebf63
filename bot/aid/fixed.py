"""The sentences in code that `bot.aid.readability` grades beside those of `data/aid`. Imports no Rasa."""

from __future__ import annotations

MISSING = "This is not on file at the moment. Ask the clinic about it."
NOT_SAID = "I have not said."
NONE_HIGH = "I gave no reason more than 2 of 5."
NOT_SURE = "I am not sure yet"
FIRST_NOTE = "This guide is not medical advice. It does not say what to choose."
NOTE = "This page is not medical advice. It holds what I said and what is on file. It does not say what to choose."
PAGE_HOW = "To print it, use your browser's print button. We do not keep this page. Your answers stay with your chat."
PDF_SIGNS = "Some letters can't be shown in this file. The page on the web shows them all."
PAGE_GONE = ("This page is gone", "The link is too old, or the chat has ended. Start the guide again in the chat.")
