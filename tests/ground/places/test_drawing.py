"""The map of the region is a small, safe and readable picture."""

import re
from xml.etree import ElementTree

from kurak.ground.places.drawing import COLOURS, outlines, region_map

NAMES = {"KG": "Kyrgyzstan <b>", "KZ": "Kazakhstan"}
SVG = "{http://www.w3.org/2000/svg}"


def test_every_country_is_drawn_and_named():
    drawn = ElementTree.fromstring(region_map(NAMES, title="The region"))
    titles = [title.text for title in drawn.iter(f"{SVG}title")]
    assert titles[0] == "The region"
    assert {"Kyrgyzstan <b>", "Kazakhstan", "MN"} <= set(titles)


def test_a_country_links_to_its_page():
    drawn = ElementTree.fromstring(region_map(NAMES, title="", links={"KG": "/places/KG/"}))
    assert [link.get("href") for link in drawn.iter(f"{SVG}a")] == ["/places/KG/"]


def test_a_country_without_a_value_is_hatched_and_the_largest_value_is_deepest():
    drawn = region_map(NAMES, title="", values={"KG": 1, "KZ": 4})
    assert drawn.count("url(#map-hatch)") == len(outlines()["countries"]) - 2
    assert 'fill-opacity="1.00"' in drawn
    assert 'fill-opacity="0.44"' in drawn


def test_neighbours_are_sewn_in_different_colours():
    borders = "KZ-KG KZ-UZ KZ-TM KG-UZ KG-TJ UZ-TM UZ-TJ UZ-AF TM-AF TJ-AF"
    assert all(COLOURS[a] != COLOURS[b] for a, b in (pair.split("-") for pair in borders.split()))


def test_the_map_is_light_and_needs_no_style():
    drawn = region_map(NAMES, title="")
    assert len(drawn.encode()) < 12_000
    assert not re.search(r"style=|<script|<style", drawn)
