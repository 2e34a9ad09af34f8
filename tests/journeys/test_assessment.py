"""An organisation assesses itself, from empty to published; a second person from another country reviews it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

DATA = "tests.journeys.data_assessment"
WAYS = [("en", DESKTOP, True), ("prs", PHONE, True), ("prs", PHONE, False)]


@pytest.fixture
def people(walk, platform):
    """people(way) signs everybody in, each on a device of their own."""

    def sign_in(language, view, scripts):
        made = platform.prepare(f"{DATA}:everybody")
        found = {}
        for role in ("member", "officer", "reviewer", "coordinator"):
            found[role] = walk(language=language, view=view, scripts=scripts)
            cookie = {"name": "sessionid", "value": made[role], "url": platform.url}
            found[role].page.context.add_cookies([cookie])
        return made, found

    return sign_in


def choose(page, code: str, word: str) -> None:
    page.locator(f"input[name='answer-{code}'][value='{word}']").check()


def answer_everything(person, name: str, *, months: str) -> None:
    """Part by part: each button leads on to the next part, the last one back to the list."""
    page = person.page
    choose(page, "purpose", "yes")
    person.check(f"{name}-before")
    page.locator("button[value=next]").click()
    for code, word in (("rules", "2"), ("accounts", "2"), ("complaints", "1")):
        choose(page, code, word)
    person.check(f"{name}-trust")
    page.locator("button[value=next]").click()
    choose(page, "people", "2")
    page.locator("#answer-months").fill(months)
    page.locator("button[value=next]").click()


@pytest.mark.parametrize(("language", "view", "scripts"), WAYS)
def test_from_empty_to_published_reviewed_by_a_second_person(people, platform, walk, language, view, scripts, tmp_path):
    made, who = people(language, view, scripts)
    way = f"assessment-{language}-{'scripts' if scripts else 'plain'}"

    # The member opens it, mistypes once, adds evidence, and hands it in.
    member = who["member"]
    page = member.to(f"/assessments/new/?edition={made['edition']}")
    member.check(f"{way}-new")
    page.locator("main form button").click()
    own = page.url
    member.check(f"{way}-case")
    page.locator("ol.parts a").first.click()
    answer_everything(member, f"{way}-own", months="six")
    expect(page.locator(".question--wrong")).to_have_count(1)
    expect(page.locator("#answer-months")).to_have_value("six")
    expect(page.locator("input[name='answer-people'][value='2']")).to_be_checked()
    member.complaints.clear()  # the browser notes that the page came with status 400
    page.locator("#answer-months").fill("6,5")
    page.locator("button[value=next]").click()
    page.locator("ol.parts a").nth(1).click()
    page.locator("#q-accounts summary").click()
    page.locator("button[value='evidence:accounts']").click()
    photograph = tmp_path / "notice.txt"
    photograph.write_text("Accounts of 2025, read out in the village", encoding="utf-8")
    page.locator("#id_title").fill("Notice board")
    page.locator("#id_file").set_input_files(photograph)
    member.check(f"{way}-evidence")
    page.locator("main form.wide button").click()
    expect(page.get_by_text("Notice board")).to_be_visible()
    page.locator(".crumbs a").last.click()
    member.check(f"{way}-sheet")
    page.locator("form[action$='hand-in/'] button").click()
    member.to(own.removeprefix(platform.url))
    assert platform.prepare(f"{DATA}:status_of", organisation=made["organisation"]) == "submitted"

    # The coordinator invites the reviewer, who declares their ties and rates alone.
    coordinator = who["coordinator"]
    desk = coordinator.to("/desk/assessments/")
    coordinator.check(f"{way}-desk")
    desk.get_by_role("link", name=made["name"]).click()
    desk.locator("#id_name").fill(made["reviewer_name"])
    coordinator.check(f"{way}-desk-case")
    desk.locator("form[action$='invite/'] button").click()
    reviewer = who["reviewer"]
    review = reviewer.to("/assessments/mine/")
    reviewer.check(f"{way}-mine")
    review.get_by_role("link", name=made["name"]).click()
    review.locator("input[name=ties][value=no]").check()
    reviewer.check(f"{way}-invitation")
    review.locator("button[value=accept]").click()
    review.locator("ol.parts a").first.click()
    answer_everything(reviewer, f"{way}-review", months="6.5")
    review.locator("form[action$='hand-in/'] button").click()

    # Draft, reply, decision.
    desk.reload()
    coordinator.check(f"{way}-desk-reviewed")
    desk.locator("form[action$='send-draft/'] button").click()
    officer = who["officer"]
    hall = officer.to(own.removeprefix(platform.url))
    hall.locator("#reply-text").fill("Thank you for reading our accounts.")
    officer.check(f"{way}-reply")
    hall.locator("form[action$='/reply/'] button").click()
    officer.to(own.removeprefix(platform.url) + "comparison/")
    officer.check(f"{way}-comparison")
    officer.to(own.removeprefix(platform.url))
    hall.locator("form[action$='end-reply/'] button").click()
    desk.reload()
    desk.locator("#decide-why").fill("As the reviewer says.")
    coordinator.check(f"{way}-panel")
    desk.locator("form[action$='decide/'] button").click()

    # The officer agrees, and everybody can read it.
    officer.to(own.removeprefix(platform.url))
    hall.locator("input[name=to][value=profile]").check()
    officer.check(f"{way}-consent")
    hall.locator("form[action$='consent/'] button").click()
    visitor = walk(language=language, view=view, scripts=scripts)
    public = visitor.to("/assessments/")
    visitor.check(f"{way}-overview")
    public.get_by_role("link", name=made["name"]).click()
    expect(public.locator(".profile li")).to_have_count(2)
    visitor.check(f"{way}-published")


def test_the_workbook_goes_along_and_comes_back(people, walk):
    made, who = people("ru", DESKTOP, True)
    member = who["member"]
    page = member.to(f"/assessments/new/?edition={made['edition']}")
    page.locator("main form button").click()
    page.locator("main .button--primary").click()
    with page.expect_download() as download:
        page.locator("a[href$='answers.xlsx']").click()
    path = download.value.path()
    page.locator("a[href$='/file/']").click()
    member.check("assessment-file")
    page.locator("#id_file").set_input_files(files=[{
        "name": "answers.xlsx", "buffer": path.read_bytes(),
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }])  # fmt: skip
    page.locator("main form.wide button").click()
    expect(page.locator("ol.parts")).to_be_visible()
    member.check("assessment-file-back")
