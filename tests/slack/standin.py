"""A stand-in for Slack on the loopback interface: Web API, response URLs and Socket Mode, as strict as Slack itself.

It checks tokens, scopes and membership, validates each payload, and can be told to fail, stall or limit. What it was asked is
in `calls`, what it refused for its form in `violations`, which every test finds empty.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack.validate import message_problems, view_problems

TOKEN, APP_TOKEN, SECRET = "xoxb-test-token", "xapp-test-token", "test-signing-secret"
TEAM, BOT, USER, OTHER = "T0TEAM", "U0BOT", "U0ANN", "U0BEN"
CHANNEL, FOREIGN, DIRECT = "C0TALK", "C0FAR", "D0ANN"
SCOPES = "app_mentions:read,chat:write,commands,im:history"
NEEDS = {"chat.postMessage": "chat:write", "chat.update": "chat:write"}
DEADLINE = 120.0  # seconds; generous, for a busy machine


def until(found: Callable[[], Any], what: str) -> Any:
    """Waits until `found` returns something true, and returns it."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.02)
    raise AssertionError(f"did not come: {what}")


@dataclass
class Call:
    """One request: the method of the Web API, or `response_url`; what was sent, and what came back."""

    method: str
    args: dict[str, Any]
    error: str | None = None
    at: float = field(default_factory=time.monotonic)


@dataclass
class Fault:
    """What happens to the next requests of a method instead of an answer."""

    method: str
    error: str | None = None
    status: int = 200
    retry_after: int | None = None
    body: str | None = None
    stall: float = 0.0
    times: int = 1
    when: Callable[[dict[str, Any]], bool] = lambda args: True


class StandIn:
    """Slack, as far as the assistant sees it. Runs in a thread of its own."""

    def __init__(self, *, scopes: str = SCOPES) -> None:
        self.scopes, self.token, self.app_token = scopes, TOKEN, APP_TOKEN
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.messages: dict[tuple[str, str], dict[str, Any]] = {}
        self.shown: list[dict[str, Any]] = []  # what response URLs took, in order
        self.homes: dict[str, dict[str, Any]] = {}
        self.acknowledged: list[str] = []
        self._faults: list[Fault] = []
        self._hooks: dict[str, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self._began = int(time.time())
        self._sockets: list[web.WebSocketResponse] = []
        self._lock = threading.Lock()

    # -- running -----------------------------------------------------------------------------------------------------

    def start(self) -> StandIn:
        """Listens on a free port."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(DEADLINE)
        return self

    def stop(self) -> None:
        """Ends it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(DEADLINE)

    def _run(self, ready: threading.Event) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/api/{method}", self._api)
        app.router.add_post("/hooks/{hook}", self._hook)
        app.router.add_get("/socket", self._socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1)  # who stalls is not waited for
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())

    @property
    def api_url(self) -> str:
        """For SLACK_API_URL."""
        return f"http://127.0.0.1:{self.port}/api/"

    # -- what tests tell it and ask it -------------------------------------------------------------------------------

    def forget(self) -> None:
        """Empties all that was sent, but goes on counting."""
        with self._lock:
            self._faults = []
        self.calls, self.violations, self.shown, self.homes, self.messages = [], [], [], {}, {}

    def fault(self, method: str, **given: Any) -> None:
        """The next `times` requests of `method` go wrong."""
        with self._lock:
            self._faults.append(Fault(method, **given))

    def response_url(self, *, channel: str, user: str) -> str:
        """A new address for replies to an interaction or a command."""
        name = f"h{next(self._numbers)}"
        self._hooks[name] = {"channel": channel, "user": user, "uses": 0}
        return f"http://127.0.0.1:{self.port}/hooks/{name}"

    def ts(self) -> str:
        """A new time stamp, later than all before."""
        return f"{self._began}.{next(self._numbers):06d}"

    def hear(self, channel: str, *, user: str, text: str, thread: str | None = None) -> str:
        """Puts a person's message in a channel; returns its ts."""
        ts = self.ts()
        message = {"type": "message", "user": user, "text": text, "ts": ts}
        self.messages[channel, ts] = {**message, "thread_ts": thread} if thread else message
        return ts

    def of(self, method: str, **wanted: Any) -> list[Call]:
        """The requests of `method` that went well and have these arguments."""
        return [c for c in list(self.calls) if c.method == method and not c.error and wanted.items() <= c.args.items()]

    # -- Web API -----------------------------------------------------------------------------------------------------

    async def _args(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return dict(await request.json())
        args: dict[str, Any] = {**request.query, **await request.post()}
        return {key: json.loads(value) if key in ("blocks", "view") else value for key, value in args.items()}

    async def _api(self, request: web.Request) -> web.Response:
        method, args = request.match_info["method"], await self._args(request)
        call = Call(method, args, error="on its way")
        self.calls.append(call)
        if (fault := self._fault(method, args)) and (answer := await self._go_wrong(fault, call)):
            return answer
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        call.error, body = self._answer(method, args, token)
        headers = {"X-OAuth-Scopes": self.scopes}
        return web.json_response({"ok": False, "error": call.error} if call.error else {"ok": True, **body}, headers=headers)

    def _fault(self, method: str, args: dict[str, Any]) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.method == method and fault.times > 0 and fault.when(args):
                    fault.times -= 1
                    return fault
        return None

    async def _go_wrong(self, fault: Fault, call: Call) -> web.Response | None:
        if fault.stall:
            call.error = "stalled"
            await asyncio.sleep(fault.stall)
        if fault.retry_after is not None:
            call.error = "ratelimited"
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": str(fault.retry_after)})
        if fault.body is not None:
            call.error = "not what Slack says"
            return web.Response(text=fault.body, content_type="application/json")
        if fault.status != 200:
            call.error = str(fault.status)
            return web.Response(status=fault.status, text="<html>error</html>", content_type="text/html")
        if fault.error:
            call.error = fault.error
            return web.json_response({"ok": False, "error": fault.error})
        return None

    def _answer(self, method: str, args: dict[str, Any], token: str) -> tuple[str | None, dict[str, Any]]:
        if token != (self.app_token if method == "apps.connections.open" else self.token):
            return "invalid_auth", {}
        if NEEDS.get(method, "") not in ("", *self.scopes.split(",")):
            return "missing_scope", {}
        if method == "auth.test":
            return None, {"user_id": BOT, "user": "exosome-guide", "team": "Example Clinic", "team_id": TEAM, "bot_id": "B0BOT"}
        if method == "apps.connections.open":
            return None, {"url": f"ws://127.0.0.1:{self.port}/socket?ticket={next(self._numbers)}"}
        if method == "chat.postMessage":
            return self._post(args)
        if method == "chat.update":
            return self._update(args)
        if method == "views.publish":
            return self._publish(args)
        self.violations.append(f"the method {method} is not one that is expected")
        return "unknown_method", {}

    def _post(self, args: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
        channel = args.get("channel", "")
        if channel.startswith("U"):
            channel = "D" + channel[1:]
        if channel == FOREIGN:
            return "not_in_channel", {}
        if not (channel == CHANNEL or channel.startswith("D0")) or channel == "D0PEOPLE":
            return "channel_not_found", {}
        if self._refuses(message_problems(args)):
            return "invalid_blocks", {}
        thread = args.get("thread_ts")
        if thread and (channel, thread) not in self.messages:
            self.violations.append(f"there is no thread {thread} in {channel}")
        ts = self.ts()
        message = {"type": "message", "user": BOT, "bot_id": "B0BOT", "text": args["text"], "ts": ts}
        if args.get("blocks"):
            message["blocks"] = [{"block_id": f"b{n}", **block} for n, block in enumerate(args["blocks"])]
        self.messages[channel, ts] = {**message, "thread_ts": thread} if thread else message
        return None, {"channel": channel, "ts": ts, "message": message}

    def _update(self, args: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
        message = self.messages.get((args.get("channel", ""), args.get("ts", "")))
        if message is None:
            return "message_not_found", {}
        if message.get("bot_id") != "B0BOT":
            return "cant_update_message", {}
        if len(args.get("text") or "") > 4000:  # for a new message it is 40,000
            self.violations.append("a text of more than 4,000 characters in chat.update")
            return "msg_too_long", {}
        if self._refuses(message_problems(args)):
            return "invalid_blocks", {}
        message |= {"text": args["text"], "blocks": args["blocks"], "edited": {"user": BOT, "ts": self.ts()}}
        return None, {"channel": args["channel"], "ts": args["ts"], "text": args["text"]}

    def _publish(self, args: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
        if self._refuses(view_problems(args["view"])):
            return "invalid_arguments", {}
        self.homes[args["user_id"]] = args["view"]
        return None, {"view": args["view"]}

    def _refuses(self, problems: list[str]) -> bool:
        self.violations += problems
        return bool(problems)

    async def _hook(self, request: web.Request) -> web.Response:
        hook, args = self._hooks.get(request.match_info["hook"]), dict(await request.json())
        call = Call("response_url", args, error="on its way")
        self.calls.append(call)
        if (fault := self._fault("response_url", args)) and (answer := await self._go_wrong(fault, call)):
            return answer
        if hook is None or hook["uses"] >= 5:
            call.error = "used_url"
            return web.Response(status=404, text="used_url")
        hook["uses"] += 1
        if self._refuses(message_problems(args)):
            call.error = "invalid_blocks"
            return web.Response(status=400, text="invalid_blocks")
        call.error = None
        self.shown.append({**args, "channel": hook["channel"], "user": hook["user"]})
        return web.Response(text="ok")

    # -- Socket Mode -------------------------------------------------------------------------------------------------

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0APP"}})
        self._sockets.append(socket)
        async for heard in socket:
            if heard.type == WSMsgType.TEXT:
                self.acknowledged.append(json.loads(heard.data)["envelope_id"])
        self._sockets.remove(socket)
        return socket

    @property
    def lines(self) -> int:
        """How many Socket Mode lines are open."""
        return len(self._sockets)

    def send(self, kind: str, payload: dict[str, Any], *, id: str | None = None) -> str:
        """Sends an envelope over the newest line; returns its id, which the other side must acknowledge."""
        id = id or f"envelope-{next(self._numbers)}"
        envelope = {"envelope_id": id, "type": kind, "payload": payload, "accepts_response_payload": kind != "events_api"}
        work = self._sockets[-1].send_json(envelope)
        asyncio.run_coroutine_threadsafe(work, self._loop).result(DEADLINE)
        return id

    def hang_up(self) -> None:
        """Asks the other side to connect anew, as Slack does every few hours."""
        work = self._sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
        asyncio.run_coroutine_threadsafe(work, self._loop).result(DEADLINE)
