"""The chart of an indicator: its line after every source, the path to the target, where the walk leads."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.commitments.indicators import wording
from kurak.commitments.indicators.models import Indicator, Series, Target
from kurak.ground.measures.models import Measure
from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.figures import Course

BASE_YEAR = 2015


def drawn(
    indicator: Indicator, main: Series | None, here: Sequence[Series], values: Sequence[Measure]
) -> SafeString | str:  # fmt: skip
    """Nothing is drawn of fewer than two years."""
    from kurak.ground.publishing.figures import courses

    lines = [course_of(each, values) for each in here]
    if not any(len(line.points) > 1 for line in lines):
        return ""
    if main is not None and main.target is not None:
        lines.append(path_of(main, main.target, values))
    if main is not None and main.outlook.get("middle") is not None:
        lines.append(outlook_of(main))
    unit = wording.unit(indicator.quantity.unit)
    title = str(indicator.title.into(get_language() or "en"))
    return chart(courses(lines, axis=unit[:40]), title=title, description=described(main))


def course_of(series: Series, values: Sequence[Measure]) -> Course:
    points = {
        each.end.year: each.value for each in values if each.slice == "" and each.source_id == series.source_id
    }  # fmt: skip
    provider = getattr(series.source, "provider", None)
    name = provider.get_kind_display() if provider else series.source.title
    return Course(str(name), [(year, value, None, None) for year, value in points.items()], series.source.code)


def path_of(series: Series, target: Target, values: Sequence[Measure]) -> Course:
    """From the baseline over what was set on the way to the target."""
    since = target.baseline_year or BASE_YEAR
    points = {int(year): float(value) for year, value in target.path.items()}
    points[target.year] = target.value
    base = value_since(series, values, since) if target.baseline is None else (since, target.baseline)
    if base is not None:
        points.setdefault(*base)
    way = [(year, value, None, None) for year, value in sorted(points.items())]
    return Course(_("Path to the target"), way, "path")


def value_since(series: Series, values: Sequence[Measure], since: int) -> tuple[int, float] | None:
    """The first value in or after a year."""
    found = [
        (each.end.year, each.value)
        for each in values
        if each.slice == "" and each.source_id == series.source_id and each.end.year >= since
    ]
    return found[0] if found else None


def outlook_of(series: Series) -> Course:
    said = series.outlook
    points = [
        (series.until, series.last, series.last, series.last),
        (said["year"], said["middle"], said["low"], said["high"]),
    ]
    return Course(_("If it goes on like this"), points, "outlook")


def described(main: Series | None) -> str:
    if main is None:
        return ""
    said = _("From %(first)s in %(since)s to %(last)s in %(until)s.") % {
        "first": wording.figure(main.first), "since": main.since,
        "last": wording.figure(main.last), "until": main.until,
    }  # fmt: skip
    if main.target is not None:
        target = {"value": wording.figure(main.target.value), "year": main.target.year}
        said += " " + _("The target is %(value)s by %(year)s.") % target
    return said
