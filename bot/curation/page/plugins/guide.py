"""How Datasette shows the copy: links between records, lists as lists, and only the pages that are meant for readers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape

TABLE_OF = {"fact": "facts", "gap": "gaps", "source": "sources"}
HIDDEN, SHOWN = "/-/", "/-/static/"  # Datasette's own pages tell of its insides: paths, threads, settings
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """Topics as a line of words, several lines as several lines, the id of a record as a link to it."""
    if value is None or database != "guide":
        return None
    if column == "topics":
        return Markup(escape("; ".join(json.loads(value))))
    if column == "record" and (home := TABLE_OF.get(row["kind"])):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, home, value), value)
    if isinstance(value, str) and "\n" in value:
        return Markup("<br>").join(escape(line) for line in value.split("\n"))
    return None


@hookimpl
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """`query(sql, ...)`: the rows of a question to the copy, for the templates."""

    async def query(sql: str, *given: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in (await datasette.get_database("guide").execute(sql, given)).rows]

    return {"query": query}


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Answers to nothing but reading, and to none of Datasette's own pages."""

    def wrap(app: Any) -> Any:
        async def only_reading(scope: dict[str, Any], receive: Receive, send: Send) -> None:
            path = scope.get("path", "")
            if scope["type"] != "http" or (
                scope["method"] in ("GET", "HEAD") and (not path.startswith(HIDDEN) or path.startswith(SHOWN))
            ):
                await app(scope, receive, send)
                return
            status = 404 if scope["method"] in ("GET", "HEAD") else 405
            await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"There is nothing here to read.\n"})

        return only_reading

    return wrap


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """A filter for lists that the copy keeps as JSON."""
    env.filters["from_json"] = json.loads
