"""Two organisations write a shadow report together, sign and publish it; everybody reads it, prints it, edits it."""

from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

WAYS = [("en", DESKTOP, True), ("prs", PHONE, False)]


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_from_sections_to_a_signed_edition(walk, platform, language, view, scripts):
    made = platform.prepare("tests.journeys.data_shadow:a_coalition_of_two")
    first, second = (walk(language=language, view=view, scripts=scripts) for _each in range(2))
    for person, role in ((first, "first"), (second, "second")):
        person.page.context.add_cookies([{"name": "sessionid", "value": made[role], "url": platform.url}])
    address, way = f"/shadow-reports/{made['code']}/", f"shadow-{language}-{'scripts' if scripts else 'plain'}"

    # The leading organisation invites the other one, and writes the introduction.
    page = first.to(f"{address}work/")
    page.locator("details:has(select[name=organisation]) summary").click()
    page.locator("select[name=organisation]").select_option(made["river"])
    page.locator("details:has(select[name=organisation]) button").click()
    first.check(f"{way}-work")
    page.locator(".paper-sections a").first.click()
    page.get_by_role("textbox").nth(1).fill("We watched forty assemblies.\n\nMost were refused.")
    page.locator("form.writing button").click()
    first.check(f"{way}-section")

    # The other one signs for itself.
    page = second.to(f"{address}work/")
    page.locator("button[name=signs][value=yes]").click()
    expect(page.locator("button[name=signs][value=no]")).to_be_visible()

    # Published, and read by a stranger.
    page = first.to(f"{address}work/")
    page.locator("form[action$='/freeze/'] button").click()
    stranger = walk(language=language, view=view, scripts=scripts)
    page = stranger.to(address)
    expect(page.locator(".paper")).to_contain_text("We watched forty assemblies.")
    expect(page.locator(".paper-facts")).to_contain_text("Quiet River")
    stranger.check(f"{way}-edition")
    file = stranger.page.request.get(f"{platform.url}{address}1/en.docx").body()
    assert "Most were refused." in [each.text for each in Document(BytesIO(file)).paragraphs]
    assert stranger.page.request.get(f"{platform.url}{address}1/en.pdf").body().startswith(b"%PDF")
