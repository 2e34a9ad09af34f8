"""A keeper starts its children, starts a dead one anew, gives up on one that keeps dying, and ends them all."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from kurak.cli import keeping
from kurak.cli.keeping import Child, Keeper

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)",
]

PARENT = """
import pathlib, subprocess, time
child = subprocess.Popen({child!r})
pathlib.Path({note!r}).write_text(str(child.pid))
time.sleep(600)
"""


@pytest.fixture
def keep(monkeypatch):
    """Keeps children in a thread of its own, as the main process would."""
    monkeypatch.setattr(keeping, "PAUSE", 0)
    monkeypatch.setattr(keeping, "GRACE", 2.0)
    keepers = []

    def kept(*commands):
        keeper = Keeper([Child(f"child {number}", command) for number, command in enumerate(commands)])
        answer = []
        for child in keeper.children:
            child.start()
        thread = threading.Thread(target=lambda: answer.append(keeper.keep()))
        thread.start()
        keepers.append((keeper, thread))
        return keeper, thread, answer

    yield kept
    for keeper, thread in keepers:
        keeper.stop()
        thread.join(20)


def until(condition, patience=20.0):
    end = time.monotonic() + patience
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_a_killed_child_is_started_anew(keep):
    keeper, _, _ = keep(SLEEPER)
    first = keeper.children[0].process.pid
    os.kill(first, signal.SIGKILL)
    assert until(lambda: keeper.children[0].process.pid != first and keeper.children[0].is_running)


def test_what_a_killed_child_had_started_is_ended_too(keep, tmp_path):
    note = tmp_path / "grandchild"
    keeper, _, _ = keep([sys.executable, "-c", PARENT.format(child=SLEEPER, note=str(note))])
    assert until(lambda: note.exists() and note.read_text().strip() != "")
    grandchild = int(note.read_text())
    os.kill(keeper.children[0].process.pid, signal.SIGKILL)
    assert until(lambda: not is_alive(grandchild))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_child_that_keeps_dying_ends_everything(keep, capfd):
    keeper, thread, answer = keep(SLEEPER, [sys.executable, "-c", "raise SystemExit(3)"])
    thread.join(30)
    assert answer == [1]
    assert not any(child.is_running for child in keeper.children)
    assert "ended 5 times" in capfd.readouterr().err


def test_stopping_ends_even_a_child_that_will_not_listen(keep):
    keeper, thread, answer = keep(SLEEPER, STUBBORN)
    keeper.stop()
    thread.join(20)
    assert answer == [0]
    assert until(lambda: not any(child.is_running for child in keeper.children))
