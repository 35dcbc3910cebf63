"""A person's page as PDF, on one sheet where it fits. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.aid.fixed import PDF_SIGNS
from bot.aid.page import ASK, PLAIN
from bot.aid.summary import FOUND, HARMS, ON_FILE, SOURCES, Summary
from bot.answer.reply.wording import day

if TYPE_CHECKING:
    from fpdf import FPDF

# Those of matplotlib, which need not be imported for it. FPDF is imported with the first page: few people ask for one.
FONTS = Path(str(find_spec("matplotlib").origin)).parent / "mpl-data" / "fonts" / "ttf"  # type: ignore[union-attr]
FAMILY = "DejaVu"
SIZES = (10.0, 9.0, 8.0, 7.4, 6.8, 6.2)  # points; the largest with which everything is on one sheet
MARGIN = 12.0  # millimetres


def as_pdf(summary: Summary) -> bytes:
    """The page as a PDF file of A4 sheets."""
    made: dict[int, FPDF] = {}

    def fits(place: int) -> bool:
        made[place] = _made(summary, SIZES[place])
        return made[place].page_no() == 1

    smallest = len(SIZES) - 1  # it is taken where none fits
    place = bisect_left(range(smallest), True, key=fits)  # what fits at one size fits at all below
    return bytes((made.get(place) or _made(summary, SIZES[place])).output())


def _made(summary: Summary, size: float) -> FPDF:
    from fpdf import FPDF

    sheet = FPDF(format="A4", unit="mm")
    sheet.set_title(summary.title)
    sheet.set_lang("en")
    # The day and no more: the file says nothing of the person, nor when they were here.
    sheet.set_creation_date(dt.datetime.fromisoformat(summary.date).replace(tzinfo=dt.timezone.utc))
    sheet.add_font(FAMILY, "", str(FONTS / "DejaVuSans.ttf"))
    sheet.add_font(FAMILY, "B", str(FONTS / "DejaVuSans-Bold.ttf"))
    sheet.set_margins(MARGIN, MARGIN, MARGIN)
    sheet.set_auto_page_break(True, margin=MARGIN)
    sheet.add_page()
    _line(sheet, summary.title, size + 4, bold=True)
    _line(sheet, day(summary.date), size)
    known = sheet.fonts[FAMILY.lower()].cmap  # type: ignore[union-attr]
    if any(ord(sign) not in known for _, lines in summary.sections for line in lines for sign in line if not sign.isspace()):
        _line(sheet, PDF_SIGNS, size, bold=True)
    if summary.notice:
        _line(sheet, summary.notice, size, bold=True)
    for heading, lines in summary.sections:
        sheet.ln(size * 0.12)
        _line(sheet, heading, size + 0.8, bold=True)
        small = size * 0.82 if heading in PLAIN else size
        mark = "\u2610 " if heading == ASK else "" if heading in PLAIN else "\u2022 "
        for line in lines:
            # The address of a source is behind its name, so that everything fits on one sheet.
            named, _, address = line.partition(" http") if heading == SOURCES else (line, "", "")
            if heading == ON_FILE:  # curated text alone, so that no sign in it can be a mark of the person's own
                name, _, told = named.partition(FOUND)
                named = f"**{name}{FOUND.rstrip()}** {told}".replace(HARMS, f" **{HARMS.strip()}** ")
            _line(sheet, f"{mark}{named}", small, link=f"http{address}" if address else "", marked=heading == ON_FILE)
    return sheet


def _line(sheet: FPDF, text: str, size: float, *, bold: bool = False, link: str = "", marked: bool = False) -> None:
    sheet.set_font(FAMILY, "B" if bold else "", size)
    sheet.multi_cell(0, size * 0.43, text, new_x="LMARGIN", new_y="NEXT", align="L", link=link, markdown=marked)
