"""A facilitator opens a conversation; a moderator works through a queue."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

DATA = "tests.journeys.data_desk"


def at_the_desk(walk, platform, session, **how):
    person = walk(**how)
    person.page.context.add_cookies([{"name": "sessionid", "value": session, "url": platform.url}])
    return person


WAYS = [("en", DESKTOP, True), ("prs", PHONE, True), ("en", PHONE, False)]


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_a_conversation_goes_from_nothing_to_open_with_two_statements(walk, platform, language, view, scripts):
    made = platform.prepare(f"{DATA}:signed_in")
    person = at_the_desk(walk, platform, made["session"], language=language, view=view, scripts=scripts)
    page = person.to("/desk/")
    person.check()
    page.locator("a[href='/desk/conversations/new/']").click()
    page.locator("#id_original").select_option("ky")
    for code, question in (("ky", "Суубуз кандай болсун?"), ("prs", "آب ما چگونه باشد؟")):
        section = page.locator("details.section-of-language").filter(has=page.locator(f"#id_question_{code}"))
        if section.get_attribute("open") is None:
            section.locator("summary").click()
        page.locator(f"#id_question_{code}").fill(question)
    page.locator("#id_place").select_option(label=page.locator("#id_place option").nth(1).inner_text())
    person.check(f"desk-new-{language}")
    page.locator("form.wide button").click()
    page.locator("#id_lines").fill("Ар бир айылда таза суу болсун\nСуунун баасы ачык болсун")
    page.locator("#id_language").select_option("ky")
    page.locator("form.wide button").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    person.check(f"desk-statements-{language}")
    page.locator("tbody a").first.click()
    person.check(f"desk-translations-{language}")
    slug = page.url.split("/desk/conversations/")[1].split("/")[0]
    person.to(f"/desk/conversations/{slug}/")
    page.locator("button[name=phase][value=open]").click()
    expect(page.locator(".tag--open")).to_be_visible()
    person.check(f"desk-overview-{language}")
    for part in ("edit/", "share/", "coverage/"):
        person.to(f"/desk/conversations/{slug}/{part}")
        person.check(f"desk-{part[:-1]}-{language}")
    visitor = walk(language="ky")
    visitor.to(f"/conversations/{slug}/")
    expect(visitor.page.get_by_text("Суубуз кандай болсун?").first).to_be_visible()


def test_codes_for_guests_are_shown_once_and_downloaded(walk, platform):
    made = platform.prepare(f"{DATA}:a_guest_list")
    person = at_the_desk(walk, platform, made["session"], view=PHONE)
    page = person.to(f"/desk/conversations/{made['slug']}/guests/")
    page.locator("#id_how_many").fill("3")
    page.locator("form.wide button").click()
    expect(page.locator("code")).to_have_count(3)
    person.check("desk-guests")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert len(download.value.path().read_text().splitlines()) == 4


@pytest.mark.parametrize(("language", "view"), [("en", DESKTOP), ("ps", PHONE)])
def test_a_moderator_works_through_everything_that_waits(walk, platform, language, view):
    made = platform.prepare(f"{DATA}:a_queue")
    person = at_the_desk(walk, platform, made["session"], language=language, view=view)
    desk = f"/desk/conversations/{made['slug']}/moderation/"
    page = person.to(desk)
    person.check(f"moderation-queue-{language}")
    page.locator("#statement-2 button[value=accepted]").click()
    page.locator("#reason-3").select_option("spam")
    page.locator("#statement-3 button[value=rejected]").click()
    expect(page.locator("[data-statement]")).to_have_count(0)
    person.to(desk + "appeals/")
    person.check(f"moderation-appeals-{language}")
    page.locator("button[value=yes]").click()
    expect(page.locator("button[value=yes]")).to_have_count(0)
    person.to(desk + "alike/")
    person.check(f"moderation-alike-{language}")
    page.locator("button[value=merge]").click()
    expect(page.locator("form[action$='undo/']")).to_have_count(1)
    person.to(desk + "patterns/")
    page.locator("input[name=reason]").fill("Forty votes within ten seconds")
    person.check(f"moderation-patterns-{language}")
    page.locator("button[value=exclude]").click()
    expect(page.locator("button[value=restore]")).to_be_visible()
    person.to(desk + "decided/")
    person.check(f"moderation-decided-{language}")
    for part in ("log", "policy"):
        person.to(f"/conversations/{made['slug']}/{part}/")
        person.check(f"moderation-{part}-{language}")


def test_the_queue_is_worked_with_the_keyboard_alone(walk, platform):
    made = platform.prepare(f"{DATA}:a_queue")
    page = at_the_desk(walk, platform, made["session"]).to(f"/desk/conversations/{made['slug']}/moderation/")
    expect(page.locator("#statement-2")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#statement-3")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#reason-3")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator("[data-statement]")).to_have_count(1)
