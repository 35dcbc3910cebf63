"""What an operator runs in a terminal: the commands, what they say, and that `make` passes settings on as they are."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import model_inputs, train
from bot.channels.envelope import SORRY
from bot.cli import exit_code, main
from bot.errors import ModelError
from bot.settings import ROOT, settings
from bot.train import fingerprint, forget_old, one_at_a_time
from tests.builders import fact_row, valid_rows, write

LOADED = r"\d+ facts?, \d+ gaps? and \d+ sources? are in the store as release {}\.\n"


def _make(*arguments: str, **env: str | None) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in {**os.environ, **env}.items() if value is not None}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=ROOT, env=given, capture_output=True, text=True, timeout=120
    )


def _environment(*arguments: str, **env: str | None) -> dict[str, str]:
    done = _make("--eval=probe:;@env", "probe", *arguments, **env)
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small valid facts folder and a database of its own, as the settings name them."""
    folder = write(tmp_path / "facts", valid_rows())
    monkeypatch.setenv("FACTS_DIR", str(folder))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'facts.db'}")
    monkeypatch.delenv("CLINIC_DIR", raising=False)
    monkeypatch.setattr(train, "LOCK", tmp_path / "lock")
    return folder


class TestFacts:
    """`facts check` and `facts load` work on the folders of the settings."""

    def test_load_says_what_is_in_the_store(self, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        codes = [main(["facts", "load"]), main(["facts", "load"])]
        out = capsys.readouterr().out
        assert codes == [0, 0]
        assert re.fullmatch(2 * LOADED.format(1), out), out

    def test_check_says_what_is_in_order(self, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["facts", "check"]) == main(["facts", "check", str(own_folder)]) == 0
        first, second = capsys.readouterr().out.splitlines()
        assert first == second
        assert first.endswith("are in order.")

    @pytest.mark.parametrize("command", ["check", "load"])
    def test_what_is_wrong_is_said(self, command: str, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(own_folder, {"facts/own.yml": [fact_row("own", topics=["nothing"])]})
        assert main(["facts", command]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert f"{own_folder / 'facts/own.yml'}: record 'own', field 'topics" in said.err

    @pytest.mark.parametrize("command", ["check", "load"])
    def test_a_wrong_vocabulary_is_said(self, command: str, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (own_folder / "vocabulary.yml").write_text("colour: {}")
        assert main(["facts", command]) == 1
        assert "there is no label 'colour'" in capsys.readouterr().err


class TestMake:
    """The Makefile."""

    def test_facts_loads_them(self, tmp_path: Path) -> None:
        done = _make("facts", DATABASE_URL=f"sqlite:///{tmp_path / 'facts.db'}", PORT=None)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(LOADED.format(1), done.stdout.splitlines(keepends=True)[-1])  # after "Waiting ...", if another starts

    @pytest.mark.parametrize("target", ["run", "shell", "test", "train", "facts", "eval"])
    def test_every_target_can_be_read(self, target: str) -> None:
        assert _make("-n", target, PORT=None).returncode == 0

    def test_the_port_is_passed_on_when_there_is_one(self) -> None:
        assert "PORT" not in _environment(PORT=None)
        assert _environment(PORT="5007")["PORT"] == _environment("PORT=5007", PORT=None)["PORT"] == "5007"

    def test_without_a_home_uv_keeps_its_downloads_in_build(self) -> None:
        for home in (None, "", "/no/such/folder"):
            assert _environment(HOME=home, UV_CACHE_DIR=None)["UV_CACHE_DIR"] == str(ROOT / "build" / "uv-cache")
        assert "UV_CACHE_DIR" not in _environment(HOME=str(ROOT), UV_CACHE_DIR=None)


def _raise(error: BaseException) -> Callable[..., object]:
    def work(**_: object) -> object:
        raise error

    return work


def test_how_work_ends_is_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert [exit_code(work) for work in (int, _raise(ModelError("No.")), _raise(KeyboardInterrupt()))] == [0, 1, 130]
    assert capsys.readouterr() == ("", "No.\n")


class TestFingerprint:
    """A model is trained anew when what it is made from changes, and only then."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        for name in (*model_inputs.INPUTS, *model_inputs.NO_INPUTS):
            path = tmp_path / name if Path(name).suffix else tmp_path / name / "file.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("before")
        return tmp_path

    @pytest.mark.parametrize("name", model_inputs.INPUTS)
    def test_inputs_count(self, root: Path, name: str) -> None:
        before = fingerprint(root)
        (root / name if Path(name).suffix else root / name / "file.py").write_text("after")
        assert fingerprint(root) != before

    def test_what_only_cleans_or_keeps_does_not_count(self, root: Path) -> None:
        before = fingerprint(root)
        for name in model_inputs.NO_INPUTS:
            (root / name if Path(name).suffix else root / name / "file.py").write_text("after")
        assert fingerprint(root) == before

    @pytest.mark.parametrize("name", ["ENCODER_DIR", "TOPIC_ENCODER_DIR"])
    def test_the_encoders_count(self, root: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        before = fingerprint(root)
        monkeypatch.setenv(name, str(root))
        settings.cache_clear()
        assert fingerprint(root) != before


def test_the_models_archive_holds_the_same_without_compression(tmp_path: Path) -> None:
    (tmp_path / "part").write_text("part " * 1000)
    model = tmp_path / "model.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        archive.add(tmp_path / "part", arcname="part")
    small = model.stat().st_size
    train._unpack(model)
    with tarfile.open(model, "r:gz") as archive:
        assert archive.extractfile("part").read() == b"part " * 1000  # type: ignore[union-attr]
    assert model.stat().st_size > 5000 > small
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.tar.gz", "part"]


class TestTraining:
    """A file that cannot be used is named in one sentence, and no model is left behind."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        (tmp_path / "data").mkdir()
        for name in ("domain.yml", "config.yml"):
            (tmp_path / name).write_text((ROOT / name).read_text())
        return tmp_path

    @pytest.mark.parametrize(
        ("name", "content", "what"),
        [
            ("domain.yml", "intents: [a", "domain.yml cannot be used: .+ \\(line \\d+\\)"),
            ("domain.yml", None, "domain.yml cannot be used: No such file or directory"),
            ("domain.yml", "intents: 7", "domain.yml cannot be used: .+"),
            ("domain.yml", "- a", "domain.yml cannot be used: it must hold keys with values"),
            ("config.yml", "pipeline:\n\t- x", "config.yml cannot be used: .+ \\(line \\d+\\)"),
            ("data/rules/rules.yml", "rules: [a", "data/rules/rules.yml cannot be used: .+"),
        ],
    )
    def test_a_broken_file_is_named(self, root: Path, name: str, content: str | None, what: str) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            (root / name).unlink()
        else:
            (root / name).write_text(content)
        with pytest.raises(ModelError, match=f"^{what}\\.$"):
            train._train(root / "models" / "m.tar.gz", force=False, root=root)
        assert not (root / "models").exists()

    def test_a_broken_file_of_messages_is_named(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bot.nlu.features.features", lambda: None)
        broken = root / "data" / "nlu" / "cost.yml"
        broken.parent.mkdir()
        broken.write_text("nlu:\n- intent: [a")
        with pytest.raises(ModelError, match=rf"^{broken} cannot be used: .+\.$"):
            train._train(root / "models" / "m.tar.gz", force=False, root=root)
        assert list((root / "models").iterdir()) == []

    def test_a_defect_of_our_own_is_told_by_its_place_and_not_laid_to_a_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr("rasa.model_training.train", _raise(KeyError("learnt")))
        monkeypatch.setattr("bot.nlu.features.features", lambda: None)
        with pytest.raises(ModelError, match=rf"^The dialogue model could not be trained: KeyError at {__file__}:\d+\.$"):
            train._train(tmp_path / "models" / "m.tar.gz", force=False)

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), SystemExit(1)])
    def test_an_interrupted_training_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Any) -> None:
        def rasa_train(*, output: str, fixed_model_name: str, **_: Any) -> None:
            (Path(output) / f"{fixed_model_name}.tar.gz").write_text("half")
            raise error

        monkeypatch.setattr("rasa.model_training.train", rasa_train)
        monkeypatch.setattr("bot.nlu.features.features", lambda: None)
        with pytest.raises((ModelError, KeyboardInterrupt)):
            train._train(tmp_path / "models" / "m.tar.gz", force=False)
        assert list((tmp_path / "models").iterdir()) == []

    def test_old_models_and_what_a_killed_training_left_are_deleted_and_nothing_else(self, tmp_path: Path) -> None:
        names = [f"exosome-guide-{number}.tar.gz" for number in range(5)]
        for age, name in enumerate([*names, "somebody-elses.tar.gz"]):
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (1000 - age, 1000 - age))
        (tmp_path / ".training-killed").mkdir()
        (tmp_path / ".training-killed" / "half").touch()
        forget_old(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {*names[:3], "somebody-elses.tar.gz"}

    def test_a_model_made_meanwhile_is_taken(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        made = iter([False, True])
        monkeypatch.setattr(train, "LOCK", tmp_path / "lock")
        there = Path.is_file
        monkeypatch.setattr(Path, "is_file", lambda path: next(made) if path.name == "m.tar.gz" else there(path))
        monkeypatch.setattr(train, "current_model", lambda: Path("m.tar.gz"))
        assert train.train() == Path("m.tar.gz")


def test_a_folder_that_cannot_be_written_holds_nobody_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "LOCK", Path("/proc/none/lock"))
    with one_at_a_time(), one_at_a_time():
        pass


class TestShell:
    """A conversation in the terminal, with a stand-in for the assistant."""

    @pytest.fixture
    def said(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
        """What reaches the assistant; "boom" makes it fail."""
        heard: list[tuple[str, list[str]]] = []

        async def load() -> None:
            return None

        async def say(_: None, text: str, *, sender: str, offered: list[str]) -> list[dict[str, Any]]:
            heard.append((text, offered))
            if text == "boom":
                raise RuntimeError
            return [{"text": f"You said {text}", "buttons": [{"title": "Costs", "payload": "/ask"}], "custom": {"kind": "answer"}}]

        monkeypatch.setattr("bot.local.load", load)
        monkeypatch.setattr("bot.local.say", say)
        return heard

    def _talk(self, monkeypatch: pytest.MonkeyPatch, *lines: Any) -> int:
        from bot.shell import talk

        typed = iter(lines)

        def read(_: str) -> str:
            line = next(typed)
            return line if isinstance(line, str) else _raise(line)()  # type: ignore[return-value]

        monkeypatch.setattr("builtins.input", read)
        return exit_code(talk)

    def test_a_number_chooses_a_button(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: list[tuple[str, list[str]]]
    ) -> None:
        assert self._talk(monkeypatch, "hello", "1", "7", "", "quit") == 0
        assert said == [("hello", []), ("/ask", ["/ask"]), ("7", ["/ask"])]
        assert "You said /ask\n  1. Costs\n" in capsys.readouterr().out

    def test_a_failure_is_said_and_the_talk_goes_on(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: list[tuple[str, list[str]]]
    ) -> None:
        assert self._talk(monkeypatch, "boom", "hello", EOFError()) == 0
        out = capsys.readouterr().out
        assert SORRY.format(emergency="911") in out
        assert "You said hello" in out

    def test_interrupted_it_ends_quietly(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: list[tuple[str, list[str]]]
    ) -> None:
        assert self._talk(monkeypatch, "hello", KeyboardInterrupt()) == 130
        assert capsys.readouterr().err == ""
