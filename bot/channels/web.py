"""The web server: the channels, the widget's pages, and security headers on everything that is sent.

Built here and not with Rasa's `configure_app`, which greets with its version at `/` and answers preflights by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rasa.core import constants
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.channel import InputChannel, register
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from sanic import Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from bot.channels.ops.health import health
from bot.channels.ops.stopping import bound_stop
from bot.channels.summary_pages import summary_pages
from bot.channels.widget.pages import pages

SECURITY = {
    # A route that sends a page has a policy of its own; all else is data that nothing may be loaded for.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def make_app(channels: Sequence[InputChannel]) -> Sanic:
    """The server with these channels under `/webhooks/`, the demo page and the script of the widget, and health and metrics."""
    app = Sanic("exosome_guide", configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = constants.DEFAULT_KEEP_ALIVE_TIMEOUT
    app.config.FALLBACK_ERROR_FORMAT = "text"
    register(list(channels), app, route="/webhooks/")
    app.blueprint(pages())
    app.blueprint(summary_pages())
    app.blueprint(health())
    bound_stop(app)
    app.register_middleware(_secure, "response")
    return app


def channels_of(credentials: Path) -> list[InputChannel]:
    """The channels that the file names, as `rasa run` makes them. Raises RasaException."""
    made = []
    for name, given in read_config_file(credentials).items():
        try:
            kind = BUILTIN_CHANNELS[name] if name in BUILTIN_CHANNELS else class_from_module_path(name)
            made.append(kind.from_credentials(given))
        except (AttributeError, ImportError):
            raise RasaException(f"there is no channel '{name}'") from None
    return made


async def close(app: Sanic, _: object) -> None:
    """What Rasa closes when a server ends."""
    if broker := app.ctx.agent.tracker_store.event_broker:
        await broker.close()


async def _secure(_: Request, response: BaseHTTPResponse) -> None:
    """Adds each header that the route has not set itself."""
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
