"""Checks the YAML of the facts, loads it into the database as a release, and keeps every old version. Imports no Rasa."""
