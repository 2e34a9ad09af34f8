"""Pages of accounts: what everybody sees, what only those who take part, and the way through."""

import json
import re

import pytest
from django.urls import reverse

from kurak.commitments.accounts import actions, answering
from kurak.commitments.accounts.models import Account, Question, Reply
from tests.commitments.accounts.test_evidencing import sent
from tests.factories.accounts import a_question, a_round, an_account, an_article, words
from tests.factories.people import a_member_of_staff, a_person, signed_in

pytestmark = pytest.mark.django_db
Status = Account.Status


@pytest.fixture
def round_():
    return a_round()


def page(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def write_url(round_, voice: str, scale: str) -> str:
    return f"{reverse('accounts:write')}?{round_.about.query}&voice={voice}&scale={scale}"


def filled(value: str, **more: str) -> dict[str, str]:
    return {"start": "2025-01-01", "end": "2025-12-31", "value": value, "confidence": "high", "body": "Eleven towns.",
            "language": "en", **more}  # fmt: skip


def test_three_accounts_stand_side_by_side(client, round_):
    for account in (round_.state(), round_.says(text=words()), round_.body()):
        round_.approved(account)
    shown = page(client, round_.about.url)
    assert re.findall(r'id="voice-([a-z-]+)"', shown) == ["state", "civil-society", "treaty-body"]
    assert "Half of the towns publish it." in shown
    assert "+0.75" in shown
    assert "Human Rights Committee" in shown


def test_what_waits_is_not_on_the_page(client, round_):
    actions.submit(account=round_.says(text=words("Not yet.")), by=round_.member)
    assert "Not yet." not in page(client, round_.about.url)


def test_who_wrote_it_is_on_no_public_page(client, round_):
    account = round_.approved(round_.says())
    for url in (round_.about.url, reverse("accounts:account", args=[account.pk]), reverse("accounts:findings"),
                f"/api/v1/accounts/{account.pk}", "/data/accounts.csv"):  # fmt: skip
        content = b"".join(client.get(url)).decode()
        assert round_.member.username not in content
        assert round_.coordinator.username not in content


def test_a_stranger_does_not_find_a_draft(client, round_):
    url = reverse("accounts:account", args=[round_.says().pk])
    assert client.get(url).status_code == 404
    assert signed_in(client, a_person()).get(url).status_code == 404
    assert signed_in(client, round_.member).get(url).status_code == 200


def test_what_was_taken_back_is_closed_to_coordinators_too(client, round_):
    account = round_.approved(round_.says())
    actions.withdraw(account=account, by=round_.member, reason="It names a witness.")
    url = reverse("accounts:account", args=[account.pk])
    assert signed_in(client, round_.coordinator).get(url).status_code == 404
    assert signed_in(client, round_.member).get(url).status_code == 200


def test_one_resident_s_answer_is_on_no_page(client, round_):
    answer = an_account(round_.about, "no", grader="residents", scale="seen-by-residents")
    assert client.get(reverse("accounts:account", args=[answer.pk])).status_code == 404
    assert client.get(f"/api/v1/accounts/{answer.pk}").status_code == 404


def test_a_member_writes_hands_in_and_a_coordinator_approves(client, round_):
    signed_in(client, round_.member).post(
        write_url(round_, f"civil-society:{round_.civil.slug}", "five-step"), filled("begun")
    )
    account = Account.objects.get()
    client.post(reverse("accounts:act", args=[account.pk, "submit"]))
    queue = page(signed_in(client, round_.coordinator), reverse("accounts_desk:queue"))
    assert f'value="{account.pk}"' in queue
    client.post(reverse("accounts_desk:queue"), {"account": [account.pk]})
    account.refresh_from_db()
    assert (account.status, str(account.text)) == (Status.APPROVED, "Eleven towns.")


def test_a_form_that_does_not_fit_is_told_and_keeps_what_was_written(client, round_):
    shown = signed_in(client, round_.member).post(
        write_url(round_, f"civil-society:{round_.civil.slug}", "percent"), filled("150")
    )
    assert "Write a number from 0 to 100" in shown.content.decode()
    assert "Eleven towns." in shown.content.decode()
    assert not Account.objects.exists()


def test_a_scale_for_another_kind_of_grader_is_not_taken(client, round_):
    shown = page(signed_in(client, round_.member), write_url(round_, f"civil-society:{round_.civil.slug}", "hrc"))
    assert "Choose a scale for this kind of grader" in shown


def test_a_resident_answers_and_it_waits(client, round_):
    signed_in(client, a_person()).post(write_url(round_, "residents:", ""), filled("partly"))
    answer = Account.objects.get()
    assert (answer.status, answer.text) == (Status.PENDING, None)
    signed_in(client, round_.coordinator).post(reverse("accounts_desk:residents"))
    answer.refresh_from_db()
    assert answer.status == Status.APPROVED


def test_it_comes_back_and_the_remark_is_seen_by_its_writer_only(client, round_):
    account = actions.submit(account=round_.says(), by=round_.member)
    url = reverse("accounts:act", args=[account.pk, "return"])
    signed_in(client, round_.coordinator).post(url, {"remark": "Which towns?"})
    seen = page(signed_in(client, round_.member), reverse("accounts:account", args=[account.pk]))
    assert "Which towns?" in seen


def test_an_authority_has_a_seat_to_state_and_to_answer(client, round_):
    account = round_.approved(round_.says())
    signed_in(client, round_.official)
    assert reverse("accounts:reply_account", args=[account.pk]) in page(client, round_.about.url)
    client.post(reverse("accounts:reply_account", args=[account.pk]),
                {"organisation": round_.ministry.slug, "body": "Six more in March.", "language": "en"})  # fmt: skip
    assert "Six more in March." in page(client, round_.about.url)
    client.post(write_url(round_, f"state:{round_.ministry.slug}", "percent"), filled("80"))
    assert Account.objects.get(grader="state").first_hand


def test_an_authority_finds_what_waits_for_its_answer(client, round_, world):
    account, question = round_.approved(round_.says()), a_question(round_.about)
    a_question(an_article("19", place=world.kazakhstan), "Elsewhere?")
    to_account = reverse("accounts:reply_account", args=[account.pk])
    shown = page(signed_in(client, round_.official), reverse("accounts:mine"))
    assert to_account in shown
    assert reverse("accounts:reply_question", args=[question.pk]) in shown
    assert "Elsewhere?" not in shown
    client.post(to_account, {"organisation": round_.ministry.slug, "body": "Six more.", "language": "en"})
    assert to_account not in page(client, reverse("accounts:mine"))
    assert to_account not in page(signed_in(client, round_.member), reverse("accounts:mine"))


def test_a_member_of_no_authority_has_no_form_to_answer(client, round_):
    account = round_.approved(round_.state())
    answer = signed_in(client, round_.member).get(reverse("accounts:reply_account", args=[account.pk]))
    assert answer.status_code == 403


def test_answers_stay_after_an_account_was_taken_back(client, round_):
    account = round_.approved(round_.says(text=words("Wrong words.")))
    answering.reply(to=account, by=round_.official, organisation=round_.ministry, text=words("Six more in March."))
    url = reverse("accounts:act", args=[account.pk, "withdraw"])
    signed_in(client, round_.member).post(url, {"reason": "We were wrong."})
    client.logout()
    shown = page(client, round_.about.url)
    assert "Six more in March." in shown
    assert "Wrong words." not in shown
    assert "We were wrong." not in shown
    assert Reply.objects.count() == 1


def test_a_question_is_proposed_and_released(client, round_):
    url = f"{reverse('accounts:ask')}?{round_.about.query}"
    signed_in(client, round_.member).post(url, {"body": "Which towns?", "language": "en"})
    question = Question.objects.get()
    assert "Which towns?" not in page(client, round_.about.url)
    signed_in(client, round_.coordinator).post(
        reverse("accounts_desk:question", args=[question.pk]), {"act": "release"}
    )
    assert "Which towns?" in page(client, round_.about.url)


def test_a_provision_is_looked_at_in_a_place_it_binds(client, world):
    article = an_article()
    assert client.get(article.url).status_code == 200
    bound = an_article("19", binds=world.kyrgyzstan)
    assert client.get(bound.url.replace("/KG/", "/KZ/")).status_code == 404


def test_pages_of_agendas_show_the_accounts(client, round_):
    for account in (round_.state(), round_.says()):
        round_.approved(account)
    shown = page(client, reverse("agendas:commitment", args=[round_.about.agenda.code, round_.about.code]))
    assert round_.about.url in shown
    assert "+0.75" in shown


def test_a_provision_of_the_whole_world_offers_every_country_that_said_nothing_yet(client, world):
    article = an_article()
    url = reverse("agendas:provision", args=[article.agenda.code, article.code])
    there = article.url.replace("/KG/", "/KZ/")
    assert article.url in page(client, url)
    assert there in page(client, url)
    an_account(article)
    assert page(client, url).count(article.url) == 2  # in the table, and to read on


def test_the_list_of_gaps_can_be_taken_along(client, round_):
    for account in (round_.state(), round_.says()):
        round_.approved(account)
    assert "+0.75" in page(client, reverse("accounts:overview"))
    rows = json.loads(b"".join(client.get(reverse("accounts:data", args=["json"]) + "?flagged=on")))
    assert [(row["code"], row["gap"], row["flagged"]) for row in rows] == [(round_.about.code, 0.75, True)]
    assert b"0.75" in b"".join(client.get(reverse("accounts:data", args=["csv"])))
    assert client.get("/api/v1/accounts/gaps").json()["items"][0]["state"]["median"] == 1


@pytest.mark.parametrize("name", ["accounts:overview", "calendar:overview", "calendar:ics"])
@pytest.mark.parametrize("asked", ["agenda=nothing", "place=XX"])
def test_what_is_not_there_is_never_answered_with_everything(client, round_, name, asked):
    assert client.get(f"{reverse(name)}?{asked}").status_code == 404


def test_an_agenda_without_accounts_has_an_empty_list(client, round_):
    assert "There are no accounts here yet." in page(client, f"{reverse('accounts:overview')}?agenda=plan")


@pytest.mark.parametrize("sort", ["", "state", "civil", "code", "nonsense"])
def test_the_list_is_sorted_as_asked(client, round_, sort):
    round_.approved(round_.state())
    an_account(an_article())
    assert page(client, f"{reverse('accounts:overview')}?sort={sort}").count("<tr") == 3


def test_new_findings_are_a_feed(client, round_):
    account = round_.approved(round_.says(text=words()))
    answering.reply(to=account, by=round_.official, organisation=round_.ministry, text=words("Six more."))
    feed = page(client, f"{reverse('accounts:findings')}?agenda={round_.about.agenda.code}")
    assert feed.count("<entry>") == 2
    assert "Six more." in feed
    assert page(client, f"{reverse('accounts:findings')}?place=KZ").count("<entry>") == 0


def test_the_trail_is_walked_from_an_account_to_its_document(client, round_):
    account = round_.approved(round_.body())
    assert "https://example.org/ccpr" in page(client, reverse("trail", args=["account", account.pk]))


def test_a_file_is_opened_only_where_everybody_may(client, round_, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    account = round_.says()
    shown, kept = sent(account, public=True), sent(account, page="2")
    round_.approved(account)
    assert client.get(reverse("accounts:file", args=[shown.pk])).status_code == 200
    assert client.get(reverse("accounts:file", args=[kept.pk])).status_code == 404


def test_scales_say_who_placed_their_steps(client):
    shown = page(client, reverse("accounts:scales"))
    assert "numbers are ours" in shown
    assert "words not compared with the source" in shown


def test_a_coordinator_elsewhere_sees_nothing_in_the_queue(client, round_, world):
    actions.submit(account=round_.says(), by=round_.member)
    a_question(round_.about, "Which towns?", published_at=None)
    abroad = a_member_of_staff("coordinator", place=world.kazakhstan)
    shown = page(signed_in(client, abroad), reverse("accounts_desk:queue"))
    assert shown.count("Nothing waits.") == 2
