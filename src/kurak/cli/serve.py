"""kurak serve: the whole platform on this machine: pages, live streams, task worker."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

from kurak.cli import preparing
from kurak.cli.keeping import Child, Keeper

PYTHON = sys.executable


def children(host: str, port: int, *, sqlite: bool) -> list[Child]:
    """SQLite has one writer: one thread is fastest and smoothest there. PostgreSQL takes more."""
    workers, threads = (1, 1) if sqlite else (2, 4)
    pages = ["granian", "--interface", "wsgi", "kurak.web.wsgi:application", "--no-ws", "--log-level", "warning"]
    pages += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)]
    live = ["uvicorn", "kurak.web.asgi:application", "--host", host, "--port", str(port + 1)]
    live += ["--workers", "1", "--no-access-log", "--log-level", "warning"]
    return [
        Child("pages", [PYTHON, "-m", *pages]),
        Child("live streams", [PYTHON, "-m", *live], {"KURAK_PROCESS": "live"}),
        Child("task worker", [PYTHON, "-m", "kurak.cli.main", "worker"]),
    ]


def refuse_busy(host: str, *ports: int) -> None:
    for port in ports:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError as problem:
                raise SystemExit(
                    f"Port {port} of {host} cannot be used ({problem.strerror}). "
                    f"Choose another one, which must be free together with the one after it: PORT=8100 make run"
                ) from problem


def asking(port: int) -> Request:
    """As the web server in front would ask: in production no other host and no plain HTTP is answered."""
    host = os.environ.get("KURAK_HOSTS", "").split(",")[0] or f"localhost:{port}"
    return Request(f"http://127.0.0.1:{port}/robots.txt", headers={"Host": host, "X-Forwarded-Proto": "https"})


def wait_until_answering(port: int, *, patience: float = 60) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            urlopen(asking(port), timeout=5).close()  # noqa: S310 - our own address
            return True
        except (URLError, OSError):
            time.sleep(0.2)
    return False


def serve(host: str, port: int, *, sample: bool) -> int:
    refuse_busy(host, port, port + 1)
    os.environ["PORT"] = str(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    told = preparing.prepare(sample=sample)
    from django.db import connection, connections

    sqlite = connection.vendor == "sqlite"
    connections.close_all()
    keeper = Keeper(children(host, port, sqlite=sqlite))
    keeper.start()
    if wait_until_answering(port):
        print(f"\nKurak is at http://localhost:{port}/\n{told}\nCtrl-C stops it.", flush=True)
    return keeper.keep()


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kurak serve", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("KURAK_LISTEN", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="port of the pages")
    parser.add_argument("--without-sample", action="store_true", help="do not load the sample region")
    chosen = parser.parse_args(words)
    return serve(chosen.host, chosen.port, sample=not chosen.without_sample)


if __name__ == "__main__":
    sys.exit(main())
