"""What kurak serve says and starts."""

import socket

import pytest

from kurak.cli import serve


def words_of(*, sqlite):
    return {child.name: " ".join(child.command) for child in serve.children("127.0.0.1", 8000, sqlite=sqlite)}


def test_a_busy_port_is_named_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port}.*PORT="):
            serve.refuse_busy("127.0.0.1", port)


def test_sqlite_has_one_writer():
    assert "--workers 1 --blocking-threads 1" in words_of(sqlite=True)["pages"]


def test_postgresql_takes_more():
    assert "--workers 2 --blocking-threads 4" in words_of(sqlite=False)["pages"]


def test_live_streams_are_on_the_next_port():
    assert "--port 8001" in words_of(sqlite=True)["live streams"]


def test_no_server_writes_down_who_came():
    words = words_of(sqlite=True)
    assert "--no-access-log" in words["live streams"]
    assert "--access-log" not in words["pages"].replace("--no-access-log", "")
