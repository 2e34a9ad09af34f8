"""The keys a document may have at each place. The told ones are for people and do not change a score."""

# ruff: noqa: SIM905 - words read better than lists of words
from __future__ import annotations

TOLD: dict[str, frozenset[str]] = {
    "document": frozenset(
        "dated title about publisher kind units sources checked notes data wording example assessing verify".split()
    ),
    "leaf": frozenset("title about ask anchors evidence core unit checked source notes part".split()),
    "node": frozenset("title about checked source notes part".split()),
    "class": frozenset("title about colour".split()),
    "scheme": frozenset("title about checked source".split()),
    "adjustment": frozenset("title about checked source".split()),
    "label": frozenset({"why"}),
    "ranks": frozenset({"why"}),
}
COMPUTED: dict[str, frozenset[str]] = {
    "document": frozenset(
        "format code edition label scale missing groups defaults over reference answers classes ranks tree also inputs "
        "uncertainty excluded".split()
    ),
    "leaf": frozenset(
        "code column direction weight answers bounds denominator scale_factor normalise treat impute error trend "
        "classes range".split()
    ),
    "node": frozenset(
        "code children combine weigh formula missing fill then classes range label ranks trend weight".split()
    ),
    "use": frozenset({"use", "weight"}),
    "class": frozenset("code from above needs when".split()),
    "scheme": frozenset("of by better digits".split()),
    "adjustment": frozenset("code multiply subtract cap floor veto set when".split()),
    "label": frozenset({"is"}),
    "scale": frozenset("low high better digits half".split()),
    "ranks": frozenset("ties better digits within shown".split()),
    "missing": frozenset("at_least by required value strict worst best bounds available most_not_applicable".split()),
    "fill": frozenset({"column", "group"}),
    "trend": frozenset("goal by_year first last".split()),
    "defaults": frozenset("impute treat normalise screen".split()),
    "screen": frozenset("available not_zero inside both keep drop".split()),
}


def allowed(place: str) -> frozenset[str]:
    return COMPUTED.get(place, frozenset()) | TOLD.get(place, frozenset())
