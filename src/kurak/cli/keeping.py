"""Processes that belong together: started together, started anew when one dies, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field

PAUSE = 1.0  # seconds before a dead child is started anew
TOO_OFTEN = 5  # deaths within ...
WITHIN = 30.0  # ... so many seconds: something is wrong that starting anew does not mend
GRACE = 10.0  # seconds to end in


@dataclass
class Child:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=TOO_OFTEN))

    def start(self) -> None:
        """In a session of its own: its own children go with it, and Ctrl-C reaches only the keeper."""
        environment = {**os.environ, **self.environment}
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command, env=environment, start_new_session=True, preexec_fn=die_with_parent
        )

    def signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def die_with_parent() -> None:
    """On Linux a child is ended when the keeper is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Keeper:
    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False

    def start(self) -> None:
        allow_many_connections()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        for child in self.children:
            child.start()

    def stop(self, *_: object) -> None:
        self.stopping = True

    def keep(self) -> int:
        """Until told to stop (0) or until a child dies too often (1)."""
        failed = False
        while not self.stopping and not failed:
            for child in self.children:
                failed |= not child.is_running and not self.revive(child)
            time.sleep(0.2)
        self.end()
        return int(failed)

    def revive(self, child: Child) -> bool:
        """Start a dead child anew, after what is left of its group is gone; False if it dies too often."""
        child.signal(signal.SIGKILL)
        child.deaths.append(time.monotonic())
        code = child.process.returncode if child.process else None
        if len(child.deaths) == TOO_OFTEN and child.deaths[-1] - child.deaths[0] < WITHIN:
            print(
                f"kurak: {child.name} ended {TOO_OFTEN} times in {WITHIN:.0f} s (last: {code}); stopping",
                file=sys.stderr,
            )
            return False
        print(f"kurak: {child.name} ended ({code}); starting it anew", file=sys.stderr, flush=True)
        time.sleep(PAUSE)
        child.start()
        return True

    def end(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + GRACE
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, until - time.monotonic()))
            child.signal(signal.SIGKILL)


def allow_many_connections() -> None:
    """Every live stream is an open file; the usual soft limit of 1,024 is for people at terminals."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
