"""Keeps conversations, reads back the newest turns, purges, erases and exports them. Imports no Rasa."""
