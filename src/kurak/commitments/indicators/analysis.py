"""Rows of measures → the engine of progress → rows of series. Pages read those and compute nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from django.utils import timezone

from kurak.commitments.indicators.declared import is_growth
from kurak.commitments.indicators.models import Indicator, Series, Target
from kurak.ground.measures.models import Measure, Quantity
from kurak.ground.places.models import Place

AT_ONCE = 500
VERSION = "progress 1"  # of what is done here and in the engine: a change of either is a change of this
LEVEL = 0.8  # what the interval of a projection is to hold
SET_BY = {Target.Kind.GIVEN: "given", Target.Kind.ANALYSTS: "analyst-set", Target.Kind.REGIONAL: "regional"}
ORDER = (Target.Kind.GIVEN, Target.Kind.REGIONAL, Target.Kind.ANALYSTS)
BASE_YEAR = 2015
type Line = tuple[int, int, int, str]  # indicator, place, source, slice
type Points = dict[int, float]


def renew(indicators: Mapping[int, Indicator]) -> int:
    """Sum up and judge every line of these indicators anew, {number of the quantity: indicator}; returns how many there
    are. Lines of everybody are judged, at every place; parts are summed up only."""
    done = 0
    held = Held([each.pk for each in indicators.values()])
    for some in batched(indicators, AT_ONCE):
        of_some = {number: indicators[number] for number in some}
        lines = lines_of(of_some)
        rows = [summed(line, points) for line, points in lines.items()]
        judge(rows, lines, {each.pk: each for each in of_some.values()}, held)
        Series.objects.filter(indicator__quantity__in=some).delete()
        Series.objects.bulk_create(rows, batch_size=AT_ONCE)
        done += len(rows)
    return done


def lines_of(indicators: Mapping[int, Indicator]) -> dict[Line, Points]:
    """The values of each line by year, oldest first; of several in one year, the last."""
    found: dict[Line, Points] = {}
    rows = Measure.objects.filter(quantity__in=list(indicators), withdrawn_at=None).order_by("end")
    for quantity, *line, end, value in rows.values_list("quantity", "place", "source", "slice", "end", "value"):
        found.setdefault((indicators[quantity].pk, *line), {})[end.year] = value  # type: ignore[arg-type]
    return found


def summed(line: Line, points: Points) -> Series:
    years = list(points)
    named: dict[str, Any] = dict(zip(("indicator_id", "place_id", "source_id", "slice"), line, strict=True))
    return Series(
        **named, n=len(years), since=years[0], until=years[-1], first=points[years[0]], last=points[years[-1]]
    )  # fmt: skip


class Held:
    """To which target a line is held: of its place, or of the nearest place around it; given ones before others."""

    def __init__(self, indicators: Sequence[int]) -> None:
        self.parents = dict(Place.objects.values_list("pk", "parent"))
        self.targets: dict[int, list[Target]] = {}
        for some in batched(indicators, AT_ONCE):
            for each in Target.objects.filter(indicator__in=some, slice=""):
                self.targets.setdefault(each.indicator_id, []).append(each)

    def to(self, indicator: int, place: int) -> Target | None:
        of_indicator, here = self.targets.get(indicator, []), place
        while of_indicator and here is not None:
            of_place = [each for each in of_indicator if each.place_id == here]
            if of_place:
                return min(of_place, key=lambda each: (ORDER.index(Target.Kind(each.kind)), -each.year))
            here = self.parents.get(here)  # type: ignore[assignment]
        return None


def judge(
    rows: Iterable[Series], lines: Mapping[Line, Points], indicators: Mapping[int, Indicator], held: Held
) -> None:
    """Write the verdicts and the outlook into the rows of everybody."""
    from kurak.engines import progress

    now = timezone.now().year
    whole = [row for row in rows if row.slice == "" and directed(indicators[row.indicator_id])]
    found = [lines[row.indicator_id, row.place_id, row.source_id, ""] for row in whole]
    made = [of_engine(indicators[row.indicator_id], points) for row, points in zip(whole, found, strict=True)]
    targets = [held.to(row.indicator_id, row.place_id) for row in whole]
    asked = [target_of_engine(each) for each in targets]
    judged = progress.judge_many(made, asked, now=now) if made else []
    ahead = progress.project_many(made, asked, level=LEVEL, now=now)
    for row, target, verdicts, outlook in zip(whole, targets, judged, ahead, strict=True):
        write(row, target, verdicts, outlook, indicators[row.indicator_id].headline, now)


def directed(indicator: Indicator) -> bool:
    return indicator.parity or indicator.quantity.direction != Quantity.Direction.NEITHER


def of_engine(indicator: Indicator, points: Points) -> Any:
    """The line as the engine takes it. Limits that its own values break are none."""
    from kurak.engines import progress

    low, high = indicator.least, indicator.most
    values = points.values()
    if (low is not None and min(values) < low) or (high is not None and max(values) > high):
        low = high = None
    kind: Any = "parity" if indicator.parity else "growth" if is_growth(indicator.title.body) else "level"
    direction = -1 if indicator.quantity.direction == Quantity.Direction.DOWN else 1
    return progress.series(
        list(points), list(values), direction=direction, unit=indicator.quantity.unit, limits=(low, high),
        kind=kind, name=indicator.code,
    )  # fmt: skip


def target_of_engine(target: Target | None) -> Any:
    from kurak.engines import progress

    if target is None:
        return progress.Target()
    base = target.baseline_year or min(BASE_YEAR, target.year - 1)
    path = tuple(sorted((float(year), float(value)) for year, value in target.path.items()))
    kind: Any = SET_BY[Target.Kind(target.kind)]
    return progress.Target(target.value, float(target.year), base_year=float(base), path=path, kind=kind)


def write(row: Series, target: Target | None, judged: Any, outlook: Any, wanted: str, now: int) -> None:
    from kurak.engines import progress

    row.target = target
    row.verdicts = {method: as_json(each) for method, each in judged.verdicts.items()}
    chosen = wanted if wanted in judged.verdicts and judged.verdicts[wanted].status else judged.headline
    row.method = chosen or ""
    row.status = judged.verdicts[chosen].step if chosen else ""
    apart = progress.disagreement(judged)
    row.disagree = apart.contradict
    row.outlook = {
        "middle": outlook.middle, "low": outlook.low, "high": outlook.high, "level": outlook.level,
        "chance": outlook.met, "reason": outlook.reason or "", "opposite": apart.opposite, "why": judged.why,
        "year": target.year if target else 2030,
    }  # fmt: skip
    row.engine = f"{VERSION}, {now}"


def as_json(verdict: Any) -> dict[str, Any]:
    return {
        "status": verdict.status, "step": verdict.step, "score": verdict.score, "n": verdict.n, "first": verdict.first,
        "last": verdict.last, "inputs": dict(verdict.inputs), "reason": verdict.reason or "",
    }  # fmt: skip
