"""What is taken out of a message before anything keeps it, and what must stay."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.privacy import personal
from bot.safety.privacy.finders.spans import KINDS, Span, settle
from bot.safety.privacy.personal import PLACEHOLDER, scrub
from tools.measure_privacy import DATA, SECOND, measure

ROWS = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("My name is Maria Gomez and my skin is red", "My name is (name) and my skin is red"),
        ("my name is maria gomez and i itch", "my name is (name) and i itch"),
        ("MY NAME IS MARIA GOMEZ, IS IT SAFE", "MY NAME IS (name), IS IT SAFE"),
        ("I'm Quill Testwood. Is it safe?", "I'm (name). Is it safe?"),
        ("this is Emily from Leeds", "this is (name) from Leeds"),
        ("Can I ask for Denise?", "Can I ask for (name)?"),
        ("Dr. Patel, Mrs White and nurse Kelly agree", "Dr. (name), Mrs (name) and nurse (name) agree"),
        ("my husband Tom is bald", "my husband (name) is bald"),
        ("me llamo María Fernández y tengo acné", "me llamo (name) y tengo acné"),
        ("je m'appelle Jean Dupont, est-ce légal ?", "je m'appelle (name), est-ce légal ?"),
        ("ich heiße Jürgen Krause", "ich heiße (name)"),
        ("我叫王小明，外泌体安全吗？", "我叫(name)，外泌体安全吗？"),
        ("王医生说可以", "(name)医生说可以"),
        ("私は田中花子です", "私は(name)です"),
        ("제 이름은 김민수입니다", "제 이름은 (name)입니다"),
        ("Меня зовут Елена Смирнова, это законно?", "Меня зовут (name), это законно?"),
        ("Does it hurt?\nKind regards,\nRosalind Ward", "Does it hurt?\nKind regards,\n(name)"),
    ],
)
def test_names_are_taken_out_after_what_introduces_them(said: str, kept: str) -> None:
    assert scrub(said).text == kept


def test_two_capitalised_words_are_a_name_beside_other_personal_data() -> None:
    assert scrub("Quill Testwood, 555 0142, born 3/4/1961").text == "(name), (phone), born (birth date)"
    assert scrub("quill testwood, 555 0142").text == "(name), (phone)"


def test_two_capitalised_words_alone_stay() -> None:
    assert scrub("Vellum Quorra is new here, is it any good?").kinds == ()


def test_a_name_said_once_more_is_taken_out_there_too() -> None:
    assert scrub("I saw Nurse Adaku... yes, Adaku dropped it").text == "I saw Nurse (name)... yes, (name) dropped it"


@pytest.mark.parametrize(
    "said",
    ["(402) 555-0187", "402-555-0199", "+1 308 555 0171", "07700 900123", "+44 20 7946 0958", "06 12 34 56 78", "13812345678"],
)
def test_telephone_numbers_are_taken_out(said: str) -> None:
    assert scrub(f"please ring {said} about the cost").text == "please ring (phone) about the cost"


def test_seven_digits_are_a_telephone_number_where_the_words_say_so() -> None:
    assert scrub("call me on 234 5678").text == "call me on (phone)"
    assert scrub("between 234 5678 of them").kinds == ()


@pytest.mark.parametrize("said", ["k.lind+x@example.org", "maria at gmail dot com", "tara (at) example (dot) com"])
def test_e_mail_addresses_are_taken_out_however_they_are_spelt(said: str) -> None:
    assert scrub(f"write to {said} please").text == "write to (e-mail) please"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I live at 742 Evergreen Terrace, Lincoln, Nebraska 68502", "I live at (address), Lincoln, Nebraska (address)"),
        ("post it to 22 Marlborough Road, Bristol BS6 5TT", "post it to (address), Bristol (address)"),
        ("Ich wohne in der Lindenstraße 14, 50674 Köln", "Ich wohne in der (address), (address) Köln"),
        ("my zip code is 90210, what is the cost", "my zip code is (address), what is the cost"),
        ("PO Box 1187, Kearney", "(address), Kearney"),
    ],
)
def test_streets_and_postcodes_go_but_cities_and_states_stay(said: str, kept: str) -> None:
    assert scrub(said).text == kept


@pytest.mark.parametrize(
    "said", ["dob 7/14/58", "born on 12 June 1970", "my birthday is March 3rd", "D.O.B. 22.08.1983", "née le 14 juillet 1969"]
)
def test_birth_dates_are_taken_out(said: str) -> None:
    assert scrub(said).kinds == ("birth date",)


def test_a_treatment_date_after_a_birth_date_stays() -> None:
    assert scrub("born 3 April 1961, treated on 4 May 2024").text == "born (birth date), treated on 4 May 2024"


@pytest.mark.parametrize(
    "said",
    [
        "ssn 123-45-6789", "NHS number 943 476 5919", "Medicare ID 1EG4-TE5-MK73", "MRN 00482213", "policy no. HX-4471-0098",
        "card 4111 1111 1111 1111", "IBAN DE89 3704 0044 0532 0130 00", "DNI 12345678Z", "passport no 533380006",
    ],
)  # fmt: skip
def test_numbers_that_stand_for_a_person_are_taken_out(said: str) -> None:
    assert scrub(said).kinds == ("number",)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("see https://www.instagram.com/mara.glow", "link"),
        ("I am @mara_glow", "user name"),
        ("my snapchat: nora_jj88", "user name"),
    ],
)
def test_user_names_and_links_to_a_person_are_taken_out(said: str, kind: str) -> None:
    assert scrub(said).kinds == (kind,)


@pytest.mark.parametrize(
    "said",
    [
        "$2,400 or 4 x 3200 in 2019, between 06:00 and 18:00",
        "lot 24-0113 from Kimera, ExoCoBio, Benev and Plated",
        "100 nm, 39.8 or 103, 10 mg/ml, 5,000,000,000 particles",
        "I had it on 12 March 2024 and on 3/4/2025",
        "call 911, 999, 112, 988 or 116 123, or 1-800-222-1222",
        "I'm 62, born in 1962, and have Parkinson's",
        "the doctor said so, dr says no, and the Dr. Will I be well?",
        "I live in Jordan, my sister in Georgia, and Sydney is far",
        "Is Dr Pen, Dr Jart or La Roche-Posay better with Botox in Nebraska?",
        "tell MedWatch, ask for the lot number, call Kimera",
        "see https://www.fda.gov/medwatch and NCT04849429",
        "my name is not important",
    ],
)
def test_what_the_assistant_needs_stays(said: str) -> None:
    assert scrub(said).text == said


def test_payloads_of_buttons_stay() -> None:
    assert scrub('/ask{"topic": "cost"}').text == '/ask{"topic": "cost"}'


def test_kinds_are_told_once_and_in_order() -> None:
    assert scrub("Dr Osei, Dr Patel, call 402-555-0199").kinds == ("name", "phone")
    assert scrub("Is it safe?").kinds == ()


def test_what_overlaps_becomes_one_piece() -> None:
    assert settle([Span(0, 6, "phone"), Span(4, 9, "number")], "0123456789") == [Span(0, 9, "number")]


def test_the_labelled_set_is_large_enough() -> None:
    assert sum(bool(row["gone"]) for row in ROWS) >= 150
    assert sum(not row["gone"] for row in ROWS) >= 200
    assert all(string in row["text"] for row in ROWS for string in row["gone"])


@pytest.mark.parametrize("path", [DATA, SECOND], ids=lambda path: path.stem)
def test_recall_and_false_alarms_on_the_labelled_sets(path: Path) -> None:
    figures = measure([path])
    assert figures.recall >= 0.95
    assert figures.false_alarms <= 0.02


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Hello, I'm Adunola, 41, is it safe?", "Hello, I'm (name), 41, is it safe?"),
        ("8123 4567 is my mobile", "(phone) is my mobile"),
        ("my case number is 44-90218", "my case number is (number)"),
        ("car plate KX19 is mine", "car plate (number) is mine"),
        ("driving licence MORGA 657054 SM9IJ", "driving licence (number)"),
        ("you blocked 203.0.113.9", "you blocked (number)"),
        ("اسمي خديجة المنصوري، هل هو آمن؟", "اسمي (name)، هل هو آمن؟"),
    ],
)
def test_what_a_second_set_brought_to_light_is_taken_out(said: str, kept: str) -> None:
    assert scrub(said).text == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("j.o [at] x.org is mine", "(e-mail) is mine"),
        ("anna[at]web[.]de", "(e-mail)"),
        ("my mail is bob @ mail . com", "my mail is (e-mail)"),
        ("im at flat 3, 12 high st leeds LS1 4AB", "im at (address) leeds (address)"),
        ("22 elm st springfield", "(address) springfield"),
        ("1600 n main st, tulsa", "(address), tulsa"),
        ("send to 14b rosemount gdns, glasgow", "send to (address), glasgow"),
    ],
)
def test_addresses_in_small_letters_and_odd_spellings_are_taken_out(said: str, kept: str) -> None:
    assert scrub(said).text == kept


@pytest.mark.parametrize(
    "said", ["12 high street clinics do this", "buy at amazon dot com", "it was 4 square inches", "5 main st johns wort pills"]
)
def test_shops_and_measures_stay(said: str) -> None:
    assert scrub(said).kinds == ()


@pytest.mark.parametrize("said", ["I'm tired, 40 and bald", "version 1.2.3 of the leaflet", "is license number 4471 valid?"])
def test_what_only_looks_like_it_stays(said: str) -> None:
    assert scrub(said).kinds == ()


def test_a_message_takes_no_more_than_a_few_milliseconds() -> None:
    figures = measure()
    assert figures.seconds / len(figures.cases) < 0.003


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "1 ",
        "Aa ",
        "Aa-",
        "a@",
        "a.b.",
        "(",
        "555 0142, ",
        "my name is ",
        "Dr ",
        "born 1",
        "x at y dot ",
        "1-",
        "王医生",
        "A. ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = 1.0
        for _ in range(3):
            personal._clean.clear()  # a text that was looked at before takes no time
            start = time.process_time()
            scrub(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(4000) < 0.02 + 16 * seconds(500)


PIECES = [
    "my name is ", "Maria ", "Gomez", "dr ", "Dr. ", "Will ", "born ", "3/4/61", "12 March ", "555 0142", "402-555-0199", ", ",
    ". ", "\n", "- ", "12 Oak Lane", "IL 62704", "(name)", "(phone) ", "(", ")", "@mara", "a@b.org", " at gmail dot com", "ssn ",
    "123456789", "lot ", "王", "医生", "我叫", "thanks, ", "here", "I'm ", "call ", "Quill ", "Testwood ", "quill ", "A. ", "St ",
    "instagram.com/", "x", "$2,400", "Jordan ", "'s ", "Nebraska",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_scrubbing_never_fails_and_twice_is_as_once(text: str) -> None:
    once = scrub(text)
    assert scrub(once.text) == type(once)(once.text)
    assert len(once.text) <= 3 * len(text) + 12
    assert set(once.kinds) <= set(KINDS)
    assert bool(once.kinds) == (once.text != text)
    assert {match.group()[1:-1] for match in PLACEHOLDER.finditer(once.text)} >= set(once.kinds)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([row["text"] for row in ROWS if not row["gone"]]), min_size=2, max_size=2))
def test_of_two_clean_messages_in_one_hardly_anything_is_taken_out(texts: list[str]) -> None:
    joined = "\n".join(texts)
    assert len(PLACEHOLDER.findall(scrub(joined).text)) <= 1
