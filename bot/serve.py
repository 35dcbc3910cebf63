"""`make run`: checks everything, then serves until Ctrl-C. Actions run inside the server unless ACTION_URL is set."""

from __future__ import annotations

import sys
import time

from bot import lean, logs, quiet  # noqa: F401  (quiet is first of all that is imported below: it silences it)
from bot.cli import exit_code
from bot.errors import SettingsError
from bot.facts.catalogue import Catalogue
from bot.port import BACKLOG, open_port
from bot.settings import ROOT, Settings, settings


def check_ready(chosen: Settings, found: Catalogue) -> None:
    """Looks whether READY_FACT is on file: without it no reply could ever show it, and the server would never be ready."""
    if chosen.ready_fact in found.facts:
        return
    if chosen.ready_fact != Settings.__fields__["ready_fact"].default:
        raise SettingsError(f"A setting is wrong: READY_FACT: there is no fact {chosen.ready_fact} on file.")
    print(f"READY_FACT is not set, and {chosen.ready_fact} is not on file: /health/ready will say 503.", flush=True)


def main() -> None:
    """Starts the server; every step says what it does."""
    started = time.monotonic()
    chosen = settings()
    open_port(chosen.host, chosen.port).close()  # a first look, before the long work
    logs.configure(chosen.log_level, style=chosen.log_format)
    import asyncio

    from bot.channels.widget.pages import NOT_BUILT, script
    from bot.clinic import clinic
    from bot.nlu import joint
    from bot.nlu.matcher import read_vocabulary
    from bot.service import folders, load_facts
    from bot.train import one_at_a_time, refuse, train

    clinic()
    read_vocabulary(*folders(chosen))
    with one_at_a_time():
        # A server that starts once more must not put back what was corrected since from somewhere else.
        store, found, release = load_facts(chosen, again=False)
    if not store.shows(found):
        print("The store shows newer facts than this folder holds; './exoguide facts load' would put these back.", flush=True)
    print(f"Facts: {len(found.facts)} facts from {len(found.sources)} sources (release {release}).", flush=True)
    check_ready(chosen, found)
    joint.shared()  # says in one sentence when an encoder is missing, before the long work
    model = train()
    if chosen.widget_secret is None:
        print("WIDGET_SECRET is not set: chats on the website end when this server stops.", flush=True)
    if script() is None:
        print(NOT_BUILT, flush=True)
    print("Starting the server ...", flush=True)
    import rasa.utils.common
    from rasa.shared.exceptions import RasaException
    from ruamel.yaml import YAMLError

    from bot.channels.web import channels_of, close, make_app
    from bot.local import agent_of, endpoints

    places = endpoints(chosen.action_url)
    try:
        channels = channels_of(ROOT / "credentials.yml")
    except (RasaException, YAMLError, OSError) as error:
        refuse("credentials.yml", error)
    # Loaded here and not when the server starts: Rasa would log a stack trace and serve without a model.
    agent = asyncio.run(agent_of(model, places))

    if chosen.production:
        channels = [channel for channel in channels if channel.name() != "rest"]

    def ready(*_: object) -> None:
        url = f"http://{chosen.host}:{chosen.port}/"
        rest = "" if chosen.production else f" and {url}webhooks/rest/webhook"
        print(f"Ready after {time.monotonic() - started:.0f} s: {url}{rest} (Ctrl-C stops it)", flush=True)

    app = make_app(channels)
    app.register_listener(ready, "after_server_start")
    app.ctx.agent = agent
    app.register_listener(close, "after_server_stop")
    rasa.utils.common.update_sanic_log_level()
    with open_port(chosen.host, chosen.port) as opened:
        app.run(sock=opened, workers=1, backlog=BACKLOG)


if __name__ == "__main__":
    lean.leave_out()
    sys.exit(exit_code(main))
