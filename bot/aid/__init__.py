"""The decision guide: reading of answers, moves, options table, summary, page and PDF. Imports no Rasa."""
