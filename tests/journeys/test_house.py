"""The pages that belong to no room, as different people on different devices see them."""

import itertools

import pytest

from tests.journeys.walking import DESKTOP, PHONE

PAGES = ["/", "/about/", "/open-data/", "/safety/", "/accessibility/", "/offline/"]
PAGES += ["/places/", "/places/KG/", "/themes/", "/themes/climate/"]
VIEWS = {"phone": PHONE, "desktop": DESKTOP}


@pytest.mark.parametrize(("language", "view"), list(itertools.product(["ru", "prs"], VIEWS)))
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_barrier_in_either_direction(walk, path, language, view):
    person = walk(language=language, view=VIEWS[view])
    page = person.to(path)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "prs" else "ltr")
    person.check(f"{path.strip('/') or 'home'}-{language}-{view}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_the_same_without_scripts(walk, path):
    with_scripts, without = walk(language="ru").to(path), walk(language="ru", scripts=False).to(path)
    assert without.locator("main").text_content() == with_scripts.locator("main").text_content()


@pytest.mark.parametrize(("language", "view"), list(itertools.product(["ru", "prs"], VIEWS)))
def test_a_missing_page_leads_on(walk, language, view):
    person = walk(language=language, view=VIEWS[view], expected=("404",))
    page = person.to("/no/such/page/")
    assert page.locator("main a[href='/']").is_visible()
    person.check(f"missing-{language}-{view}")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_switch_keeps_the_page(walk, scripts):
    page = walk(scripts=scripts).to("/about/?from=mail")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="دری").click()
    assert page.url.endswith("/about/?from=mail&lang=prs")
    page.goto("/safety/")
    assert page.locator("html").get_attribute("lang") == "prs"


def test_the_skip_link_comes_first_and_leads_to_the_content(walk):
    page = walk().to("/about/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_keyboard_alone_changes_the_language(walk):
    page = walk().to("/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**lang=ru")
    assert page.locator("html").get_attribute("lang") == "ru"


def test_public_pages_can_be_read_without_a_network(walk):
    page = walk(service_workers="allow").to("/about/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 'ready')")
    page.reload()
    said = page.locator("h1").text_content()
    page.context.set_offline(True)
    page.reload()
    assert page.locator("h1").text_content() == said
    page.goto("/safety/")
    assert page.locator("main a[href='/']").is_visible()
    assert page.locator("h1").text_content() == "There is no connection"


def test_what_is_not_public_is_never_kept_on_the_device(walk):
    page = walk(service_workers="allow").to("/about/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 'ready')")
    for path in ("/account/login/", "/conversations/", "/no/such/page/"):
        page.goto(path)
    kept = page.evaluate(
        "caches.open('kurak-1').then((c) => c.keys()).then((k) => k.map((r) => new URL(r.url).pathname))"
    )
    assert "/offline/" in kept
    assert not {"/account/login/", "/no/such/page/"} & set(kept)


def test_leaving_forgets_cookies_that_keep_to_one_conversation(walk):
    page = walk().to("/about/")
    page.context.add_cookies([{"name": "key", "value": "secret", "url": f"{page.url}x/"}])
    page.locator("[data-exit]").click()
    page.wait_for_url("**/robots.txt")
    assert page.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False])
def test_leaving_quickly_leads_elsewhere_and_forgets(walk, scripts):
    page = walk(scripts=scripts, view=PHONE).to("/about/?lang=ru")
    assert page.context.cookies()
    page.locator("[data-exit]").click()
    page.wait_for_url("**/robots.txt")
    assert page.context.cookies() == []


def test_shift_three_times_leaves(walk):
    page = walk().to("/about/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/robots.txt")


def test_writing_capitals_does_not_leave(walk):
    page = walk().to("/about/")
    for letter in "KURAK":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/about/")


@pytest.mark.parametrize("language", ["ru", "prs"])
def test_the_open_language_menu_fits_a_phone(walk, language):
    person = walk(language=language, view=PHONE)
    page = person.to("/about/")
    page.locator(".languages summary").click()
    box = page.locator(".languages ul").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    person.check(f"languages-{language}-phone")


def test_the_phone_menu_opens_without_scripts(walk):
    page = walk(view=PHONE, scripts=False).to("/")
    page.locator(".more summary").click()
    assert page.locator(".more a[href='/safety/']").is_visible()
