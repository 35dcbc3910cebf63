"""Trains the dialogue model when what it is made from has changed; the model's name carries the fingerprint."""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import hashlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import yaml

from bot import lean, logs, model_inputs, quiet  # noqa: F401  (quiet is first of all that is imported below: it silences it)
from bot.cli import exit_code
from bot.errors import ExoError, ModelError
from bot.settings import ROOT, settings

LOCK = ROOT / "build" / "start.lock"
ASIDE = ".training-"  # how the folder of a training under way is named
KEPT = 3  # models that stay, the newest ones: to go back to the data of the day before needs no training


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Holds back other starts on this machine; must not be nested. Where build/ cannot be written, nobody waits."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            LOCK.parent.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(LOCK.open("w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Waiting for another start to finish ...", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint(root: Path = ROOT) -> str:
    """Changes whenever something changes that the model is trained from."""
    chosen = settings()
    encoders = f"{chosen.encoder_dir}{chosen.topic_encoder_dir or ''}"
    return hashlib.sha256(f"{encoders}{model_inputs.fingerprint(root=root)}".encode()).hexdigest()[:16]


def current_model() -> Path:
    """Where the model for the present inputs is, or will be."""
    return settings().model_dir / f"exosome-guide-{fingerprint()}.tar.gz"


def own_error(error: BaseException | None) -> ExoError | None:
    """The error of this project that made `error`, which Rasa may have wrapped in its own."""
    while error:
        if isinstance(error, ExoError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _first(error: BaseException) -> BaseException:
    """The error from which `error` came, which Rasa may have wrapped in its own."""
    while earlier := error.__cause__ or error.__context__:
        error = earlier
    return error


def refuse(name: str, error: Exception) -> NoReturn:
    """Raises ModelError: the file `name` cannot be used, and where it is wrong."""
    cause = getattr(error, "underlying_yaml_exception", None) or error
    mark = getattr(cause, "problem_mark", None)
    what = getattr(cause, "strerror", None) or getattr(cause, "problem", None) or str(cause) or type(cause).__name__
    where = f" (line {mark.line + 1})" if mark else ""
    raise ModelError(f"{name} cannot be used: {' '.join(what.split()).rstrip('.')[:300]}{where}.") from None


def _require_readable(root: Path) -> None:
    """Reads Rasa's files as YAML and the domain as Rasa does, because Rasa's own errors do not always name the file."""
    from rasa.shared.core.domain import Domain, InvalidDomain
    from rasa.shared.exceptions import RasaException

    folders = (root / "data" / name for name in ("rules", "stories"))
    paths = [root / "domain.yml", root / "config.yml", *(path for folder in folders for path in sorted(folder.glob("*.yml")))]
    for path in paths:
        name = str(path.relative_to(root))
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            refuse(name, error)
        if not isinstance(content, dict):
            refuse(name, ValueError("it must hold keys with values"))
    try:
        Domain.load(str(root / "domain.yml"))
    except (RasaException, InvalidDomain, ValueError, TypeError, KeyError, AttributeError) as error:
        refuse("domain.yml", error)


def _train(model: Path, *, force: bool, root: Path = ROOT) -> None:
    """Trains aside and puts the finished model in its place, so that an interrupted training leaves none."""
    from rasa.model_training import train as rasa_train
    from rasa.shared.exceptions import RasaException

    from bot.nlu.features import features

    _require_readable(root)
    features()  # says in one sentence when the encoder is missing
    failed = ModelError("The dialogue model could not be trained; run 'make validate' to see what is wrong.")
    try:
        model.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=ASIDE, dir=model.parent) as aside:
            with contextlib.redirect_stdout(io.StringIO()):
                rasa_train(
                    domain=str(root / "domain.yml"),
                    config=str(root / "config.yml"),
                    training_files=[str(root / "data" / name) for name in ("nlu", "rules", "stories")],
                    output=aside,
                    fixed_model_name=model.name.removesuffix(".tar.gz"),
                    force_training=force,
                )
            made = Path(aside) / model.name
            if not made.is_file():
                raise failed
            _unpack(made)
            os.replace(made, model)
        forget_old(model.parent)
    except SystemExit:  # Rasa printed why, among much else
        raise failed from None
    except OSError as error:
        raise ModelError(f"The dialogue model could not be written to {model.parent}: {error.strerror or error}.") from None
    except (RasaException, yaml.YAMLError, ValueError, TypeError, KeyError, AttributeError) as error:
        if own := own_error(error):
            raise own from None
        first = _first(error)
        if logs.is_ours(first):  # a defect of this project, whatever the files hold
            raise ModelError(f"The dialogue model could not be trained: {logs.told(first)}.") from error
        refuse(getattr(error, "filename", None) or "One of config.yml, domain.yml and data/", error)


def _unpack(model: Path) -> None:
    """Writes the archive anew without compression, which saves a quarter and costs a second at each start."""
    aside = model.with_suffix(".aside")
    with gzip.open(model) as packed, gzip.open(aside, "wb", compresslevel=0) as plain:
        shutil.copyfileobj(packed, plain, length=1 << 20)
    os.replace(aside, model)


def forget_old(folder: Path) -> None:
    """Deletes all but the newest of this project's models in `folder`, and what a training that was killed left there."""
    for left in folder.glob(f"{ASIDE}*"):  # only one trains at a time
        shutil.rmtree(left, ignore_errors=True)
    models = sorted(folder.glob("exosome-guide-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[KEPT:]:
        old.unlink(missing_ok=True)


def train(*, force: bool = False) -> Path:
    """The model for the present inputs, trained now if there is none. Raises ModelError."""
    model = current_model()
    if model.is_file() and not force:
        return model
    from bot.nlu import minilm

    minilm.shared(settings().encoder_dir)  # the answers need it, not the training; but who lacks it need not wait for a model
    with one_at_a_time():
        if force or not model.is_file():  # another start may have made it meanwhile
            print("Training the dialogue model; this takes a few minutes ...", flush=True)
            _train(model, force=force)
    return model


def main() -> None:
    """Trains and says where the model is."""
    print(f"The dialogue model is {train(force='--force' in sys.argv)}.")


if __name__ == "__main__":
    lean.leave_out()
    sys.exit(exit_code(main))
