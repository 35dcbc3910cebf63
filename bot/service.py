"""Builds the answer core from the settings: database, facts, encoder, clinic. Imports no Rasa."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.aid import content
from bot.answer.answerer import Answerer
from bot.answer.detect.cues import cues
from bot.answer.detect.premises import beliefs
from bot.answer.retrieve.library import Library
from bot.clinic import clinic
from bot.database import connect, migrate
from bot.facts import catalogue
from bot.facts.store import FactStore
from bot.nlu.joint import shared
from bot.settings import Settings, settings


def folders(chosen: Settings) -> list[Path]:
    """The facts folders in the order in which they are laid over each other."""
    return [folder for folder in (chosen.facts_dir, chosen.clinic_dir) if folder]


def open_store(chosen: Settings | None = None) -> FactStore:
    """The facts store with its tables up to date."""
    engine = connect((chosen or settings()).database_url)
    migrate(engine)
    return FactStore(engine)


def check_guide(found: catalogue.Catalogue, chosen: Settings) -> None:
    """Checks that the decision guide has its sources; beside facts that are not the shipped ones it shows what is on file."""
    if chosen.facts_dir == Settings.__fields__["facts_dir"].default:
        content.require(found)


def load_facts(chosen: Settings | None = None, *, again: bool = True) -> tuple[FactStore, catalogue.Catalogue, int]:
    """Checks the YAML folders and loads them; raises FactsError and leaves the store as it was when they are wrong.

    Without `again`, facts that were shown before and replaced since stay replaced.
    """
    chosen = chosen or settings()
    found = catalogue.load(folders(chosen))
    check_guide(found, chosen)
    store = open_store(chosen)
    return store, found, store.load(found, again=again)


def answerer(chosen: Settings | None = None) -> Answerer:
    """The answer core over the store; an empty store is filled from the YAML folders first."""
    chosen = chosen or settings()
    beliefs(), cues()  # a wrong file is said at the start, not at the first question
    store = open_store(chosen)
    if not store.release():
        store.load(catalogue.load(folders(chosen)))
    encoder = shared()
    library = Library(store, encoder, patience=chosen.action_timeout / 2)
    return Answerer(library, encode=encoder.one, home=clinic().country, emergency=clinic().emergency_line)


@lru_cache(maxsize=1)
def core() -> Answerer:
    """The answer core of this process."""
    return answerer()
