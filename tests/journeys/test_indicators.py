"""A reader asks how a country goes, and by whose method; an analyst brings next year's file in."""

import pytest
from playwright.sync_api import expect

from tests.factories.indicators import a_table
from tests.journeys.walking import DESKTOP, PHONE

DATA = "tests.journeys.data_indicators"
WAYS = [("en", DESKTOP, True), ("prs", PHONE, True), ("ru", PHONE, False)]


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_a_reader_sees_how_a_country_goes_and_changes_the_method(walk, platform, language, view, scripts):
    platform.prepare(f"{DATA}:mortality")
    reader = walk(language=language, view=view, scripts=scripts)
    page = reader.to("/indicators/")
    reader.check(f"indicators-{language}")
    page.locator("a[href='/indicators/places/KG/']").click()
    reader.check(f"indicators-country-{language}")
    page.locator("a.patch[href*='SH_DYN_MORT']").click()
    expect(page.locator("#now ~ dl .by")).to_contain_text("D,")
    expect(page.locator("svg.chart")).to_be_visible()
    reader.check(f"indicators-indicator-{language}")
    page.locator("#id_method").select_option("sdg-index")
    page.locator("form.filters button").click()
    expect(page.locator("#now ~ dl .by")).to_contain_text("E,")
    expect(page.locator("tr.chosen")).to_contain_text("SDG Index")
    reader.check()


def test_an_analyst_brings_a_file_in_and_reads_what_was_refused(walk, platform):
    made = platform.prepare(f"{DATA}:an_analyst")
    analyst = walk()
    analyst.page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": platform.url}])
    page = analyst.to("/desk/indicators/")
    analyst.check("indicators-desk")
    data = a_table("wells,KG,2024,5,NUMBER,,", "wells,KG,2025,many,NUMBER,,")
    page.locator("#id_file").set_input_files({"name": "wells.csv", "mimeType": "text/csv", "buffer": data})
    page.locator("#id_place").select_option("KG")
    page.locator("#id_code").fill("wells-count")
    page.locator("#id_title").fill("A count of wells")
    page.locator("form.wide button").click()
    expect(page.locator("h1")).to_have_text("wells.csv")
    expect(page.locator("table")).to_contain_text("many")
    analyst.check("indicators-batch")
