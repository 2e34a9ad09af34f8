"""How long the national data sets take to come in, and how fast the pages over them answer.

    python -m bench indicators

Takes a database of its own in a temporary folder. Prints wall and processor seconds and the load of the machine: a busy
one is slow. Files: shared/data/commitments/sdg beside the project."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).parents[1] / "../shared/data/commitments/sdg"
SETS = {"kgz_national_sdg_2025.csv": "KG", "kaz_national_sdg_2024.csv": "KZ", "tjk_national_sdg_2021.csv": "TJ"}
PAGES = (
    "/indicators/", "/indicators/?words=mortality", "/indicators/?goal=3&place=KZ", "/indicators/places/KG/",
    "/indicators/places/KZ/", "/indicators/places/TJ/", "/indicators/places/KG/?method=unescap&goal=3",
    "/indicators/of/SH_DYN_MORT/?place=KG", "/indicators/of/SL_TLF_UEM/?place=KG", "/indicators/of/KZ-3-2-1/?place=KZ",
    "/indicators/batches/2/", "/places/KG/",
)  # fmt: skip
TIMES = 15


def main() -> None:
    if not DATA.is_dir():
        print(f"indicators: the national data sets are not at {DATA}")
        return
    with tempfile.TemporaryDirectory(prefix="kurak-bench-") as home:
        os.environ["KURAK_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"indicators: load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        bring()
        ask()


def bring() -> None:
    from kurak.commitments.indicators.actions import Origin, bring_file
    from kurak.ground.loading import load_ground
    from kurak.ground.places.models import Place

    load_ground()
    begun, spent, rows = time.perf_counter(), time.process_time(), 0
    for name, code in SETS.items():
        place = Place.objects.get(code=code)
        batch = bring_file(
            data=(DATA / name).read_bytes(), file=name, origin=Origin(name, name), by=None, place=place, copied=True
        )
        rows += batch.read
        print(f"  {name}: {batch.read:,} rows, {batch.new:,} new, {batch.refused} refused")
    wall, used = time.perf_counter() - begun, time.process_time() - spent
    print(f"  all {rows:,} rows: {wall:.1f} s on the clock, {used:.1f} s of the processor")


def ask() -> None:
    """Each page is asked for once to warm up, then timed; charts are drawn once and kept."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for page in PAGES:
        client.get(page)
        taken = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            answer = client.get(page)
            taken.append(time.perf_counter() - begun)
        print(f"  {statistics.median(taken) * 1000:6.0f} ms  {len(answer.content) / 1024:6.0f} KB  {page}")
