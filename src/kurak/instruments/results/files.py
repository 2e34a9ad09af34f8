"""Data files of results: CSV, or JSON with what recomputing needs to know."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.publishing.writing import harmless
from kurak.instruments.results.commands import command_of, command_of_path, command_of_study
from kurak.instruments.results.models import Run
from kurak.instruments.results.studies.queries import study_of
from kurak.instruments.results.studies.rows import COLUMNS, rows_of
from kurak.instruments.results.wording import why_unranked

MINUTE = 60
FORMS = ("csv", "json")
SCORES = (
    "node", "unit", "place", "period", "value", "low", "high", "rank", "rank_low", "rank_high", "ranked", "rank_share",
    "class_code", "class_share", "coverage", "reason",
)  # fmt: skip
TRENDS = (
    "node", "unit", "place", "since", "until", "first", "last", "yearly", "goal", "by_year", "needed", "arrow",
)  # fmt: skip


def table_file(
    name: str,
    form: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    called: str,
    about: Mapping[str, Any],
    public: bool,
) -> HttpResponse:
    """A table as a download; called: the key of the rows in JSON, about: what stands beside them there."""
    response: HttpResponse
    if form == "json":
        listed = [dict(zip(columns, row, strict=True)) for row in rows]
        response = JsonResponse({**about, called: listed}, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        writer = csv.writer(response, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([harmless(cell) for cell in row] for row in rows)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    if public:
        patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def of_run(run: Run, form: str, columns: Sequence[str], rows: Iterable[Any], called: str) -> HttpResponse:
    """Rows of a run that have the columns as fields, and perhaps a place."""
    name = f"{run.edition.instrument.code}-{run.edition.edition}-{called}-{run.pk}"
    return table_file(
        name, form, columns, (cells(each, columns) for each in rows), called=called, about={"run": described(run)},
        public=run.status == Run.Status.PUBLISHED,
    )  # fmt: skip


def of_study(run: Run, form: str) -> HttpResponse:
    """The study of a run: one long table, or all of it as it is kept."""
    study = study_of(run)
    if study is None:
        raise Missing(
            "study.missing", _("These results were not studied yet. The page of the results says when they are.")
        )
    name = f"{run.edition.instrument.code}-{run.edition.edition}-study-{run.pk}"
    about = {"run": described(run), "study": {"n": study.n, "seed": study.seed, "command": command_of_study(study)}}
    public = run.status == Run.Status.PUBLISHED
    if form == "json":
        return table_file(name, form, (), (), called="rows", about={**about, **study.found}, public=public)
    return table_file(name, form, COLUMNS, rows_of(study.found), called="rows", about={}, public=public)


PATH = ("kind", "code", "before", "after", "said")


def of_path(run: Run, form: str, unit: str, period: str, way: Mapping[str, Any]) -> HttpResponse:
    """The path of one unit: what moves together, what would be enough alone, what holds it back."""
    told = {"of": unit, "in": period, "command": command_of_path(run, unit, period)}
    name, public = f"{run.edition.instrument.code}-path-{run.pk}", run.status == Run.Status.PUBLISHED
    if form == "json":
        return table_file(
            name, form, (), (), called="rows", about={"run": described(run), **told, **way}, public=public
        )
    rows = [
        [kind, each["code"], each["before"], each["after"], ""] for kind in ("moves", "alone") for each in way[kind]
    ]
    rows += [["blocks", each["code"], None, None, each["said"]] for each in way["blocks"]]
    return table_file(name, form, PATH, rows, called="rows", about={}, public=public)


def cells(row: Any, columns: Sequence[str]) -> list[Any]:
    place = row.place.code if row.place else ""
    return [place if name == "place" else getattr(row, name) for name in columns]


def described(run: Run) -> dict[str, Any]:
    """What recomputing needs to know."""
    return {
        "id": run.pk, "instrument": run.edition.instrument.code, "edition": run.edition.edition,
        "revision": run.edition.revision, "label": run.label, "engine": run.engine, "declaration": run.declaration,
        "made_from": run.made_from, "draws": run.draws, "seed": run.seed,
        "command": command_of(run) if run.data_set else "",
        "source": run.data_set.source.title if run.data_set else "",
        "licence": run.data_set.source.licence if run.data_set else "",
        "unranked": str(why.into("en")) if (why := why_unranked(run.edition.document)) else None,
    }  # fmt: skip
