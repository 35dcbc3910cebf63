"""The answer core built from the settings: the store is filled once, checked before, and laid over by the clinic's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import service
from bot.errors import FactsError, SettingsError
from bot.settings import Settings
from tests.builders import FakeEncoder, ask, cites, fact_row, ids, valid_rows, write

CLINIC = 'name: Elm\ncountry: GB\nnumbers: {GB: {emergency: "999"}}\n'


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings for a small folder of facts and an empty database, without a sentence encoder."""
    folder = write(tmp_path / "facts", valid_rows())
    (folder / "clinic.yml").write_text(CLINIC)
    monkeypatch.setenv("FACTS_DIR", str(folder))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'facts.db'}")
    monkeypatch.delenv("CLINIC_DIR", raising=False)
    monkeypatch.setattr(service, "shared", lambda *_, **__: FakeEncoder())
    return Settings()


def test_an_empty_store_is_filled_at_the_first_start_only(chosen: Settings) -> None:
    assert ids(ask(service.answerer(chosen), "cost")[0]) == ["fact-one"]
    write(chosen.facts_dir, {"facts/more.yml": [fact_row("fact-two", topics=["cost"])]})
    assert ids(ask(service.answerer(chosen), "cost")[0]) == ["fact-one"]
    store, found, release = service.load_facts(chosen)
    assert (release, store.release(), list(found.facts)) == (2, 2, ["fact-one", "fact-two"])
    assert sorted(ids(ask(service.answerer(chosen), "cost")[0])) == ["fact-one", "fact-two"]


def test_wrong_facts_leave_the_store_as_it_was(chosen: Settings) -> None:
    service.load_facts(chosen)
    write(chosen.facts_dir, {"facts/wrong.yml": [fact_row("fact-two", citations=cites("nowhere"))]})
    with pytest.raises(FactsError, match="there is no source 'nowhere'"):
        service.load_facts(chosen)
    store = service.open_store(chosen)
    assert (store.release(), [fact.id for fact in store.records("facts")]) == (1, ["fact-one"])


def test_the_clinics_folder_is_laid_over(chosen: Settings, tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"facts/own.yml": [fact_row("own", topics=["cost"], evidence="regulation")]})
    both = chosen.copy(update={"clinic_dir": own})
    assert service.folders(both) == [chosen.facts_dir, own]
    assert ids(ask(service.answerer(both), "cost")[0]) == ["own", "fact-one"]


def test_the_law_of_the_clinics_country_is_meant(chosen: Settings) -> None:
    laws = [fact_row(f"law-{place.lower()}", topics=["approval_status"], scope={"jurisdiction": [place]}) for place in ("US", "GB")]
    write(chosen.facts_dir, {"facts/laws.yml": laws})
    assert ids(ask(service.answerer(chosen), "approval_status")[0])[0] == "law-gb"


def test_a_wrong_clinic_file_is_said_at_the_start(chosen: Settings) -> None:
    (chosen.facts_dir / "clinic.yml").write_text("name: Elm")
    with pytest.raises(SettingsError, match=r"clinic\.yml\): country: field required; numbers: field required\.$"):
        service.answerer(chosen)
