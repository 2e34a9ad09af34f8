"""An editor makes an agenda, publishes it, changes it, and a reader compares; a commitment gets its roadmap."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

DATA = "tests.journeys.data_catalogue"
WAYS = [("en", DESKTOP, True), ("prs", PHONE, True), ("ru", PHONE, False)]


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_an_editor_makes_an_agenda_publishes_changes_and_compares(walk, platform, language, view, scripts):
    made, code = platform.prepare(f"{DATA}:an_analyst"), f"wells-{uuid4().hex[:6]}"
    editor = walk(language=language, view=view, scripts=scripts)
    editor.page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": platform.url}])
    page = editor.to("/desk/agendas/")
    page.locator("a[href='/desk/agendas/new/']").click()
    editor.check(f"agendas-new-{language}")
    page.locator("#id_title").fill("Ten wells")
    page.locator("#id_code").fill(code)
    page.locator("#id_kind").select_option("programme")
    page.locator("#id_place").select_option(index=1)
    page.locator("form.wide button").click()

    def add(number: str, title: str, under: str = "") -> None:
        page.locator("#id_title").fill(title)
        page.locator("#id_code").fill(number)
        page.locator("#id_under").select_option(under)
        page.locator("button[name=add]").click()
        expect(page.locator(".tree")).to_contain_text(title)

    add("1", "Water")
    add("1.1", "A well in every village", "1")
    add("1.2", "Water is tested", "1")
    page.locator("button[name=up][value='1.2']").click()
    expect(page.locator(".tree li").nth(1)).to_contain_text("Water is tested")
    editor.check(f"agendas-tree-{language}")
    page.locator(".tabs a[href$='/check/']").click()
    page.locator("form.card button").click()
    expect(page).to_have_url(f"{platform.url}/agendas/{code}/")
    editor.check(f"agendas-published-{language}")

    page.locator(f"main a[href='/agendas/{code}/commitments/new/']").click()
    page.locator("#id_title_en").fill("Dig ten wells")
    page.locator("#id_code").fill("C1")
    page.locator("#id_provisions").fill("1.1")
    page.locator("#id_deadline").fill("2030-06-30")
    editor.check(f"agendas-commitment-form-{language}")
    page.locator("form.wide button").click()
    page.locator(f"a[href='/agendas/{code}/commitments/C1/steps/new/']").click()
    page.locator("#id_title_en").fill("Ask every village")
    page.locator("#id_due").fill("2029-03-01")
    page.locator("form.wide button").click()
    expect(page.locator(".roadmap-steps")).to_contain_text("Ask every village")
    editor.check(f"agendas-commitment-{language}")

    editor.to(f"/desk/agendas/{code}/")
    editor.check(f"agendas-desk-{language}")
    page.locator("form[action$='/draft/'] button").click()
    page.locator(".tree a", has_text="A well in every village").click()
    page.locator("#id_title_en, #id_title_prs, #id_title_ru").first.fill("Two wells in every village")
    editor.check(f"agendas-part-{language}")
    page.locator("form.wide button").click()
    page.locator("button[name=remove][value='1.2']").click()
    page.locator(".tabs a[href$='/check/']").click()
    expect(page.locator(".line--changed")).to_contain_text("Two wells in every village")
    page.locator("#id_note").fill("There is money for more")
    editor.check(f"agendas-check-{language}")
    page.locator("form.card button").click()
    page.locator(f"a[href='/agendas/{code}/compare/']").click()
    expect(page.locator(".line--removed")).to_contain_text("Water is tested")
    editor.check(f"agendas-compare-{language}")
    editor.to("/agendas/sdg/6.1/")
    page.locator("select#in").select_option(code)
    page.locator("#closer-code").fill("2")
    editor.check(f"agendas-closer-{language}")
    page.locator("form[action$='/closer/'] button").click()
    expect(page).to_have_url(f"{platform.url}/desk/agendas/{code}/tree/2/")
    expect(page.locator("#id_localises")).to_have_value("sdg/6.1")


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_a_reader_looks_over_the_goals_the_conventions_and_what_was_taken_up(walk, platform, language, view, scripts):
    reader = walk(language=language, view=view, scripts=scripts)
    page = reader.to("/agendas/")
    reader.check(f"agendas-{language}")
    page.locator("a[href='/agendas/sdg/']").click()
    reader.check(f"agendas-goals-{language}")
    page.locator("a.patch[href='/agendas/sdg/16.7/']").click()
    expect(page.locator("#links")).to_be_visible()
    reader.check(f"agendas-target-{language}")
    for path in ("/agendas/coverage/", "/agendas/coverage/?place=KG", "/agendas/treaties/", "/agendas/aarhus/"):
        reader.to(path)
        reader.check(f"agendas{path.removeprefix('/agendas').replace('/', '-').replace('?', '')}{language}")
