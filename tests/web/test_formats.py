"""Dates and numbers as the readers of each language write them."""

import datetime

import pytest
from babel.numbers import format_decimal
from django.template import Context, Template
from django.utils import translation

from kurak.ground.languages.declared import LANGUAGES

MONTHS = [datetime.date(2026, month, 17) for month in range(1, 13)]
FORMATS = ("DATE_FORMAT", "SHORT_DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")


def written(template, **values):
    return Template("{% load humanize %}" + template).render(Context(values))


@pytest.mark.parametrize("language", [each.code for each in LANGUAGES if each.code != "en"])
def test_no_language_writes_english_months(language):
    english = {f"{day:%B}" for day in MONTHS} | {f"{day:%b}" for day in MONTHS}
    with translation.override(language):
        shown = " ".join(written("{{ d|date:f }}", d=day, f=each) for day in MONTHS for each in FORMATS[:2])
    assert not english & set(shown.replace(".", " ").replace(",", " ").split())


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_large_numbers_are_grouped_as_cldr_groups_them(language):
    with translation.override(language.code):
        assert written("{{ n|intcomma }}", n=1234567) == format_decimal(1234567, locale=language.cldr)


@pytest.mark.parametrize("language", [each.code for each in LANGUAGES])
def test_the_clock_has_twenty_four_hours(language):
    with translation.override(language):
        assert "15" in written("{{ d|date:'SHORT_DATETIME_FORMAT' }}", d=datetime.datetime(2026, 5, 7, 15, 4))  # noqa: DTZ001


def test_day_and_month_cannot_be_mixed_up_in_english():
    with translation.override("en"):
        assert written("{{ d|date:'SHORT_DATE_FORMAT' }}", d=datetime.date(2026, 5, 7)) == "7 May 2026"
