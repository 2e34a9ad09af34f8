"""For which groups of people there are data: told to the coverage of agendas by the series of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kurak.commitments.agendas.coverage import Data
from kurak.commitments.agendas.declared import groups
from kurak.commitments.agendas.models import Provision
from kurak.commitments.indicators.models import Series
from kurak.ground.places.models import Place


def data_of(place: Place, parts: Sequence[Provision]) -> Mapping[int, Data]:
    """Series of the place and inside it, by the part that their indicators belong to."""
    inside = list(place.descendants(include_self=True).values_list("pk", flat=True))
    rows = Series.objects.filter(place__in=inside, indicator__provisions__in=[each.pk for each in parts])
    many: dict[int, int] = defaultdict(int)
    seen: dict[int, set[str]] = defaultdict(set)
    for part, where, split in rows.values_list("indicator__provisions", "place", "slice").order_by():
        many[part] += 1
        seen[part] |= groups_in(split)
        if where != place.pk:
            seen[part].add("territory")
    return {part: Data(many[part], frozenset(seen[part])) for part in many}


def groups_in(split: str) -> set[str]:
    """The groups that a slice tells apart.

    >>> sorted(groups_in("AGE=Y0T4;SEX=F"))
    ['age', 'sex']
    """
    names = {part.partition("=")[0].strip().lower() for part in split.split(";") if part}
    return {group.code for group in groups() if names & {each.lower() for each in group.dimensions}}
