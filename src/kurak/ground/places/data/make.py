"""Makes places.json and map.json anew. Run by hand when CLDR or Natural Earth change:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python src/kurak/ground/places/data/make.py package/countries-50m.json

Names of the world, the region and the countries come from CLDR (through Babel), with the exceptions below.
Boundaries come from Natural Earth 4.1 (public domain), as npm's world-atlas gives them: they depict and decide nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path

from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.names import territory_name

HERE = Path(__file__).parent
# ISO 3166-1: alpha-2, alpha-3, numeric (also UN M.49)
COUNTRIES = {
    "AF": ("AFG", "004"),
    "KZ": ("KAZ", "398"),
    "KG": ("KGZ", "417"),
    "MN": ("MNG", "496"),
    "TJ": ("TJK", "762"),
    "TM": ("TKM", "795"),
    "UZ": ("UZB", "860"),
}
# Where CLDR's word is not the one the people of the place use of themselves, or is made to stand inside a sentence.
EXCEPTIONS = {
    ("KG", "ru"): "Кыргызстан",
    ("KG", "tg"): "Қирғизистон",
    ("KG", "mn"): "Киргизстан",
    ("001", "en"): "World",
    ("001", "ru"): "Мир",
    ("001", "kk"): "Әлем",
    ("001", "tg"): "Ҷаҳон",
}
SIMPLEST = 0.9  # smallest triangle kept on a border, in square units of the drawing
WIDTH = 1000
Point = tuple[float, float]


def names(territory: str) -> dict[str, str]:
    found = {
        each.code: EXCEPTIONS.get((territory, each.code)) or territory_name(territory, in_=each.code)
        for each in LANGUAGES
    }
    return {code: name for code, name in found.items() if name}


def places() -> list[dict]:
    """The tree down to the countries; subdivisions are in subdivisions.csv."""
    world = {"code": "world", "kind": "world", "parent": None, "names": names("001"), "codes": {"m49": "001"}}
    region = {"code": "central-asia", "kind": "region", "parent": "world", "names": names("143"), "codes": {}}
    countries = [
        {
            "code": code,
            "kind": "country",
            "parent": "central-asia",
            "names": names(code),
            "codes": {"iso3": a, "m49": n},
        }
        for code, (a, n) in COUNTRIES.items()
    ]
    return [world, region, *countries]


def albers(longitude: float, latitude: float) -> Point:
    """Equal areas on a cone through 33° and 50° north, seen from 80° east (Snyder 1987, 14-1 to 14-6)."""
    first, second, middle = radians(33), radians(50), radians(80)
    n = (sin(first) + sin(second)) / 2
    c = cos(first) ** 2 + 2 * n * sin(first)
    rho = sqrt(c - 2 * n * sin(radians(latitude))) / n
    theta = n * (radians(longitude) - middle)
    return rho * sin(theta), rho * cos(theta)


def decoded(topology: dict) -> list[list[Point]]:
    """The arcs of a TopoJSON topology in degrees."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + x0, y * ky + y0))
        arcs.append(points)
    return arcs


def simplified(points: list[Point], smallest: float) -> list[Point]:
    """Without the points whose triangle with their neighbours is smallest (Visvalingam and Whyatt 1993)."""
    kept = list(points)
    while len(kept) > (4 if points[0] == points[-1] else 2):
        areas = [_area(*kept[at - 1 : at + 2]) for at in range(1, len(kept) - 1)]
        least = min(areas)
        if least >= smallest:
            break
        del kept[areas.index(least) + 1]
    return kept


def _area(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings(geometry: dict) -> Iterator[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        yield from polygon


def drawing(topology: dict) -> dict:
    wanted = {numeric: code for code, (_, numeric) in COUNTRIES.items()}
    shapes = {
        wanted[each["id"]]: list(rings(each))
        for each in topology["objects"]["countries"]["geometries"]
        if each.get("id") in wanted
    }
    arcs = decoded(topology)
    used = {at if at >= 0 else ~at for all_rings in shapes.values() for ring in all_rings for at in ring}
    flat = {at: [albers(*point) for point in arcs[at]] for at in used}
    xs, ys = zip(*(point for arc in flat.values() for point in arc), strict=True)
    scale = WIDTH / (max(xs) - min(xs))
    placed = {at: [((x - min(xs)) * scale, (y - min(ys)) * scale) for x, y in arc] for at, arc in flat.items()}
    drawn = {at: simplified(arc, SIMPLEST) for at, arc in placed.items()}
    return {
        "source": "Natural Earth 4.1, 1:50m, by npm world-atlas 2.0.2 (public domain); Albers equal-area conic",
        "width": WIDTH,
        "height": round((max(ys) - min(ys)) * scale),
        "countries": {
            code: {"path": path(all_rings, drawn), "middle": middle(all_rings, drawn)}
            for code, all_rings in sorted(shapes.items())
        },
    }


def ring_points(ring: list[int], drawn: dict[int, list[Point]]) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for at in ring:
        arc = drawn[at] if at >= 0 else drawn[~at][::-1]
        points += [(round(x), round(y)) for x, y in arc]
    return [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]


def path(all_rings: list[list[int]], drawn: dict[int, list[Point]]) -> str:
    """Relative lines in whole units: half the bytes."""
    written = ""
    for ring in all_rings:
        points = ring_points(ring, drawn)
        if len(points) < 4:
            continue
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points[:-1])]
        written += f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z"
    return written.replace(" -", "-")


def middle(all_rings: list[list[int]], drawn: dict[int, list[Point]]) -> list[int]:
    """The centroid of the largest ring: where a name or a mark stands."""
    largest = max((ring_points(ring, drawn) for ring in all_rings), key=lambda points: abs(_moments(points)[0]))
    area, x, y = _moments(largest)
    return [round(x / (3 * area)), round(y / (3 * area))]


def _moments(points: list[tuple[int, int]]) -> tuple[float, float, float]:
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return area, x, y


if __name__ == "__main__":
    (HERE / "places.json").write_text(json.dumps(places(), ensure_ascii=False, indent=1) + "\n")
    if len(sys.argv) > 1:
        topology = json.loads(Path(sys.argv[1]).read_text())
        (HERE / "map.json").write_text(json.dumps(drawing(topology), ensure_ascii=False, indent=1) + "\n")
