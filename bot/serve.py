"""`make run`: checks everything, then serves until Ctrl-C. Actions run inside the server unless ACTION_URL is set."""

from __future__ import annotations

import socket
import sys
import time

from bot import quiet  # noqa: F401  (first: it silences the imports below)
from bot.answer.service import load_facts
from bot.clinic import clinic
from bot.errors import ExoError, SettingsError
from bot.settings import ROOT, settings
from bot.train import train


def require_free_port(host: str, port: int) -> None:
    """Raises SettingsError when another program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise SettingsError(f"Port {port} on {host} is taken; stop what uses it or run 'make run PORT=5006'.") from None


def main() -> None:
    """Starts the server; every step says what it does."""
    started = time.monotonic()
    chosen = settings()
    require_free_port(chosen.host, chosen.port)
    clinic()
    _, found, release = load_facts(chosen)
    print(f"Facts: {len(found.facts)} facts from {len(found.sources)} sources (release {release}).", flush=True)
    model = train()
    print("Starting the server ...", flush=True)
    from rasa.core import run
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig

    from actions.core import core
    from bot.channels.in_process import InProcessActions

    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    if chosen.action_url:
        endpoints.action = EndpointConfig(url=chosen.action_url)
    else:
        endpoints.action = InProcessActions("actions", timeout=chosen.action_timeout)
        core().warm_up()

    def ready(*_: object) -> None:
        url = f"http://{chosen.host}:{chosen.port}/webhooks/rest/webhook"
        print(f"Ready after {time.monotonic() - started:.0f} s: {url} (Ctrl-C stops it)", flush=True)

    run.serve_application(
        model_path=str(model),
        interface=chosen.host,
        port=chosen.port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=endpoints,
        enable_api=False,
        server_listeners=[(ready, "after_server_start")],
    )


if __name__ == "__main__":
    try:
        main()
    except ExoError as error:
        sys.exit(str(error))
