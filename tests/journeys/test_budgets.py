"""A resident looks at a budget, at one line of it, sees what twenty others said, and answers."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

WAYS = [("en", DESKTOP, True), ("prs", PHONE, False)]


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_from_a_budget_to_a_residents_answer(walk, platform, language, view, scripts):
    made = platform.prepare("tests.journeys.data_budgets:a_budget_with_twenty_answers")
    way, address = f"budget-{language}-{'scripts' if scripts else 'plain'}", f"/budgets/{made['place']}/{made['year']}/"
    resident = walk(language=language, view=view, scripts=scripts)
    resident.page.context.add_cookies([{"name": "sessionid", "value": made["resident"], "url": platform.url}])

    page = resident.to("/budgets/")
    resident.check(f"{way}-list")
    page.locator(f"a[href='{address}']").first.click()
    resident.check(f"{way}-budget")
    page.locator(f"a[href='{address}2/']").first.click()
    resident.check(f"{way}-line")
    expect(page.locator(".question b.big").first).to_be_visible()
    said = page.locator("form[action$='/answer/']")
    said.locator("[value=yes]").first.check()
    said.locator("[name=good][value=yes]").check()
    said.locator("button").first.click()
    expect(said.locator("[value=yes]").first).to_be_checked()  # and may be changed
    resident.check(f"{way}-answered")
