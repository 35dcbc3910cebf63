"""What is kept between starts: made once, made anew when its source changes, and never a reason not to start."""

from __future__ import annotations

from pathlib import Path

from bot.kept import kept


def test_it_is_made_once_for_each_source(tmp_path: Path) -> None:
    made: list[str] = []

    def get(of: bytes, value: str) -> object:
        def make() -> dict[str, str]:
            made.append(value)
            return {"value": value}

        return kept("names", of=of, make=make, place=tmp_path / "kept")

    assert [get(b"1", "ä"), get(b"1", "b"), get(b"2", "c"), get(b"1", "d")] == [{"value": value} for value in "ääcd"]
    assert made == ["ä", "c", "d"]
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    kept("names", of=b"1", make=lambda: [1], place=tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text("[1")
    assert [kept("names", of=b"1", make=lambda: [2], place=tmp_path) for _ in range(2)] == [[2], [2]]
    assert path.read_text() == "[2]"


def test_where_nothing_can_be_written_it_is_made_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert [kept("names", of=b"1", make=lambda: [1], place=tmp_path / "file") for _ in range(2)] == [[1], [1]]
