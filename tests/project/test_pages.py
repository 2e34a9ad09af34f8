"""Every page that can be reached: no script or style inside it, nothing from elsewhere, every guard in its headers."""

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from kurak.ground.loading import load_ground
from kurak.ground.people.rules import Role
from kurak.ground.places.models import Place
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote
from tests.factories.people import a_member_of_staff, signed_in
from tests.project.markup import Page

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[2] / "src/kurak"
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')
MOST = 150
SAME_PAGE_IN_OTHER_WORDS = re.compile(r"[?&]lang=|/places/|/themes/|/figures/|/exit/|/data/")
FEW = 4  # of each kind of page that only differs in its content


@pytest.fixture
def country():
    load_ground()
    place = Place.objects.get(code="KG")
    conversation = a_conversation("water", place=place)
    for number in range(3):
        a_vote(a_participant(conversation), a_statement(conversation, number=number))
    return place


def walked(client, *starts: str) -> dict[str, object]:
    """{path: response} of the pages that links lead to, from the start pages."""
    waiting, found, alike = list(starts), {}, {}
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = found[path] = client.get(path)
        if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code != 200:
            continue
        for link in LINK.findall(answer.content.decode()):
            target = urldefrag(urljoin(path, link.replace("&amp;", "&")))[0]
            kind = SAME_PAGE_IN_OTHER_WORDS.search(target)
            alike[kind and kind[0]] = alike.get(kind and kind[0], 0) + 1
            if not urlsplit(target).netloc and (kind is None or alike[kind[0]] <= FEW):
                waiting.append(target)
    return found


def check(pages: dict) -> None:
    for path, answer in pages.items():
        assert answer.status_code in {200, 302, 303}, f"{path} answered {answer.status_code}"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], path
        if "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            page = Page(answer.content.decode())
            assert not page.inline, f"{path} has within it: {page.inline}"
            elsewhere = [each for each in page.fetched if urlsplit(each).netloc or each.startswith("//")]
            assert not elsewhere, f"{path} fetches from elsewhere: {elsewhere}"


def test_pages_of_a_visitor(client, country):
    pages = walked(client, "/", "/conversations/water/", "/conversations/water/picture/", "/conversations/water/write/")
    assert len(pages) > 20
    check(pages)


@pytest.mark.parametrize("language", ["ru", "prs"])
def test_pages_in_another_language_and_direction(client, country, language):
    check(walked(client, f"/?lang={language}", f"/conversations/water/?lang={language}"))


def test_pages_of_a_coordinator(client, country):
    signed_in(client, a_member_of_staff(Role.COORDINATOR, place=country))
    pages = walked(client, "/desk/", "/desk/conversations/water/", "/desk/people/", "/desk/audit/", "/account/")
    assert len(pages) > 20
    check(pages)


@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/password/reset/", "/no/such/page/"])
def test_pages_of_a_stranger_at_the_door(client, path):
    answer = client.get(path)
    assert not Page(answer.content.decode()).inline


@pytest.mark.parametrize(
    "path", sorted([*SOURCE.rglob("static/**/*.css"), *SOURCE.rglob("static/**/*.js")]), ids=lambda path: path.name
)
def test_a_static_file_names_no_other_site(path):
    """Names of standards (http://www.w3.org/...) are read by nobody; an address that is fetched would be."""
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r"""(?:url\(|import|fetch\()\s*['"(]*((?:https?:)?//[^'")\s]+)""", text))
    assert not found


def test_the_reader_of_markup_finds_what_it_should():
    page = Page('<p style="a"><script>b</script><img src="//c"><script src="/d"></script><a onclick="e">f</a>')
    assert (page.inline, page.fetched) == (["p style", "script: b", "a onclick"], ["//c", "/d"])
