"""Pages of shadow reports."""

import pytest

from kurak.commitments.shadow import actions
from kurak.ground.languages.text import Text
from tests.factories.people import a_membership, a_person, an_organisation, signed_in
from tests.factories.shadow import PERIOD, a_coalition

pytestmark = pytest.mark.django_db
WORK = "/shadow-reports/assembly-2026/work/"


def frozen(made=None):
    made = made or a_coalition()
    return made, actions.freeze(report=made.report, by=made.officer)


def posted(client, step, **said):
    return client.post(f"{WORK}steps/{step}/", said, follow=True)


def test_an_edition_is_read_by_everybody_with_its_sources(client):
    frozen()
    page = client.get("/shadow-reports/assembly-2026/").content.decode()
    assert "Nine of ten requests were refused." in page
    assert 'href="https://example.org/records"' in page
    assert "Free Steppe" in page


@pytest.mark.parametrize("path", ["work/", "work/preview/", "work/preview.docx", "work/sections/1/"])
def test_work_in_progress_is_nobodys_business(client, path):
    a_coalition()
    stranger = signed_in(client, a_person())
    assert stranger.get(f"/shadow-reports/assembly-2026/{path}").status_code == 404
    assert client.get("/shadow-reports/assembly-2026/").status_code == 404  # nothing is published


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_an_edition_is_a_file_too(client, form, magic):
    frozen()
    answer = client.get(f"/shadow-reports/assembly-2026/1/en.{form}")
    assert answer.content.startswith(magic)
    assert f'filename="assembly-2026-1-en.{form}"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["ky.pdf", "en.exe", "xx.pdf"])
def test_there_is_no_file_in_a_language_or_form_that_it_has_not(client, name):
    frozen()
    assert client.get(f"/shadow-reports/assembly-2026/1/{name}").status_code == 404


def test_what_was_frozen_is_data_with_its_checksum(client):
    _made, edition = frozen()
    told = client.get("/shadow-reports/assembly-2026/1/document.json").json()
    assert told["sha256"] == edition.sha256
    assert told["document"] == edition.document


def test_an_edition_taken_back_says_why_and_shows_nothing_else(client):
    made, edition = frozen()
    actions.withdraw(edition=edition, by=made.officer, reason="It named a witness.")
    answer = client.get("/shadow-reports/assembly-2026/1/")
    assert answer.status_code == 410
    assert "It named a witness." in answer.content.decode()
    assert "refused" not in answer.content.decode()
    assert client.get("/shadow-reports/assembly-2026/1/en.pdf").status_code == 404
    assert client.get("/shadow-reports/assembly-2026/1/document.json").status_code == 404


def test_two_editions_are_compared(client):
    made, _edition = frozen()
    section = made.report.sections.first()
    actions.write_section(
        section=section, by=made.officer, heading=section.heading, body=Text("en", "New words."), ready=True,
        seen=actions.mark_of(section),
    )  # fmt: skip
    frozen(made)
    page = client.get("/shadow-reports/assembly-2026/compare/1/2/").content.decode()
    assert "<ins>New words.</ins>" in page


def test_an_officer_opens_a_report_in_the_browser(client):
    made = a_coalition()
    person = signed_in(client, made.officer)
    said = {"title": "Second", "language": "en", "code": "second", "lead": made.lead.pk, "place": "KG",
            "provisions": [made.article.pk], **{key: str(day) for key, day in PERIOD.items()}}  # fmt: skip
    answer = person.post(f"/shadow-reports/new/?agenda={made.agenda.code}", said, follow=True)
    assert answer.redirect_chain[-1][0] == "/shadow-reports/second/work/"
    assert "Peaceful assembly" in answer.content.decode()


def test_a_section_is_written_in_two_languages(client):
    made = a_coalition()
    section = made.report.sections.first()
    person = signed_in(client, made.officer)
    for language, words in (("en", "Our words."), ("ru", "Наши слова.")):
        section.refresh_from_db()
        said = {"heading": "Introduction", "body": words, "seen": actions.mark_of(section)}
        person.post(f"{WORK}sections/{section.pk}/?language={language}", said)
    section.refresh_from_db()
    assert (section.body.body, str(section.body.into("ru"))) == ("Our words.", "Наши слова.")


def test_who_was_slower_sees_what_is_there_and_keeps_their_words(client):
    made = a_coalition()
    section = made.report.sections.first()
    person = signed_in(client, made.officer)
    said = {"heading": "Introduction", "body": "Mine.", "seen": "2001-01-01"}
    page = person.post(f"{WORK}sections/{section.pk}/", said).content.decode()
    assert "Somebody else has saved this section" in page
    assert "Mine." in page
    section.refresh_from_db()
    assert section.body is None


def test_the_steps_of_a_coalition_work_without_scripts(client):
    made, other = a_coalition(), an_organisation("river", name="Quiet River")
    second = a_person()
    a_membership(second, other, officer=True)
    person = signed_in(client, made.officer)
    assert "Quiet River" in posted(person, "invite", organisation="river").content.decode()
    section = made.report.sections.first()
    posted(person, "assign", section=section.pk, organisation="river")
    posted(person, "comment", section=section.pk, text="Shorter, please.")
    posted(signed_in(client, second), "sign", organisation="river", signs="yes")
    posted(signed_in(client, made.officer), "freeze", note="First")
    edition = made.report.editions.get()
    assert {each["slug"] for each in edition.document["signed"]} == {made.lead.slug, "river"}
    assert section.comments.get().text == "Shorter, please."


@pytest.mark.parametrize("step", ["invite", "sign", "assign", "freeze", "withdraw", "add", "move", "comment", "frame"])
def test_a_stranger_takes_no_step(client, step):
    a_coalition()
    assert signed_in(client, a_person()).post(f"{WORK}steps/{step}/").status_code == 404


@pytest.mark.parametrize(
    ("step", "said"), [("invite", {"organisation": "nobody"}), ("withdraw", {"number": "x" * 40}), ("move", {}),
                       ("sign", {"organisation": "nobody"}), ("frame", {"due": "never"}), ("settle", {"comment": "9"}),
                       ("nonsense", {})]
)  # fmt: skip
def test_odd_input_breaks_nothing(client, step, said):
    made = a_coalition()
    assert posted(signed_in(client, made.officer), step, **said).status_code in {200, 404}


def test_work_is_not_kept_by_browsers(client):
    made = a_coalition()
    assert "no-store" in signed_in(client, made.officer).get(WORK).headers["Cache-Control"]
