"""The charts that rooms share: dots with intervals, bars, lines over time. Each takes plain rows and gives a
specification for `charts.chart`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kurak.ground.publishing.charts import INK, PATCHES

WIDTH = 560
STEP = 26  # height of a row
ROOM = {"left": 48, "right": 12, "top": 6, "bottom": 6}  # the reader's letters may be wider than those measured here
MOST_TICKS = 10  # years named under a line


@dataclass(frozen=True, slots=True)
class Dot:
    """One row of a dot plot: what it is called, its value, and the interval it may lie in."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    stands_out: bool = False


def dots(
    rows: Sequence[Dot], *, axis: str, reverse: bool = False, zero: bool = False, whole: bool = False
) -> dict[str, Any]:
    """Values with their intervals, in the order given. reverse: the axis runs from high to low, as ranks do. whole:
    only whole numbers are named under it."""
    order = [row.name for row in rows]
    x: dict[str, Any] = {
        "type": "quantitative",
        "title": axis,
        "scale": {"reverse": reverse, "zero": zero, "nice": True},
        **({"axis": {"tickMinStep": 1, "format": "d"}} if whole else {}),
    }
    y = {"field": "name", "type": "nominal", "sort": order, "title": None}
    values = [
        {
            "name": row.name, "value": row.value, "out": row.stands_out,
            "low": row.value if row.low is None else row.low, "high": row.value if row.high is None else row.high,
        }
        for row in rows
    ]  # fmt: skip
    colour = {"condition": {"test": "datum.out", "value": PATCHES[3]}, "value": PATCHES[0]}
    return {
        "width": WIDTH,
        "padding": ROOM,
        "height": {"step": STEP},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.45, "aria": False},
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}, "y": y, "color": colour},
            },
            {
                "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 120, "opacity": 1, "aria": False},
                "encoding": {"x": {"field": "value", **x}, "y": y, "color": colour},
            },
        ],
    }


def bars(
    rows: Sequence[tuple[str, float | None]],
    *,
    axis: str,
    ends: tuple[float, float] | None = None,
    marks: Sequence[float] = (),
) -> dict[str, Any]:
    """Bars in the order given; ends: the whole scale; marks: values a line is drawn at, such as floors."""
    order = [name for name, _ in rows]
    values = [{"name": name, "value": value, "row": i} for i, (name, value) in enumerate(rows)]
    scale = {"domain": list(ends)} if ends else {}
    x = {"field": "value", "type": "quantitative", "title": axis, "scale": scale}
    y = {"field": "name", "type": "nominal", "sort": order, "title": None}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": STEP * 0.62, "color": PATCHES[0], "aria": False},
            "encoding": {"x": x, "y": y},
        }
    ]
    if marks:
        lines = [{"at": each} for each in marks]
        rule = {"type": "rule", "strokeDash": [4, 3], "color": PATCHES[3], "strokeWidth": 2, "aria": False}
        encoding = {"x": {"field": "at", "type": "quantitative", "scale": scale}}
        layers.append({"data": {"values": lines}, "mark": rule, "encoding": encoding})
    return {"width": WIDTH, "padding": ROOM, "height": {"step": STEP}, "data": {"values": values}, "layer": layers}


def lines(
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    axis: str,
    breaks: Sequence[float] = (),
    ends: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Values over time, a line for each name; breaks: moments at which a method changed, drawn as rules."""
    values = [{"name": name, "when": when, "value": value} for name, points in series.items() for when, value in points]
    many = len(series) > 1
    moments = sorted({round(when) for points in series.values() for when, _ in points})
    years = {"format": "d", "grid": False, "values": moments[:: len(moments) // MOST_TICKS + 1]}
    x = {"field": "when", "type": "quantitative", "title": None, "axis": years, "scale": {"zero": False, "nice": False}}
    y = {"field": "value", "type": "quantitative", "title": axis}
    y["scale"] = {"domain": list(ends)} if ends else {"zero": False}  # type: ignore[assignment]
    colour = {"field": "name", "type": "nominal", "sort": list(series), "title": None,
              "legend": {"orient": "bottom", "columns": 3} if many else None}  # fmt: skip
    drawn: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "point": {"size": 45}, "strokeWidth": 2.5, "aria": False},
            "encoding": {"x": x, "y": y, "color": colour},
        }
    ]
    if breaks:
        rule = {"type": "rule", "strokeDash": [4, 3], "color": INK, "opacity": 0.5, "aria": False}
        at = {"data": {"values": [{"at": each} for each in breaks]}, "mark": rule}
        drawn.append({**at, "encoding": {"x": {"field": "at", "type": "quantitative"}}})
    return {"width": WIDTH, "padding": ROOM, "height": 300, "data": {"values": values}, "layer": drawn}


@dataclass(frozen=True, slots=True)
class Course:
    """How one thing went: points (when, value, lowest, highest), by one method. Two courses are never joined, also
    where they have one name."""

    name: str
    points: Sequence[tuple[float, float, float | None, float | None]]
    method: str = ""


def courses(
    rows: Sequence[Course],
    *,
    axis: str,
    breaks: Sequence[float] = (),
    ends: tuple[float, float] | None = None,
    years: tuple[float, float] | None = None,
    width: int = WIDTH,
    height: int = 300,
) -> dict[str, Any]:
    """Courses over time with the band each may lie in; one colour a name. breaks: where a method changed; ends, years:
    the whole of both axes, the same for several charts side by side."""
    values = [
        {"name": row.name, "method": row.method, "when": when, "value": value, "low": low, "high": high}
        for row in rows
        for when, value, low, high in row.points
    ]
    names = list(dict.fromkeys(row.name for row in rows))
    moments = sorted({round(point[0]) for row in rows for point in row.points})
    ticks = moments[:: len(moments) // max(2, min(MOST_TICKS, width // 60)) + 1]
    x: dict[str, Any] = {
        "field": "when", "type": "quantitative", "title": None, "axis": {"format": "d", "grid": False, "values": ticks},
        "scale": {"zero": False, "nice": False, **({"domain": list(years)} if years else {})},
    }  # fmt: skip
    scale = {"domain": list(ends)} if ends else {"zero": False}
    y = {"field": "value", "type": "quantitative", "title": axis or None, "scale": scale}
    legend = {"orient": "bottom", "columns": 3, "symbolOpacity": 1} if len(names) > 1 else None
    colour = {"field": "name", "type": "nominal", "sort": names, "title": None, "legend": legend}
    one = {"field": "method", "type": "nominal"}
    line = {"type": "line", "point": {"size": 45}, "strokeWidth": 2.5, "aria": False}
    told = {"x": x, "y": y, "color": colour, "detail": one, **_dashes(rows)}
    drawn: list[dict[str, Any]] = [{"mark": line, "encoding": told}]
    banded = [each for each in values if each["low"] is not None and each["high"] is not None]
    if banded:
        band = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour, "detail": one}
        area = {"type": "area", "opacity": 0.18, "line": False, "aria": False}
        drawn.insert(0, {"data": {"values": banded}, "mark": area, "encoding": band})
    if breaks:
        rule = {"type": "rule", "strokeDash": [4, 3], "color": INK, "opacity": 0.5, "aria": False}
        at = {"data": {"values": [{"at": each} for each in breaks]}, "mark": rule}
        drawn.append({**at, "encoding": {"x": {"field": "at", "type": "quantitative"}}})
    return {"width": width, "padding": ROOM, "height": height, "data": {"values": values}, "layer": drawn}


DASHES = ([1, 0], [6, 3], [2, 3], [9, 3, 2, 3])


def _dashes(rows: Sequence[Course]) -> dict[str, Any]:
    """Where one name goes by several methods, the last method is a whole line, the earlier ones are dashed. Say so in a
    caption."""
    methods = list(dict.fromkeys(row.method for row in rows))
    if len(methods) < 2 or len({row.name for row in rows}) == len(rows):
        return {}
    order = methods[::-1]
    scale = {"domain": order, "range": [DASHES[min(place, len(DASHES) - 1)] for place in range(len(order))]}
    return {"strokeDash": {"field": "method", "type": "nominal", "scale": scale, "legend": None}}


def grouped(
    rows: Sequence[tuple[str, Mapping[str, float | None]]], *, axis: str, ends: tuple[float, float] | None = None
) -> dict[str, Any]:
    """Bars side by side: for every name, a bar for each of the same few things."""
    order = [name for name, _ in rows]
    kinds = list(dict.fromkeys(kind for _, one in rows for kind in one))
    values = [{"name": name, "kind": kind, "value": value} for name, one in rows for kind, value in one.items()]
    x = {"field": "value", "type": "quantitative", "title": axis, "scale": {"domain": list(ends)} if ends else {}}
    y = {"field": "name", "type": "nominal", "sort": order, "title": None, "scale": {"paddingInner": 0.3}}
    colour = {
        "field": "kind",
        "type": "nominal",
        "sort": kinds,
        "title": None,
        "legend": {"orient": "bottom", "columns": 2},
    }
    encoding = {"x": x, "y": y, "yOffset": {"field": "kind", "sort": kinds}, "color": colour}
    return {
        "width": WIDTH, "padding": ROOM, "height": {"step": STEP * 1.7, "for": "position"},
        "data": {"values": values}, "mark": {"type": "bar", "clip": True, "aria": False}, "encoding": encoding,
    }  # fmt: skip
