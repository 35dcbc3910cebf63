"""Tells by its words what is special about a question. Imports no Rasa."""
