"""The region as a patchwork: a map drawn on the server, without scripts, with a link on every country."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Which colour of the quilt (class q0..q5 of the style sheet) a country is sewn in: neighbours differ.
COLOURS = {"KZ": 0, "UZ": 3, "KG": 1, "TJ": 0, "TM": 2, "AF": 1, "MN": 3}
PALEST = 0.25
MARGIN = 8


@cache
def outlines() -> dict:
    return json.loads((Path(__file__).parent / "data" / "map.json").read_text(encoding="utf-8"))


def region_map(
    names: Mapping[str, str],
    *,
    title: str,
    description: str = "",
    links: Mapping[str, str] | None = None,
    values: Mapping[str, float] | None = None,
    notes: Mapping[str, str] | None = None,
    chosen: str = "",
) -> SafeString:
    """The seven countries as SVG.

    names: what a country is called, by code; links: where it leads; values: any non-negative number by code, shown by
    the depth of one colour (a country without a value is hatched); notes: words shown with the name; chosen: the code
    of the country to stand out. Give the same values as a table beside it: a map alone is not read by everybody.
    """
    drawn = outlines()
    shapes = [
        _country(code, outline, names, links or {}, values, notes or {}, chosen)
        for code, outline in drawn["countries"].items()
    ]
    box = f"{-MARGIN} {-MARGIN} {drawn['width'] + 2 * MARGIN} {drawn['height'] + 2 * MARGIN}"
    return format_html(
        '<svg class="map" viewBox="{}" role="{}" aria-labelledby="map-title map-description" xmlns="http://www.w3.org/2000/svg">'
        '<title id="map-title">{}</title><desc id="map-description">{}</desc>{}{}</svg>',
        box,
        "group" if links else "img",
        title,
        description or _("The outlines depict; they take no side where borders are disputed."),
        HATCH,
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


HATCH = SafeString(
    '<defs><pattern id="map-hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="12" height="12" fill="#e7dfcd"/>'
    '<path d="M0 0v12" stroke="#b9a988" stroke-width="4"/></pattern></defs>'
)


def _country(code, outline, names, links, values, notes, chosen) -> SafeString:
    name = names.get(code, code)
    words = f"{name}: {notes[code]}" if code in notes else name
    x, y = outline["middle"]
    shape = format_html(
        '<path {} stroke="#fff" stroke-width="{}" stroke-linejoin="round" d="{}"><title>{}</title></path>'
        '<path fill="#fff" fill-opacity=".9" d="M{} {}l9 9-9 9-9-9z"/>',
        _filling(code, values, chosen),
        5 if code == chosen else 2.5,
        outline["path"],
        words,
        x,
        y - 9,
    )
    if code not in links:
        return shape
    return format_html('<a href="{}" aria-label="{}">{}</a>', links[code], words, shape)


def _filling(code: str, values: Mapping[str, float] | None, chosen: str) -> SafeString:
    if values is None:
        faded = bool(chosen) and code != chosen
        return format_html('class="q{}" fill-opacity="{}"', COLOURS[code], "0.3" if faded else "1")
    if code not in values:
        return SafeString('fill="url(#map-hatch)"')
    largest = max(values.values(), default=0) or 1
    depth = PALEST + (1 - PALEST) * values[code] / largest
    return format_html('class="q2" fill-opacity="{}"', f"{depth:.2f}")
