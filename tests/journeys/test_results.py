"""A reader looks how countries stand, how sure that is and where it goes; an analyst brings data and publishes them."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

DATA = "tests.journeys.data_results"
WAYS = [("en", DESKTOP, True), ("prs", PHONE, True), ("ru", PHONE, False)]


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_a_reader_goes_from_an_index_to_a_country_and_an_organisation(walk, platform, language, view, scripts):
    made = platform.prepare(f"{DATA}:two_editions")
    reader = walk(language=language, view=view, scripts=scripts)
    page = reader.to("/results/")
    reader.check(f"results-{language}")
    page.locator(f"a[href='/results/{made['run']}/']").first.click()
    reader.check(f"results-index-{language}")
    page.locator(f"a[href^='/results/{made['run']}/over-time/']").first.click()
    page.locator("input[name=of][value=TJK]").uncheck()
    page.locator("form.choose button").click()
    expect(page.locator(".small figure")).to_have_count(4)
    reader.check(f"results-over-time-{language}")
    reader.to(f"/results/{made['run']}/study/")
    reader.check(f"results-study-{language}")
    reader.to(f"/results/{made['run']}/unit/?of=KGZ&in=2020")
    expect(page.locator("tr.opens")).to_have_count(2)
    reader.check(f"results-unit-{language}")
    page.locator("a[href*='/path/']").click()
    reader.check(f"results-path-{language}")
    reader.to("/results/places/KG/")
    reader.check(f"results-country-{language}")
    page.locator(f"a[href='/results/organisations/{made['organisation']}/']").click()
    reader.check(f"results-organisation-{language}")


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS[::2])
def test_an_analyst_brings_data_computes_publishes_and_has_them_studied(walk, platform, language, view, scripts):
    made = platform.prepare(f"{DATA}:an_analyst_with_an_index")
    analyst = walk(language=language, view=view, scripts=scripts)
    analyst.page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": platform.url}])
    page = analyst.to("/desk/results/")
    analyst.check(f"results-desk-{language}")
    page.locator("a[href='/desk/results/bring/']").click()
    page.locator("#id_edition").select_option(str(made["edition"]))
    page.locator("#id_file").set_input_files(
        {"name": "calm.csv", "mimeType": "text/csv", "buffer": made["rows"].encode()}
    )
    page.locator("#id_title").fill("Counted in the villages")
    page.locator("#id_licence").fill("CC BY 4.0")
    analyst.check(f"results-bring-{language}")
    page.locator("form[enctype] button").click()
    page.locator("#id_draws").fill("40")
    analyst.check(f"results-data-{language}")
    page.locator("form[action$='/compute/'] button").click()
    analyst.check(f"results-draft-{language}")
    page.locator("form[action$='/publish/'] button").click()
    page.locator("a[href$='/study/']").first.click()
    page.locator("form[action$='/study/'] button").click()
    analyst.check(f"results-asked-{language}")
