"""Charts: a Vega-Lite specification with its data in, SVG that every page may show out.

Only specifications written here and in the rooms come in, with inline data; nothing is fetched. The drawing is kept on
disk under the digest of the specification, since the first one of a process takes a second. Give the same numbers as a
table beside it: a chart alone is not read by everybody."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django.core.cache import caches
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

INK = "#010203"  # becomes the colour of the text around, so that charts follow the page into the dark
FAINT = "#b9a988"
PATCHES = ("#17a0a3", "#e6a01f", "#29346f", "#a4322b", "#8fcac2", "#7a5c99", "#c98f6b", "#5b8c5a")
KEPT_FOR = 60 * 60 * 24 * 30
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
VERSION = 1  # of what is done to a drawing

_HOUSE = {
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "range": {"category": list(PATCHES)},
    "axis": {
        "labelColor": INK, "titleColor": INK, "labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal",
        "gridColor": FAINT, "gridOpacity": 0.4, "domain": False, "tickColor": FAINT, "labelLimit": 260,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 14, "titleFontSize": 14, "labelLimit": 260},
    "text": {"color": INK, "fontSize": 14},
    "rule": {"color": INK},
}  # fmt: skip


def chart(spec: dict[str, Any], *, title: str, description: str) -> SafeString:
    """The drawing, with its title and description for whoever does not see it. Fills the width it is given."""
    whole = {**spec, "config": {**_HOUSE, **spec.get("config", {})}}
    key = hashlib.sha256(json.dumps([VERSION, whole], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    kept = caches["charts"].get(key)
    if kept is None:
        kept = _drawn(whole)
        caches["charts"].set(key, kept, KEPT_FOR)
    box, inside = kept
    return format_html(
        '<svg class="chart" viewBox="{}" role="img" aria-labelledby="{}-t {}-d" xmlns="http://www.w3.org/2000/svg" '
        'direction="ltr"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        box, *(f"c{key[:12]}",) * 3, title, f"c{key[:12]}", description, mark_safe(inside),  # noqa: S308
    )  # fmt: skip


def _drawn(spec: dict[str, Any]) -> tuple[str, str]:
    """(viewBox, what is inside the svg element)."""
    import vl_convert  # heavy: only where a chart is drawn that was not drawn before

    svg = vl_convert.vegalite_to_svg(
        {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", **spec}, allowed_base_urls=[]
    )
    box = re.search(r'viewBox="([^"]*)"', svg)
    inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    inside = re.sub(r' (?:aria-[a-z]+|role|class|cursor|pointer-events)="[^"]*"', "", inside)
    return (box[1] if box else "0 0 600 400"), inside.replace(INK, "currentColor")
