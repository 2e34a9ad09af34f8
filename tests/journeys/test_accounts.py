"""The state, civil society and a treaty body say where one commitment stands; a second person approves; the authority
answers; everybody reads it side by side."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

DATA = "tests.journeys.data_accounts"
WAYS = [("en", DESKTOP, True), ("prs", PHONE, True), ("en", PHONE, False)]


@pytest.fixture
def people(walk, platform):
    """people(way) signs everybody in, each on a device of their own, and adds a stranger."""

    def sign_in(language, view, scripts):
        made = platform.prepare(f"{DATA}:everybody")
        found = {"stranger": walk(language=language, view=view, scripts=scripts)}
        for role in ("official", "member", "analyst", "coordinator"):
            found[role] = walk(language=language, view=view, scripts=scripts)
            cookie = {"name": "sessionid", "value": made[role], "url": platform.url}
            found[role].page.context.add_cookies([cookie])
        return made, found

    return sign_in


def give(person, made, way: str, *, voice: str, scale: str, fill) -> str:
    """From the commitment's page through the two forms to the draft; returns its address."""
    page = person.to(made["board"])
    page.locator("a[href*='/accounts/write/']").click()
    page.locator(f"input[name=voice][value='{voice}']").check()
    page.locator("select[name=scale]").select_option(scale)
    person.check(f"{way}-voice")
    page.locator("main form button").click()
    fill(page)
    person.check(f"{way}-account")
    page.locator("main form button").click()
    expect(page.locator("article.account")).to_be_visible()
    return page.url


def with_link(person, own: str, link: str, where: str) -> None:
    page = person.to(f"{own.removeprefix(person.url)}evidence/")
    page.locator("[name=title]").fill("Report")
    page.locator("[name=page]").fill(where)
    page.locator("[name=url]").fill(link)
    person.check()
    page.locator("form[enctype] button").click()


def hand_in(person, own: str) -> None:
    page = person.to(own.removeprefix(person.url))
    page.locator("form[action$='/submit/'] button").click()


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_three_accounts_stand_side_by_side_and_the_authority_answers(people, language, view, scripts):
    made, who = people(language, view, scripts)
    way = f"accounts-{language}-{'scripts' if scripts else 'plain'}"

    def choose(word):
        return lambda page: page.locator(f"input[name=value][value='{word}']").check()

    def claim(page):
        page.locator("[name=value]").fill("90")
        page.locator("[name=body]").fill("Forty towns publish it.")

    def graded(page):
        page.locator("[name=said_by]").fill("Independent Reporting Mechanism")
        choose("limited")(page)

    # The authority and an organisation speak for themselves; what the mechanism said is read in its report.
    state = give(who["official"], made, f"{way}-state", voice=f"state:{made['ministry']}", scale="percent", fill=claim)
    hand_in(who["official"], state)
    civil = give(who["member"], made, f"{way}-civil", voice=f"civil-society:{made['civil']}", scale="five-step",
                 fill=choose("begun"))  # fmt: skip
    with_link(who["member"], civil, "https://example.org/towns", "2")
    hand_in(who["member"], civil)
    body = give(who["analyst"], made, f"{way}-body", voice="treaty-body:", scale="ogp-completion", fill=graded)
    hand_in(who["analyst"], body)
    expect(who["analyst"].page.locator(".notice--bad")).to_be_visible()  # not from memory
    with_link(who["analyst"], body, "https://example.org/irm", "31")
    hand_in(who["analyst"], body)

    # Nothing is shown before a second person has looked.
    page = who["stranger"].to(made["board"])
    expect(page.locator("article.account")).to_have_count(0)
    desk = who["coordinator"].to("/desk/accounts/")
    for each in (state, civil, body):
        desk.locator(f"input[name=account][value='{each.rstrip('/').rsplit('/', 1)[-1]}']").check()
    who["coordinator"].check(f"{way}-queue")
    desk.locator("main section form button").first.click()

    # The authority answers, for good.
    page = who["official"].to(made["board"])
    page.locator(".voice--civil-society a[href*='/accounts/reply/account/']").click()
    page.locator("[name=body]").fill("Six more since March.")
    who["official"].check(f"{way}-answer")
    page.locator("main form button").click()

    page = who["stranger"].to(made["board"])
    for side in ("state", "civil-society", "treaty-body"):
        expect(page.locator(f".voice--{side} article.account")).to_have_count(1)
    expect(page.locator(".gap-value")).to_contain_text("0")
    expect(page.locator(".gap--wide")).to_be_visible()
    expect(page.locator(".reply .said")).to_contain_text("Six more since March.")
    who["stranger"].check(f"{way}-board")
    columns = {round(each.bounding_box()["y"]) for each in page.locator(".voices > section").all()}
    assert len(columns) == (1 if view == DESKTOP else 3)
    who["stranger"].to("/accounts/")
    who["stranger"].check(f"{way}-gaps")
    who["stranger"].to("/calendar/")
    who["stranger"].check(f"{way}-calendar")
