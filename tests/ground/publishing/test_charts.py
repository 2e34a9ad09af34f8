import re
import xml.etree.ElementTree as ET

import pytest
from django.core.cache import caches

from kurak.ground.publishing import charts
from kurak.ground.publishing.figures import Course, Dot, bars, courses, dots, grouped, lines

FIGURES = {
    "dots": dots([Dot("Қазақстан", 5.2, 4.8, 5.9), Dot("قرغیزستان", 6.2, stands_out=True)], axis="Score"),
    "bars": bars([("Purpose", 80.0), ("Work", None)], axis="Points", ends=(0, 100), marks=[40]),
    "lines": lines({"KGZ": [(2019, 1.0), (2020, 2.0)], "TJK": [(2019, 2.0)]}, axis="Score", breaks=[2019.5]),
    "courses": courses(
        [Course("KGZ", [(2010, 1.0, 0.5, 1.5)], "a"), Course("KGZ", [(2015, 2.0, None, None)], "b")],
        axis="Score", breaks=[2012.5],
    ),
    "grouped": grouped([("Water", {"weight": 0.5, "worth": 0.9}), ("Land", {"weight": 0.5, "worth": None})], axis=""),
}  # fmt: skip


def drawn(spec, **words):
    return str(charts.chart(spec, **{"title": "Freedom", "description": "Two countries", **words}))


@pytest.mark.parametrize("spec", FIGURES.values(), ids=FIGURES)
def test_a_chart_is_well_formed_and_obeys_the_pages_policy(spec):
    svg = drawn(spec)
    ET.fromstring(svg)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://(?!www\.w3\.org/2000/svg)", svg)


def test_a_chart_is_told_to_whoever_does_not_see_it():
    svg = drawn(FIGURES["bars"], title="Freedom <b>", description="Two & three")
    assert 'role="img"' in svg
    assert "Freedom &lt;b&gt;</title>" in svg
    assert "Two &amp; three</desc>" in svg


def test_names_in_any_script_stay_text():
    assert "Қазақстан" in drawn(FIGURES["dots"])
    assert "قرغیزستان" in drawn(FIGURES["dots"])


def test_a_name_cannot_break_out_of_the_drawing():
    svg = drawn(dots([Dot("<script>alert(1)</script>", 1.0)], axis="x"))
    ET.fromstring(svg)
    assert "<script" not in svg


def test_what_was_drawn_is_not_drawn_again(monkeypatch):
    caches["charts"].clear()
    first = drawn(FIGURES["lines"])
    monkeypatch.setattr(charts, "_drawn", lambda spec: pytest.fail("drawn twice"))
    assert drawn(FIGURES["lines"]) == first
