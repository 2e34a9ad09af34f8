"""An organisation with all that it let be published, and its country by the indexes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kurak.ground.people.models import Organisation
from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.citing import Citation
from kurak.ground.publishing.figures import bars
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.results.comparing.countries import country_page
from kurak.instruments.results.comparing.queries import country_of
from kurak.instruments.results.models import Run, Score
from kurak.instruments.results.wording import Edition, language

COLUMNS = (
    "assessment", "instrument", "edition", "start", "end", "valid_until", "node", "value", "class_code", "reviews",
)  # fmt: skip


def page_of(organisation: Organisation, assessments: Sequence[Assessment], url: str) -> dict[str, Any]:
    country = country_of(organisation.place)
    name = str(organisation.name.into(language()))
    title = _("%(name)s: results") % {"name": name}
    return {
        "organisation": organisation, "name": name, "found": [_assessed(each) for each in assessments],
        "country": country, "beside": country_page(country, draw=False)["found"] if country else [],
        "citation": Citation(title, timezone.now().date(), url=url),
    }  # fmt: skip


def _assessed(assessment: Assessment) -> dict[str, Any]:
    """Numbers are there only where the organisation consented to its whole profile: else none are kept in the run."""
    said, scores = Edition(assessment.edition.document), scores_of(assessment)
    whole = scores.get(said.root)
    parts = [(said.title(code), scores[code].value) for code in said.parts() if code in scores]
    run = run_of(assessment)
    return {
        "assessment": assessment, "title": text_of(assessment.edition.document["title"]),
        "value": said.written(whole.value) if whole and whole.value is not None else "",
        "class_title": said.class_title(said.root, whole.class_code) if whole and whole.class_code else "",
        "parts": [(title, said.written(value)) for title, value in parts if value is not None],
        "chart": part_bars(said, parts), "unranked": said.unranked,
        "reviews": (run.shown.get("reviews") or 0) if run else 0,
    }  # fmt: skip


def run_of(assessment: Assessment) -> Run | None:
    return next((run for run in assessment.runs.all() if run.status == Run.Status.PUBLISHED), None)


def scores_of(assessment: Assessment) -> dict[str, Score]:
    run = run_of(assessment)
    return {each.node: each for each in run.scores.all()} if run else {}


def part_bars(said: Edition, parts: Sequence[tuple[str, float | None]]) -> SafeString | None:
    if sum(value is not None for _title, value in parts) < 2:
        return None
    title = said.title(said.root)
    return chart(
        bars(parts, axis=title, ends=said.ends), title=title,
        description=_("The parts of the score, one bar each. The table has the same numbers."),
    )  # fmt: skip


def rows_of(assessments: Sequence[Assessment]) -> Iterator[list[Any]]:
    for each in assessments:
        run = run_of(each)
        for node, score in scores_of(each).items():
            yield [
                each.pk, each.edition.instrument.code, each.edition.edition, each.start, each.end, each.valid_until,
                node, score.value, score.class_code, (run.shown.get("reviews") or 0) if run else 0,
            ]  # fmt: skip
