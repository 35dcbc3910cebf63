"""A person's page as HTML: their words escaped, a print style sheet, no script, nothing loaded. Imports no Rasa."""

from __future__ import annotations

from html import escape

from bot.aid.fixed import PAGE_GONE, PAGE_HOW
from bot.aid.summary import FOUND, HARMS, ON_FILE, SOURCES, Summary
from bot.answer.reply.wording import day

STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; color: #14252a; background: #fff; }
body { font: 1rem/1.5 "DejaVu Sans", Verdana, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 1.1rem 0 .25rem; border-bottom: 1px solid #7d8f94; }
p, ul { margin: .25rem 0; } ul { padding-left: 1.3rem; } li { overflow-wrap: anywhere; }
.ask { list-style: none; padding-left: 0; } .ask li { display: flex; gap: .5rem; } .ask li::before { content: "\\2610"; }
.small, .small li { font-size: .85rem; } .small { list-style: none; padding-left: 0; }
nav { margin: .75rem 0; } a { color: #0a5a66; }
@media print {
  @page { size: A4; margin: 8mm 10mm; }
  body { max-width: none; padding: 0; font-size: 7.8pt; line-height: 1.2; }
  h1 { font-size: 12pt; } h2 { font-size: 8.4pt; margin: 4pt 0 1pt; break-after: avoid; }
  .small, .small li { font-size: 6.4pt; } .sources ul, .short ul { columns: 2; column-gap: 2rem; } li { break-inside: avoid; }
  nav, .link { display: none; }
}
"""
PLAIN = (SOURCES, "About this page")
ASK = "Questions for the clinician"
SHORT = (ASK, "What I think about", "What matters most to me")  # of short lines: two columns on paper


def as_html(summary: Summary, *, pdf: str) -> str:
    """The whole page; `pdf` is the address of the same page as PDF."""
    return document(summary.title, "\n".join([_head(summary, pdf), *map(_section, summary.sections)]))


def gone() -> str:
    """The page for a link that is over."""
    title, why = PAGE_GONE
    return document(title, f"<h1>{title}</h1><p>{why}</p>")


def document(title: str, body: str) -> str:
    """A page that search engines and caches leave alone."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{STYLE}</style></head>\n<body><main>\n{body}\n</main></body></html>\n"
    )


def _head(summary: Summary, pdf: str) -> str:
    notice = f"<p><strong>{escape(summary.notice)}</strong></p>" if summary.notice else ""
    return (
        f"<h1>{escape(summary.title)}</h1><p>{escape(day(summary.date))}</p>{notice}"
        f'<nav><a href="{escape(pdf, quote=True)}">Save as PDF</a> <span>{PAGE_HOW}</span></nav>'
    )


def _section(section: tuple[str, tuple[str, ...]]) -> str:
    heading, lines = section
    look = ' class="ask"' if heading == ASK else ' class="small"' if heading in PLAIN else ""
    part = ' class="sources"' if heading == SOURCES else ' class="short"' if heading in SHORT else ""
    told = {SOURCES: _linked, ON_FILE: _option}.get(heading, escape)
    items = "".join(f"<li><span>{told(line)}</span></li>" for line in lines)
    return f"<section{part}><h2>{escape(heading)}</h2><ul{look}>{items}</ul></section>"


def _option(line: str) -> str:
    """What is on file on an option: its name, its gain and its harm are found at a glance."""
    name, found, rest = escape(line).partition(FOUND)
    good, harms, bad = rest.partition(HARMS)
    return f"<strong>{name}</strong> <strong>{found.strip()}</strong> {good} <strong>{harms.strip()}</strong> {bad}"


def _linked(source: str) -> str:
    """A source with its address as a link; on paper, where it cannot be pressed, the name and date stand alone."""
    named, space, address = source.partition(" http")
    if not space:
        return escape(source)
    link = escape(f"http{address}", quote=True)
    return f'{escape(named)} <a class="link" href="{link}" rel="noreferrer">{link}</a>'
