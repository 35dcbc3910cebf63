"""The two assistants that `tools.bench` compares, each started as its users start it: this one and a stock Rasa project."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
import yaml

from bot.settings import ROOT

PATIENCE = 600.0  # seconds for a start on a busy machine
RASA = [sys.executable, "-W", "ignore", "-m", "rasa"]
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
STOCK_QUESTION = "are you a bot?"
ACTION = """from rasa_sdk import Action


class ActionHello(Action):
    def name(self):
        return "action_hello"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Hello from a custom action.")
        return []
"""
OPENERS = ("", "hi, ", "please tell me, ", "one question: ", "hello there, ", "i wonder, ", "my friend asks, ", "quickly, ")
QUESTIONS = (
    "are exosome injections approved by the fda?",
    "what are exosomes?",
    "what side effects do exosomes have?",
    "how much does an exosome facial cost?",
    "do exosomes help with hair loss?",
    "do exosomes work for scars?",
    "what is the difference between exosomes and prp?",
    "where do exosomes come from?",
    "how long do the results of exosomes last?",
    "who should not have exosomes?",
    "can exosomes cause serious harm?",
    "how are exosomes given?",
)
OUR_QUESTIONS = tuple(opener + question for opener in OPENERS for question in QUESTIONS)  # so that caches do not answer


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Assistant:
    """A running assistant: seconds until its first answer, its processes, what it is asked; `silent`: requests without a reply."""

    url: str
    start_seconds: float
    processes: Sequence[subprocess.Popen]
    questions: Sequence[str]
    silent: int = 0

    def ask(self, number: int, *, sender: str, session: requests.Session) -> float:
        """Seconds for one answer; one that is empty is counted in `silent` (stock Rasa under load gives such)."""
        body = {"sender": sender, "message": self.questions[number % len(self.questions)]}
        began = time.perf_counter()
        reply = session.post(self.url, json=body, timeout=60)
        seconds = time.perf_counter() - began
        assert reply.status_code == 200, body
        self.silent += not reply.json()
        return seconds

    def memory(self) -> float:
        """Megabytes of all its processes: proportional set size, which counts shared pages once."""
        return sum(_pss(pid) for process in self.processes for pid in _tree(process.pid)) / 1024


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in _tree(int(child)))]


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def latencies(assistant: Assistant, *, count: int) -> list[float]:
    """Seconds of `count` answers, one after the other, each in a conversation of its own."""
    with requests.Session() as session:
        return [assistant.ask(number, sender=f"one-{number}", session=session) for number in range(count)]


def by_turn(assistant: Assistant, *, turns: int) -> list[float]:
    """Seconds of each turn of one conversation."""
    with requests.Session() as session:
        return [assistant.ask(number, sender="long", session=session) for number in range(turns)]


def throughput(assistant: Assistant, *, clients: int, seconds: float) -> float:
    """Answers a second to so many clients at once; each begins a new conversation after five messages."""
    until = time.perf_counter() + seconds

    def client(name: int) -> int:
        done = 0
        with requests.Session() as session:
            while time.perf_counter() < until:
                assistant.ask(done + name * 7, sender=f"c{clients}-{name}-{done // 5}", session=session)
                done += 1
        return done

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = sum(pool.map(client, range(clients)))
    return done / (time.perf_counter() - began)


def _popen(command: Sequence[str], *, folder: Path, log: Path, env: dict[str, str]) -> subprocess.Popen:
    with log.open("ab") as out:
        return subprocess.Popen(command, cwd=folder, env={**os.environ, **QUIET, **env}, stdout=out, stderr=out)


@contextmanager
def _running(url: str, processes: Sequence[subprocess.Popen], *, began: float, questions: Sequence[str]) -> Iterator[Assistant]:
    try:
        while True:
            assert time.perf_counter() < began + PATIENCE, f"{url} does not answer"
            assert all(process.poll() is None for process in processes), f"{url} did not start"
            try:
                reply = requests.post(url, json={"sender": "first", "message": questions[0]}, timeout=60)
                if reply.status_code == 200 and reply.json():
                    break
            except (requests.ConnectionError, requests.Timeout, ValueError):
                pass
            time.sleep(0.1)
        yield Assistant(url, time.perf_counter() - began, processes, questions)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def ours(folder: Path) -> Iterator[Assistant]:
    """This assistant, its model trained before, with a store of its own in `folder`."""
    port = free_port()
    env = {"PORT": str(port), "DATABASE_URL": f"sqlite:///{folder / 'facts.db'}", "RATE_PER_CONVERSATION": "none"}
    env |= {"RATE_PER_ADDRESS": "none", "PRODUCTION": "", "TRACKER_URL": "", "REDIS_URL": "", "ACTION_URL": ""}
    began = time.perf_counter()
    process = _popen([sys.executable, "-m", "bot.serve"], folder=ROOT, log=folder / "ours.log", env=env)
    with _running(f"http://127.0.0.1:{port}/webhooks/rest/webhook", [process], began=began, questions=OUR_QUESTIONS) as made:
        yield made


def make_stock(folder: Path) -> float:
    """Makes the project of `rasa init` in `folder`, gives it a custom action, trains it; returns the seconds of training."""
    code = f"from rasa.cli.scaffold import create_initial_project as make; make({str(folder)!r})"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, env={**os.environ, **QUIET}, capture_output=True)
    (folder / "actions" / "actions.py").write_text(ACTION)
    domain = yaml.safe_load((folder / "domain.yml").read_text())
    (folder / "domain.yml").write_text(yaml.safe_dump({**domain, "actions": ["action_hello"]}))
    rules = folder / "data" / "rules.yml"
    rules.write_text(rules.read_text().replace("utter_iamabot", "action_hello"))
    began = time.perf_counter()
    env = {**os.environ, **QUIET}
    subprocess.run([*RASA, "train"], cwd=folder, check=True, env=env, capture_output=True)
    return time.perf_counter() - began


@contextmanager
def stock(folder: Path) -> Iterator[Assistant]:
    """The trained starter project: `rasa run` and `rasa run actions`, started together."""
    port, action_port = free_port(), free_port()
    (folder / "endpoints.yml").write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{action_port}/webhook"\n')
    commands = (["run", "actions", "-p", str(action_port)], ["run", "-p", str(port)])
    began = time.perf_counter()
    processes = [_popen([*RASA, *command], folder=folder, log=folder / "stock.log", env={}) for command in commands]
    url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    with _running(url, processes, began=began, questions=(STOCK_QUESTION,)) as made:
        yield made
