"""Pages of budgets: from a file in the browser to residents' answers."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kurak.cli.sample import load_town
from kurak.commitments.budgets import answering
from kurak.commitments.budgets.models import Budget, BudgetFile, ResidentAnswer
from kurak.ground.loading import load_ground
from kurak.ground.measures.loading import load_quantities
from kurak.ground.people.queries import everything_about
from tests.factories.budgets import a_budget, a_line, a_table, about, answered
from tests.factories.commitments import a_commitment, an_agenda
from tests.factories.files import a_jpeg
from tests.factories.people import a_member_of_staff, a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    load_quantities()
    return a_member_of_staff("analyst", place=about().place)


def page(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return response.content.decode()


def sent(client, data: bytes, name: str = "budget.csv"):
    form = {"place": "KG-C", "year": 2025, "currency": "kgs", "source": "Decision 12", "url": ""}
    return client.post(reverse("budgets_desk:overview"), form | {"file": SimpleUploadedFile(name, data)})


def named(*columns: str) -> dict[str, str]:
    return {"unit": "1", "months": "sum", "month": "12", "language": "en",
            **{f"column-{at}": name for at, name in enumerate(columns)}}  # fmt: skip


def line_url(line, name: str = "budgets:line") -> str:
    return reverse(name, args=[line.budget.place.code, line.budget.year, line.code])


def test_a_file_comes_in_with_columns_named_in_the_browser(client, analyst):
    response = sent(signed_in(client, analyst), "№ п/п,Что,Сколько\n1,Улицы,100\n".encode())
    assert "Улицы" in page(client, response.url)
    assert not Budget.objects.exists()
    response = client.post(response.url, named("code", "title", "approved"))
    assert response.url == "/budgets/KG-C/2025/"
    assert "Улицы" in page(client, response.url)
    again = sent(client, "№ п/п,Что,Сколько\n1,Улицы,120\n".encode())
    assert '<option value="approved" selected>' in page(client, again.url)


def test_a_file_that_does_not_fit_says_where_and_keeps_nothing(client, analyst):
    url = sent(signed_in(client, analyst), b"code,title,approved\n1,Bus,many\n").url
    response = client.post(url, named("code", "title", "approved"))
    assert response.status_code == 400
    assert "many" in response.content.decode()
    assert not Budget.objects.exists()
    assert BudgetFile.objects.exists()


def test_two_columns_cannot_be_the_same(client, analyst):
    url = sent(signed_in(client, analyst), b"code,title,approved\n1,Bus,5\n").url
    assert client.post(url, named("code", "code", "approved")).status_code == 400


def test_a_file_of_somebody_else_is_not_found(client, analyst):
    url = sent(signed_in(client, analyst), a_table()).url
    other = a_member_of_staff("analyst", place=about().place)
    assert signed_in(client, other).get(url).status_code == 404


def test_a_draft_is_seen_by_its_staff_only_until_it_is_published(client, analyst):
    url = reverse("budgets:budget", args=["KG-C", a_budget(published=False).year])
    for path in (url, url + "lines.csv", url + "2/"):
        page(client, path, 404)
    signed_in(client, analyst).post("/desk/budgets/KG-C/2025/", {"act": "publish"})
    client.logout()
    assert "Repair of streets" in page(client, url)


@pytest.mark.parametrize("by", ["function", "type", "office", "nonsense"])
def test_the_page_of_a_budget_shows_shares_and_says_what_is_recalled(client, by):
    a_budget()
    shown = page(client, f"/budgets/KG-C/2025/?by={by}")
    for words in ("70 %", "77 %", "recalled, not verified", "PI-2.1", "kurak budgets import", "BibTeX"):
        assert words in shown, words


def test_the_lines_leave_as_a_file(client):
    a_budget()
    rows = b"".join(client.get("/budgets/KG-C/2025/lines.csv")).decode().splitlines()
    assert len(rows) == 6
    assert "Repair of streets,04.5" in rows[3]


def test_money_and_residents_stand_side_by_side(client):
    line = a_line()
    answered(line, 15, 5)
    shown = page(client, line_url(line))
    assert 'id="money"' in shown
    assert "75 %" in shown
    assert "50 %" in shown


def test_a_resident_answers_and_takes_it_back(client):
    line = a_line()
    url = line_url(line, "budgets:answer")
    assert client.post(url, {"done": "yes"}).status_code == 302
    assert not ResidentAnswer.objects.exists()
    photo = SimpleUploadedFile("a.jpg", a_jpeg())
    signed_in(client, a_person()).post(url, {"done": "yes", "good": "no", "photo": photo})
    answer = ResidentAnswer.objects.get()
    assert (answer.done, answer.good, answer.photo.status) == ("yes", "no", "waiting")
    client.post(url, {"act": "take-back"})
    assert not ResidentAnswer.objects.exists()


def test_an_answer_has_no_room_for_words(client):
    line = a_line()
    shown = page(signed_in(client, a_person()), line_url(line))
    assert "<textarea" not in shown
    assert client.post(line_url(line, "budgets:answer"), {"done": "perhaps"}).status_code == 400


def test_a_photograph_is_nobody_s_until_it_is_shown(client):
    line = a_line()
    signed_in(client, a_person()).post(
        line_url(line, "budgets:answer"), {"done": "yes", "photo": SimpleUploadedFile("a.jpg", a_jpeg())}
    )
    photo = ResidentAnswer.objects.get().photo
    url = reverse("budgets:photo", args=[photo.pk])
    client.logout()
    page(client, url, 404)
    coordinator = signed_in(client, a_member_of_staff("coordinator", place=line.budget.place))
    assert url in page(coordinator, reverse("budgets_desk:photos"))
    coordinator.post(reverse("budgets_desk:decide", args=[photo.pk]), {"act": "show"})
    client.logout()
    assert client.get(url).headers["Content-Type"] == "image/jpeg"
    assert url in page(client, line_url(line))


def test_who_answered_is_on_no_page(client):
    line, person = a_line(), a_person("gulnara-of-the-river")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(line_url(line, "budgets:answer"), {"done": "yes"})
    answered(line, 6)
    client.logout()
    for url in (line_url(line), "/budgets/KG-C/2025/", "/api/v1/budgets/KG-C/2025/2", "/data/budget-lines.csv"):
        assert person.username not in b"".join(client.get(url)).decode()


def test_staff_links_a_line_to_what_was_promised(client, analyst):
    line, _ = a_line(), a_commitment(an_agenda("plan"), "C1", title="Safe streets")
    url = line_url(line, "budgets_desk:link")
    signed_in(client, analyst).post(url, {"commitments": "plan/C1"})
    assert "Safe streets" in page(client, line_url(line))
    client.post(url, {"commitments": "plan/C7"})
    assert line.commitments.count() == 1


def test_the_api_gives_guarded_counts(client):
    line = a_line()
    answered(line, 3)
    said = client.get("/api/v1/budgets/KG-C/2025/2").json()
    assert (said["of_adjusted"], said["done"]["n"], said["done"]["share"]) == (0.5, None, None)
    answered(line, 12)
    assert client.get("/api/v1/budgets/KG-C/2025/2").json()["done"]["n"] == 15
    assert client.get("/api/v1/budgets").json()["items"][0]["of_adjusted"] == 0.7
    assert len(client.get("/api/v1/budgets/KG-C/2025").json()["lines"]) == 5


def test_the_money_is_found_from_the_promise_and_from_the_place(client):
    a_commitment(an_agenda("plan"), "C1")
    budget = a_budget("1,Bus,5,plan/C1", header="code,title,approved,commitments")
    assert "/budgets/KG-C/2025/1/" in page(client, reverse("agendas:commitment", args=["plan", "C1"]))
    assert "/budgets/KG-C/2025/" in page(client, reverse("place", args=[budget.place.code]))
    assert reverse("budgets:overview") in page(client, reverse("agendas:overview"))


def test_from_the_file_of_a_town_to_what_its_residents_say(client):
    load_ground()
    load_town()
    budget = Budget.objects.get(place__code="sample-town", year=2025)
    line = budget.lines.get(code="903")
    answered(line, 5, 15, good="no")
    shown = page(client, line_url(line))
    assert (line.executed / line.plan).quantize(Decimal("0.01")) == Decimal("0.38")
    for words in ("38 %", "75 %", "said: No, it is not", "Chinarkent 2030", "A new kindergarten"):
        assert words in shown, words
    assert "This town and its money are invented" in shown


def test_who_answered_can_take_their_answers_along():
    line, person = a_line(), a_person()
    answering.answer(line=line, by=person, done="partly")
    told = everything_about(person)["answers on budget lines"]
    assert told == [{"place": "KG-C", "year": 2025, "line": "2", "done": "partly", "good": "", "photo": False,
                     "on": ResidentAnswer.objects.get().on.isoformat()}]  # fmt: skip
