"""Finds the facts and gaps that answer a question, and chooses among them. Imports no Rasa."""
