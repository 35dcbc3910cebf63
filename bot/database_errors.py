"""Why a database cannot be used, in plain words. What the driver says itself can hold what a person typed. Imports no Rasa."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError, SQLAlchemyError

# words of PostgreSQL's client or of SQLite, and what they mean
SAID = (
    (
        ("password authentication failed", "no password supplied", "no pg_hba.conf entry"),
        "the server refuses the user or the password",
    ),
    (('role "',), "the server does not know the user"),
    (('database "',), "the server has no database of that name"),
    (("could not translate host name",), "there is no server of that name"),
    (
        ("connection to server", "could not connect", "server closed the connection", "timeout expired"),
        "the server does not answer",
    ),
    (("terminating connection", "the database system is", "connection already closed"), "the server does not answer"),
    (("unable to open database file",), "the file cannot be opened"),
    (("database is locked",), "another program holds the file"),
    (("disk is full", "No space left"), "the disk is full"),
    (("readonly database",), "the file may only be read"),
)


def why(error: SQLAlchemyError) -> str:
    """The reason as the end of a sentence: "the server does not answer"; the kind of error where it has none of ours."""
    if isinstance(error, OperationalError):
        said = str(error.orig)
        if found := next((plain for words, plain in SAID if any(word in said for word in words)), None):
            return found
    return error.__class__.__name__
