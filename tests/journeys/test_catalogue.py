"""A reader looks up how an index is computed; an analyst builds an instrument from nothing and publishes it."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

DATA = "tests.journeys.data_catalogue"
WAYS = [("en", DESKTOP, True), ("prs", PHONE, True), ("ru", PHONE, False)]


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_a_reader_finds_an_instrument_and_reads_its_method(walk, platform, language, view, scripts):
    reader = walk(language=language, view=view, scripts=scripts)
    page = reader.to("/instruments/")
    reader.check(f"catalogue-{language}")
    page.locator("#id_units").select_option("enterprise")
    page.locator("form.filters button").click()
    page.locator("a[href='/instruments/social-enterprise/']").click()
    reader.check(f"catalogue-instrument-{language}")
    page.locator("main a.button--primary").click()
    expect(page.locator("#c-total")).to_be_visible()
    reader.check(f"catalogue-method-{language}")
    page.locator("#c-A1 summary").click()
    expect(page.locator("#c-A1 .ask")).to_be_visible()
    reader.check()
    page.locator("a[href^='/trail/method/']").click()
    reader.check()


@pytest.mark.parametrize(("language", "view"), [("en", DESKTOP), ("ps", PHONE)])
def test_a_reader_compares_two_editions(walk, platform, language, view):
    made = platform.prepare(f"{DATA}:two_editions")
    reader = walk(language=language, view=view)
    page = reader.to(f"/instruments/{made['code']}/")
    page.locator("#before").select_option(str(made["before"]))
    page.locator("#after").select_option(str(made["after"]))
    page.locator("form.filters button").click()
    expect(page.get_by_text("{by: goalposts")).to_have_count(0)
    expect(page.locator("#changed")).to_be_visible()
    reader.check(f"catalogue-compare-{language}")


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_an_analyst_builds_an_instrument_and_publishes_it(walk, platform, language, view, scripts):
    made, code = platform.prepare(f"{DATA}:an_analyst"), f"roads-{uuid4().hex[:6]}"
    analyst = walk(language=language, view=view, scripts=scripts)
    analyst.page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": platform.url}])
    page = analyst.to("/desk/instruments/")
    analyst.check(f"building-list-{language}")
    page.locator("a[href='/desk/instruments/new/']").click()
    page.locator("#id_title").fill("Good roads")
    page.locator("#id_code").fill(code)
    page.locator("#id_starter input[value='assessment']").check()
    page.locator("#id_place").select_option(index=1)
    analyst.check(f"building-new-{language}")
    page.locator("form.wide button").click()
    expect(page.locator("#id_title_en")).to_have_value("Good roads")
    analyst.check(f"building-heading-{language}")
    parts = {
        part: page.locator(f".tabs a[href$='/{part}/']")
        for part in ("criteria", "answers", "classes", "sources", "preview", "check")
    }
    parts["criteria"].click()
    page.locator("#id_code").fill("bridges")
    page.locator("#id_title").fill("Bridges")
    page.locator("#id_under").select_option("work")
    page.locator("button[name=add]").click()
    page.locator("#id_answers").select_option("level")
    page.locator("#id_weight").fill("2")
    page.locator("form.wide button").click()
    expect(page.locator("#id_anchor_4_en")).to_be_visible()
    page.locator("#id_anchor_4_en").fill("Every bridge is sound.")
    page.locator("form.wide button").click()
    analyst.check(f"building-criterion-{language}")
    parts["criteria"].click()
    page.locator("button[name=up][value=bridges]").click()
    expect(page.locator(".tree li").nth(4)).to_contain_text("bridges")
    analyst.check(f"building-criteria-{language}")
    parts["answers"].click()
    page.locator("a[href$='/answers/level/']").click()
    page.locator("#id_word_4_en").fill("In every respect")
    analyst.check(f"building-scale-{language}")
    page.locator("form.wide button").click()
    for part in ("classes", "sources", "preview"):
        parts[part].click()
        analyst.check(f"building-{part}-{language}")
    parts["check"].click()
    analyst.check(f"building-check-{language}")
    page.locator("form[action$='/publish/'] button").click()
    expect(page).to_have_url(f"{platform.url}/instruments/{code}/1/")
    expect(page.locator("#c-bridges")).to_be_visible()
    expect(page.locator("#answers-level")).to_contain_text("In every respect")


def test_a_file_with_mistakes_is_answered_with_the_line_of_each(walk, platform, tmp_path):
    made = platform.prepare(f"{DATA}:an_analyst")
    analyst = walk(view=PHONE)
    analyst.page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": platform.url}])
    file = tmp_path / "roads.yaml"
    file.write_text(
        "format: 1\ncode: roads\nedition: '1'\nkind: indx\ntree: {code: all, children: [{code: a, wieght: 2}]}\n"
    )
    page = analyst.to("/desk/instruments/upload/")
    page.locator("#id_file").set_input_files(file)
    page.locator("#id_place").select_option(index=1)
    page.locator("form.wide button").click()
    expect(page.get_by_text("Did you mean 'weight'")).to_be_visible()
    expect(page.get_by_text("line 4, column")).to_be_visible()
    analyst.check("building-upload")
