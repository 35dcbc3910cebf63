"""The clinic's details: its own file over the shipped one, and one sentence for a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from phonenumbers import is_emergency_number

from bot.clinic import Clinic, Numbers, clinic, read
from bot.errors import SettingsError
from tests.builders import SHIPPED

BASE = """
name: Elm Clinic
country: US
phone: null
hours: 9 to 5
numbers:
  US: {emergency: "911", crisis: "988"}
  GB: {emergency: "999"}
"""


def folder(path: Path, content: str | bytes) -> Path:
    """A folder with this `clinic.yml`."""
    path.mkdir()
    (path / "clinic.yml").write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def said(*folders: Path | None) -> str:
    """The one sentence that a wrong file gives."""
    with pytest.raises(SettingsError) as caught:
        read(*folders)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    return str(caught.value)


def test_details_are_read(tmp_path: Path) -> None:
    assert read(folder(tmp_path / "base", BASE)) == Clinic(
        name="Elm Clinic",
        country="US",
        hours="9 to 5",
        numbers={"US": Numbers(emergency="911", crisis="988"), "GB": Numbers(emergency="999")},
    )


def test_the_clinics_own_file_replaces_single_entries(tmp_path: Path) -> None:
    own = 'name: Oak Clinic\nphone: "555 0100"\nnumbers:\n  US: {crisis: "call us"}\n  FR: {emergency: "112"}\n'
    assert read(folder(tmp_path / "base", BASE), None, folder(tmp_path / "own", own)) == Clinic(
        name="Oak Clinic",
        country="US",
        phone="555 0100",
        hours="9 to 5",
        numbers={
            "US": Numbers(emergency="911", crisis="call us"),
            "GB": Numbers(emergency="999"),
            "FR": Numbers(emergency="112"),
        },
    )


@pytest.mark.parametrize("own", ["", "# nothing yet\n", "{}"])
def test_an_empty_file_changes_nothing(tmp_path: Path, own: str) -> None:
    base = folder(tmp_path / "base", BASE)
    assert read(base, folder(tmp_path / "own", own)) == read(base)


def test_a_folder_without_the_file_changes_nothing(tmp_path: Path) -> None:
    base = folder(tmp_path / "base", BASE)
    assert read(base, tmp_path) == read(base)


@pytest.mark.parametrize(
    ("country", "emergency"),
    [(None, "911"), ("US", "911"), ("GB", "999"), ("PE", "911")],
    ids=["none", "home", "abroad", "unknown"],
)
def test_numbers_of_a_country_else_of_the_clinics(tmp_path: Path, country: str | None, emergency: str) -> None:
    base, eu = folder(tmp_path / "base", BASE), folder(tmp_path / "eu", 'numbers: {EU: {emergency: "112"}}')
    assert read(base, eu).at(country).emergency == emergency


@pytest.mark.parametrize(
    ("country", "line"),
    [
        (None, "911"),
        ("US", "911"),
        ("GB", "999 (in the United States: 911)"),
        ("DE", "112 (in the United States: 911)"),
        ("PE", "your local emergency number (in the United States: 911)"),
    ],
    ids=["none", "home", "abroad", "member", "unknown"],
)
def test_the_number_of_the_country_spoken_of_comes_first_and_the_clinics_after_it(
    tmp_path: Path, country: str | None, line: str
) -> None:
    base, eu = folder(tmp_path / "base", BASE), folder(tmp_path / "eu", 'numbers: {EU: {emergency: "112"}}')
    assert read(base, eu).emergency_line(country) == line


@pytest.mark.parametrize(
    ("country", "line"),
    [
        (None, "988"),
        ("GB", "Samaritans 116 123 (US: 988)"),
        ("DE", "112 / 999 (US: 988)"),
        ("PE", "número local de emergencias (US: 988)"),
    ],
)
def test_the_crisis_line_of_another_country_comes_first_and_holds_no_english_abroad(
    tmp_path: Path, country: str | None, line: str
) -> None:
    base = folder(tmp_path / "base", BASE)
    over = 'numbers: {US: {crisis: "988 (call or text)"}, GB: {crisis: "Samaritans on 116 123"}, EU: {emergency: "112 or 999"}}'
    assert read(base, folder(tmp_path / "over", over)).crisis_line(country, "es") == line


WRONG = [
    ("fax: 1", "The clinic's details are wrong ({file}): fax: extra fields not permitted."),
    ("country: PE", "The clinic's details are wrong ({file}): no emergency number for PE."),
    ("numbers: {FR: {crisis: '1'}}", "The clinic's details are wrong ({file}): numbers.FR.emergency: field required."),
    (
        "numbers: {AU: {emergency: 000}}",
        "The clinic's details are wrong ({file}): numbers.AU.emergency: write it in quotes, or YAML reads it as a number.",
    ),
    ("phone: 0123", "The clinic's details are wrong ({file}): phone: write it in quotes, or YAML reads it as a number."),
    ("country: NO", "The clinic's details are wrong ({file}): country: write it in quotes, or YAML reads it as a number."),
    ("hours: [9, 5]", "The clinic's details are wrong ({file}): hours: str type expected."),
]
UNREADABLE = ["name: [", "- a list", "just text", b"name: caf\xe9", "name: \x00"]


@pytest.mark.parametrize(("own", "sentence"), WRONG, ids=[own for own, _ in WRONG])
def test_a_wrong_entry_is_named_with_file_and_field(tmp_path: Path, own: str, sentence: str) -> None:
    base, over = folder(tmp_path / "base", BASE), folder(tmp_path / "own", own)
    assert said(base, over) == sentence.format(file=over / "clinic.yml")


@pytest.mark.parametrize("own", UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, own: str | bytes) -> None:
    base, over = folder(tmp_path / "base", BASE), folder(tmp_path / "own", own)
    assert said(base, over) == f"{over / 'clinic.yml'} is not valid YAML; write it like the shipped data/facts/clinic.yml."


def test_no_file_at_all_says_what_is_missing(tmp_path: Path) -> None:
    required = "name: field required; country: field required; numbers: field required"
    assert said(tmp_path) == f"The clinic's details are wrong ({tmp_path / 'clinic.yml'}): {required}."


def test_every_number_on_file_is_one_for_emergencies_there() -> None:
    """Judged by the public metadata of telephone numbers, which this project did not write."""
    said = {(country, number) for country, on_file in clinic().numbers.items() for number in on_file.emergency.split(" or ")}
    known = {(country, number) for country, number in said if country != "EU" and is_emergency_number(number, country)}
    assert said - known == {("EU", "112")}


def test_the_shipped_file_is_in_order() -> None:
    shipped = read(SHIPPED)
    assert (shipped.country, shipped.phone, shipped.at(None).emergency, shipped.at("AU").emergency) == ("US", None, "911", "000")


def test_the_clinic_of_the_process_comes_from_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTS_DIR", str(folder(tmp_path / "base", BASE)))
    monkeypatch.setenv("CLINIC_DIR", str(folder(tmp_path / "own", "name: Oak Clinic")))
    assert (clinic().name, clinic().hours) == ("Oak Clinic", "9 to 5")
