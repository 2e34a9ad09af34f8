"""make load: votes per second, waiting times, the age of the picture, and whether any vote was lost or doubled;
on SQLite and on PostgreSQL, undisturbed and with the server killed (-9) again and again. Prints figures only."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NO_POSTGRES = 97  # what tests/with-postgres says where there is none


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=60, help="of voting, undisturbed (default 60)")
    parser.add_argument("--rate", type=float, default=550, help="votes offered a second (default 550)")
    parser.add_argument("--streams", type=int, default=5000, help="open live streams (default 5000)")
    parser.add_argument("--statements", type=int, default=200)
    parser.add_argument("--votes-each", type=int, default=50, help="votes of one participant (default 50)")
    parser.add_argument("--kills", type=int, default=10, help="kill -9 of the pages in a second run; 0: no such run")
    parser.add_argument("--kill-every", type=float, default=8, help="seconds between two kills (default 8)")
    parser.add_argument(
        "--crash-rate", type=float, default=250, help="votes offered a second in that run (default 250)"
    )
    parser.add_argument("--read-cards", action="store_true", help="voters fetch new cards after every five votes")
    return parser


def main() -> int:
    chosen = options().parse_args()
    failed = 0
    for database in chosen.databases:
        command = [sys.executable, "-m", "bench.load.run", *sys.argv[1:]]
        if database == "postgresql":
            command = ["sh", str(ROOT / "tests" / "with-postgres"), *command]
        environment = {**os.environ, "KURAK_TEST_DURABLE": "1", "OMP_NUM_THREADS": "1"}
        environment.pop("DATABASE_URL", None)
        code = subprocess.run(command, cwd=ROOT, env=environment).returncode
        if code == NO_POSTGRES:
            print("postgresql: left out, there is no PostgreSQL server on this machine")
        failed |= code not in (0, NO_POSTGRES)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
