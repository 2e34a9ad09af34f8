"""A citation is the same in every form, whatever the title holds."""

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from kurak.ground.publishing.citing import Citation

CITED = Citation(
    "Water & air: 50% of {Чуй}", dt.date(2026, 5, 4), url="https://example.org/editions/2", version="2"
)  # fmt: skip


def test_the_text_follows_apa():
    assert CITED.text == (
        "Kurak (2026, May 4). Water & air: 50% of {Чуй} (Version 2) [Data set]. https://example.org/editions/2"
    )


def test_bibtex_is_balanced_and_harmless():
    assert r"title = {Water \& air: 50\% of Чуй}" in CITED.bibtex
    assert CITED.bibtex.count("{") == CITED.bibtex.count("}")


@given(st.text(max_size=40))
def test_no_title_breaks_out_of_its_field(title):
    cited = Citation(title, dt.date(2026, 5, 4))
    assert cited.bibtex.count("{") == cited.bibtex.count("}")
    line = next(line for line in cited.cff.split("\n") if line.startswith("title")) if title else 'title: ""'
    assert json.loads(line.removeprefix("title: ")) == title


def test_csl_has_the_day_of_publication():
    assert CITED.csl["issued"] == {"date-parts": [[2026, 5, 4]]}
    assert CITED.csl["license"] == "CC-BY-4.0"
