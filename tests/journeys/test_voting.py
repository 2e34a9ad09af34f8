"""A participant, from the first look to the picture, with and without scripts, in both directions of writing."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import DESKTOP, PHONE

VIEWS = {"phone": PHONE, "desktop": DESKTOP}
EVERYWHERE = list(itertools.product(["en", "prs"], VIEWS))


def a_conversation(platform, slug, **fields):
    return platform.prepare("tests.journeys.data_voting:open_conversation", slug=slug, **fields)["slug"]


def votes(platform, slug):
    return platform.prepare("tests.journeys.data_voting:votes", slug=slug)


@pytest.fixture(scope="session")
def lively(platform):
    """A conversation with a picture, that nobody changes."""
    return a_conversation(platform, "lively", people=40)


@pytest.mark.parametrize(("language", "view"), EVERYWHERE)
@pytest.mark.parametrize("page", ["", "picture/", "picture/table/", "projector/", "write/", "mine/", "policy/"])
def test_a_page_of_a_conversation_has_no_barrier(walk, lively, page, language, view):
    person = walk(language=language, view=VIEWS[view])
    person.to(f"/conversations/{lively}/{page}")
    person.check(f"conversation-{page.strip('/').replace('/', '-') or 'page'}-{language}-{view}")


@pytest.mark.parametrize("scripts", [True, False])
def test_voting_on_everything(walk, platform, scripts):
    slug = a_conversation(platform, f"all-{scripts}".lower())
    person = walk(view=PHONE, scripts=scripts)
    page = person.to(f"/conversations/{slug}/")
    for done in range(6):
        statement = page.locator("form.ballot .statement").first.text_content()
        page.get_by_label("This matters to me").first.check()
        page.get_by_role("button", name="Agree", exact=True).first.click()
        if done < 5:
            expect(page.locator("form.ballot .statement").first).not_to_have_text(statement)
    expect(page.get_by_text("You have voted on everything there is.")).to_be_visible()
    assert votes(platform, slug) == [[number, 1, True] for number in range(6)]
    person.check(f"voted-{'scripts' if scripts else 'plain'}")


def test_a_double_click_is_one_vote(walk, platform):
    slug = a_conversation(platform, "double-click")
    page = walk().to(f"/conversations/{slug}/")
    page.get_by_role("button", name="Agree", exact=True).first.dblclick()
    page.wait_for_timeout(500)
    page.goto(f"{platform.url}/conversations/{slug}/mine/")
    numbers = [number for number, _value, _matters in votes(platform, slug)]
    assert len(numbers) == len(set(numbers)) <= 2


def test_a_page_that_has_grown_old_loses_no_vote(walk, platform):
    """The token against forged forms is gone: the script fetches a new one and sends the vote again."""
    slug = a_conversation(platform, "grown-old")
    page = walk(expected=("403",)).to(f"/conversations/{slug}/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Agree", exact=True).first.click()
    expect(page.locator("#ballot-state")).to_have_text("Saved.")
    assert [value for _number, value, _matters in votes(platform, slug)] == [1]


def test_votes_cast_without_a_connection_arrive_when_it_is_back(walk, platform):
    slug = a_conversation(platform, "offline")
    person = walk(view=PHONE, expected=("ERR_INTERNET_DISCONNECTED",))
    page = person.to(f"/conversations/{slug}/")
    page.context.set_offline(True)
    for _ in range(3):
        page.get_by_role("button", name="Disagree", exact=True).first.click()
    expect(page.locator("#ballot-state")).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(page.locator("#ballot-state")).to_have_text("Saved.", timeout=20_000)
    page.wait_for_timeout(500)
    assert [value for _number, value, _matters in votes(platform, slug)] == [-1, -1, -1]


def test_the_keyboard_votes(walk, platform):
    slug = a_conversation(platform, "keyboard")
    page = walk().to(f"/conversations/{slug}/")
    page.keyboard.press("3")
    expect(page.locator("#voted")).to_have_text("1")
    page.wait_for_timeout(500)
    assert [value for _number, value, _matters in votes(platform, slug)] == [0]


def test_a_vote_is_changed_on_my_page(walk, platform):
    slug = a_conversation(platform, "change")
    page = walk(scripts=False).to(f"/conversations/{slug}/")
    page.get_by_role("button", name="Agree", exact=True).first.click()
    page.get_by_role("link", name="My votes").click()
    page.get_by_role("button", name="Disagree", exact=True).click()
    expect(page.get_by_role("button", name="Disagree", exact=True)).to_have_attribute("aria-pressed", "true")
    assert [value for _number, value, _matters in votes(platform, slug)] == [-1]


def test_writing_a_statement_shows_those_that_say_the_same_first(walk, platform):
    slug = a_conversation(platform, "writing")
    page = walk(view=PHONE).to(f"/conversations/{slug}/write/")
    page.get_by_role("textbox", name="Your statement").fill("Every school needs clean drinking water and warm toilets!")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    page.get_by_role("button", name="Mine says something else").click()
    expect(page.get_by_text("Waits for a moderator")).to_be_visible()


def test_the_picture_moves_while_others_vote(walk, platform):
    """Two browsers: one looks, the other votes; the first sees it without touching anything."""
    slug = a_conversation(platform, "moving", people=40)
    looking, voting = walk().to(f"/conversations/{slug}/picture/"), walk(view=PHONE).to(f"/conversations/{slug}/")
    before = looking.locator("#picture .quilt-numbers").text_content()
    for _ in range(3):
        voting.get_by_role("button", name="Agree", exact=True).first.click()
        voting.wait_for_timeout(200)
    expect(looking.locator("#picture .quilt-numbers")).not_to_have_text(before, timeout=20_000)
    expect(looking.locator("#newer")).to_be_visible()


def test_my_place_is_marked_in_the_picture(walk, platform):
    slug = a_conversation(platform, "place", people=40)
    page = walk(scripts=False).to(f"/conversations/{slug}/")
    for _ in range(4):
        page.get_by_role("button", name="Agree", exact=True).first.click()
    expect(page.locator(".my-place")).to_contain_text("Your place is marked")
    expect(page.locator("#quilt-me")).to_be_visible()
