"""The ways of docs/operations.md to back up and restore, tried on a store with facts and a conversation."""

from __future__ import annotations

from tests.deploy.place import Place


def test_a_backup_brings_all_back(place: Place) -> None:
    place.fill()
    place.back_up()
    place.spoil()
    assert place.held() == ([], [])
    place.restore()
    assert place.held() == (["kept"], ["rest-me"])


def test_a_backup_is_made_while_a_server_has_the_database_open(place: Place) -> None:
    from bot.database import connect

    place.fill()
    engine = connect(place.url)
    with engine.connect() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM record").scalar_one() > 0
        place.back_up()
    engine.dispose()
    place.spoil()
    place.restore()
    assert place.held() == (["kept"], ["rest-me"])
