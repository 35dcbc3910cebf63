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
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import requests
import yaml

from bot.errors import ExoError
from bot.settings import ROOT
from tools.bench_questions import OUR_QUESTIONS, ROUND

PATIENCE = 600.0  # seconds for a start on a busy machine
REPLY_SECONDS = 30.0  # after that a request counts as failed
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
# What `rasa train` puts in place of an empty configuration, with fewer rounds of training.
BRIEFLY = """recipe: default.v1
assistant_id: stock
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - {name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}
  - {name: DIETClassifier, epochs: 40, constrain_similarities: true}
  - name: EntitySynonymMapper
  - {name: ResponseSelector, epochs: 1, constrain_similarities: true}
  - {name: FallbackClassifier, threshold: 0.3, ambiguity_threshold: 0.1}
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - {name: UnexpecTEDIntentPolicy, max_history: 5, epochs: 1}
  - {name: TEDPolicy, max_history: 5, epochs: 1, constrain_similarities: true}
"""


class BenchError(ExoError):
    """An assistant could not be measured."""


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Assistant:
    """A running assistant: seconds until its first answer, its processes, what it is asked.

    `silent` counts the requests without a reply, `failed` those that got an error, or nothing in time.
    """

    url: str
    start_seconds: float
    processes: Sequence[subprocess.Popen]
    questions: Sequence[str]
    silent: int = 0
    failed: int = 0
    asked: Iterator[int] = field(default_factory=count)

    def ask(self, *, sender: str, session: requests.Session) -> float:
        """Seconds for the next answer; one that is empty or fails is counted and not raised (stock Rasa under load gives such)."""
        body = {"sender": sender, "message": self.questions[next(self.asked) % len(self.questions)]}
        began = time.perf_counter()
        try:
            reply = session.post(self.url, json=body, timeout=REPLY_SECONDS)
            reply.raise_for_status()
            self.silent += not reply.json()
        except (requests.RequestException, ValueError):
            self.failed += 1
        return time.perf_counter() - began

    def memory(self) -> float:
        """Megabytes of all its processes: proportional set size, which counts shared pages once."""
        return sum(_pss(pid) for process in self.processes for pid in _tree(process.pid)) / 1024


def _last_line(log: Path) -> str:
    return next((line for line in reversed(log.read_text(errors="replace").splitlines()) if line.strip()), "it said nothing")


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


def latencies(assistant: Assistant, *, answers: int) -> list[float]:
    """Seconds of so many answers, one after the other, each in a conversation of its own."""
    with requests.Session() as session:
        return [assistant.ask(sender=f"one-{answers}-{number}", session=session) for number in range(answers)]


def by_turn(assistant: Assistant, *, turns: int) -> list[float]:
    """Seconds of each turn of one conversation, from the beginning of a round on: what is asked early is asked late too."""
    while (next(assistant.asked) + 1) % ROUND:
        pass
    with requests.Session() as session:
        return [assistant.ask(sender="long", session=session) for _ in range(turns)]


def throughput(assistant: Assistant, *, clients: int, seconds: float) -> float:
    """Answers a second to so many clients at once; each begins a new conversation after five messages."""
    until = time.perf_counter() + seconds

    def client(name: int) -> int:
        done = 0
        with requests.Session() as session:
            while time.perf_counter() < until:
                assistant.ask(sender=f"c{clients}-{name}-{done // 5}", session=session)
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
def _running(
    url: str, processes: Sequence[subprocess.Popen], *, began: float, questions: Sequence[str], log: Path
) -> Iterator[Assistant]:
    try:
        while True:
            if time.perf_counter() > began + PATIENCE:
                raise BenchError(f"{url} does not answer; its log is {log}")
            if any(process.poll() is not None for process in processes):
                raise BenchError(f"{url} did not start: {_last_line(log)}")
            try:
                reply = requests.post(url, json={"sender": "first", "message": questions[0]}, timeout=REPLY_SECONDS)
                if reply.status_code == 200 and reply.json():
                    break
            except (requests.RequestException, ValueError):
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
def ours(folder: Path, *, command: Sequence[str] = ("bot.serve",)) -> Iterator[Assistant]:
    """This assistant, its model trained before, with a store of its own in `folder`; `command`: the module that serves it."""
    port = free_port()
    env = {"PORT": str(port), "DATABASE_URL": f"sqlite:///{folder / 'facts.db'}", "RATE_PER_CONVERSATION": "none"}
    env |= {"RATE_PER_ADDRESS": "none", "PRODUCTION": "", "TRACKER_URL": "", "REDIS_URL": "", "ACTION_URL": ""}
    began = time.perf_counter()
    process = _popen([sys.executable, "-m", *command], folder=ROOT, log=folder / "ours.log", env=env)
    with _running(
        f"http://127.0.0.1:{port}/webhooks/rest/webhook", [process], began=began, questions=OUR_QUESTIONS, log=folder / "ours.log"
    ) as made:
        yield made


def make_stock(folder: Path, *, briefly: bool = False) -> float:
    """Makes the project of `rasa init` in `folder`, gives it a custom action, trains it; returns the seconds of training.

    `briefly` trains the same parts for fewer rounds: that answers as fast, but the seconds say nothing.
    """
    code = f"from rasa.cli.scaffold import create_initial_project as make; make({str(folder)!r})"
    _done([sys.executable, "-W", "ignore", "-c", code], folder=folder.parent)
    (folder / "actions" / "actions.py").write_text(ACTION)
    domain = yaml.safe_load((folder / "domain.yml").read_text())
    (folder / "domain.yml").write_text(yaml.safe_dump({**domain, "actions": ["action_hello"]}))
    rules = folder / "data" / "rules.yml"
    rules.write_text(rules.read_text().replace("utter_iamabot", "action_hello"))
    if briefly:
        (folder / "config.yml").write_text(BRIEFLY)
    began = time.perf_counter()
    _done([*RASA, "train"], folder=folder)
    return time.perf_counter() - began


def _done(command: Sequence[str], *, folder: Path) -> None:
    """Runs a command to its end. Raises BenchError with what it said last."""
    log = folder / "made.log"
    with log.open("ab") as out:
        code = subprocess.run(command, cwd=folder, env={**os.environ, **QUIET}, stdout=out, stderr=out).returncode
    if code:
        raise BenchError(f"The stock project could not be made: {_last_line(log)}")


@contextmanager
def stock(folder: Path) -> Iterator[Assistant]:
    """The trained starter project: `rasa run` and `rasa run actions`, started together."""
    port, action_port = free_port(), free_port()
    (folder / "endpoints.yml").write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{action_port}/webhook"\n')
    commands = (["run", "actions", "-p", str(action_port)], ["run", "-p", str(port)])
    began = time.perf_counter()
    processes = [_popen([*RASA, *command], folder=folder, log=folder / "stock.log", env={}) for command in commands]
    url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    with _running(url, processes, began=began, questions=(STOCK_QUESTION,), log=folder / "stock.log") as made:
        yield made
