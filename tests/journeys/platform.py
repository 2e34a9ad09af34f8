"""The real platform in processes of its own: kurak serve, on a free port, with a database that ends with the tests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]


class Platform:
    def __init__(self, home: Path, *, sample: bool = False) -> None:
        self.home, self.port = home, two_free_ports()
        self.log = home / "serve.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KURAK_")},
            "KURAK_HOME": str(home),
            "KURAK_EXIT_URL": f"http://localhost:{self.port}/robots.txt",  # nothing outside this machine
            "DJANGO_SETTINGS_MODULE": "kurak.web.settings",
            "PORT": str(self.port),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "OMP_NUM_THREADS": "1",
        }
        self.environment.pop("DATABASE_URL", None)
        words = ["-m", "kurak.cli.serve", "--port", str(self.port), *([] if sample else ["--without-sample"])]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def wait(self, seconds: float = 120) -> Platform:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urlopen(f"{self.url}/robots.txt", timeout=5).close()
                return self
            except (URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(f"the platform did not start:\n{self.log.read_text()}")

    def prepare(self, function: str, **arguments):
        """Call a function (module:name) in the platform's own settings and database; its answer is JSON."""
        words = [sys.executable, "-m", "tests.journeys.preparing", function, json.dumps(arguments)]
        done = subprocess.run(words, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def two_free_ports() -> int:
    """A free port whose neighbour is free too: live streams are served on the next one."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no two free ports side by side")
