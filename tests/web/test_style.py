"""What style sheets and templates may not do."""

import gzip
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "kurak"
SHEETS = sorted(SOURCE.glob("*/static/**/*.css"))
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right|float|text-align)"
    r"\s*:(?!\s*(?:center|start|end|justify|none|inherit))"
)
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)"
)


def test_there_is_something_to_look_at():
    assert SHEETS
    assert len(TEMPLATES) > 5


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheets_know_start_and_end_not_left_and_right(sheet):
    assert PHYSICAL.findall(re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheets_are_light(sheet):
    assert len(gzip.compress(sheet.read_bytes())) <= 15_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_templates_carry_no_inline_script_or_style(template):
    assert INLINE.findall(template.read_text()) == []


@pytest.mark.parametrize("example", ["margin-left: 1px", "float: left", "a { left: 0 }", "text-align: right"])
def test_a_physical_property_would_be_found(example):
    assert PHYSICAL.search(example)


@pytest.mark.parametrize("example", ['<p style="color:red">', '<a onclick="x()">', "<script>x()</script>", "<style>"])
def test_an_inline_style_or_script_would_be_found(example):
    assert INLINE.search(example)
