"""The whole platform as `kurak serve` runs it: pages, live streams, task worker, with a home that ends with the run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from kurak.cli.keeping import die_with_parent

PATIENCE = 120.0
PROCESSES = {"pages": "granian", "live": "uvicorn", "worker": "main worker"}  # words of their command lines


def free_port() -> int:
    """A port that is free together with the one after it."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


class Platform:
    """`with Platform() as platform`: serving on platform.port, streams on the port after it."""

    def __enter__(self) -> Platform:
        self.home = Path(tempfile.mkdtemp(prefix="kurak-load-"))
        self.port = free_port()
        os.environ |= {
            "KURAK_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "kurak.web.settings",
            "PORT": str(self.port),
        }
        self.log = (self.home / "serve.log").open("w+")
        command = [sys.executable, "-m", "kurak.cli.main", "serve", "--port", str(self.port), "--without-sample"]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, preexec_fn=die_with_parent)
        self.wait()
        return self

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while "Kurak is at" not in self.said():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the platform did not start:\n{self.said()}")
            time.sleep(0.2)

    def said(self) -> str:
        return (self.home / "serve.log").read_text()

    def children(self, word: str) -> list[psutil.Process]:
        found = psutil.Process(self.process.pid).children()
        return [child for child in found if word in " ".join(child.cmdline())]

    def kill_pages(self) -> bool:
        """kill -9 of the process that serves pages, with all its workers; the keeper starts it anew."""
        pages = self.children("granian")
        for child in pages:
            os.killpg(child.pid, signal.SIGKILL)
        return bool(pages)

    def memory(self) -> dict[str, int]:
        """Megabytes by process: pages, live, worker."""
        words = PROCESSES
        return {
            name: sum(each.memory_info().rss for child in self.children(word) for each in (child, *child.children()))
            >> 20
            for name, word in words.items()
        }

    def processor(self) -> dict[str, float]:
        """Seconds of processor time by process, up to now."""
        words = PROCESSES
        times = lambda each: sum(each.cpu_times()[:2])  # noqa: E731
        return {
            name: sum(times(each) for child in self.children(word) for each in (child, *child.children()))
            for name, word in words.items()
        }

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                child.kill()
            self.process.kill()
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)
