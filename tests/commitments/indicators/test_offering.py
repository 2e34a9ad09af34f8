"""Civil society's figures count once an analyst has approved them, beside the official ones."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kurak.commitments.indicators.models import Batch, Observation
from kurak.commitments.indicators.offering.actions import approve, give_back, offer, offer_again
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.measures.queries import standing
from kurak.ground.people.models import Grant
from tests.factories.indicators import a_line, a_table
from tests.factories.people import a_member_of_staff, a_membership, a_person, an_organisation, signed_in
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db
SAID = {"year": 2024, "value": 33.0, "how": "We asked in 40 villages.", "evidence": "https://example.org/villages"}


@pytest.fixture
def officer():
    return a_membership(a_person(), an_organisation("clear-water"), officer=True)


@pytest.fixture
def analyst():
    return a_member_of_staff(Grant.Role.ANALYST, place=a_place())


def offered(officer, **changed) -> Observation:
    indicator = a_line(values=(30, 29, 28), since=2022)
    return offer(
        indicator=indicator, place=a_place(), organisation=officer.organisation, by=officer.person, **(SAID | changed)
    )


def civil() -> list[float]:
    return list(standing().filter(source__provider__kind="civil").values_list("value", flat=True))


def test_an_offer_counts_nowhere_until_an_analyst_approves_it(officer, analyst):
    found = offered(officer)
    assert civil() == []
    approve(observation=found, by=analyst)
    assert civil() == [33]
    assert standing().count() == 4  # the official ones stand


def test_only_officers_offer_and_nobody_approves_their_own(officer, analyst):
    with pytest.raises(Forbidden):
        offered(a_membership(a_person(), officer.organisation))
    officer.person = analyst
    officer.save()
    with pytest.raises(Forbidden):
        approve(observation=offered(officer), by=analyst)


def test_an_analyst_of_another_country_does_not_decide(officer):
    elsewhere = a_member_of_staff(Grant.Role.ANALYST, place=a_place("KZ"))
    with pytest.raises(Forbidden):
        approve(observation=offered(officer), by=elsewhere)


def test_what_is_returned_is_mended_and_offered_again(officer, analyst):
    found = give_back(observation=offered(officer), remark="Which villages?", by=analyst)
    assert (found.status, found.remark) == ("returned", "Which villages?")
    offer_again(observation=found, by=officer.person, **(SAID | {"value": 34.0}))
    approve(observation=found, by=analyst)
    assert civil() == [34]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"year": 1800}, "observation.year"),
        ({"value": -1.0}, "observation.limits"),
        ({"low": 40.0}, "observation.interval"),
        ({"how": " "}, "observation.how"),
    ],
)
def test_what_cannot_be_is_refused(officer, changed, code):
    with pytest.raises(Refused) as refusal:
        offered(officer, **changed)
    assert refusal.value.code == code


def test_an_officer_offers_in_the_browser_and_an_analyst_approves_there(client, officer, analyst):
    a_line(values=(30, 29, 28), since=2022)
    given = SAID | {"organisation": officer.organisation.pk, "place": a_place().pk}
    signed_in(client, officer.person).post(reverse("indicators:offer", args=["SH_DYN_MORT"]), given)
    found = Observation.objects.get()
    assert "Waiting for approval" in client.get(reverse("indicators:offers")).content.decode()
    signed_in(client, analyst)
    assert "We asked in 40 villages." in client.get(reverse("indicators_desk:desk")).content.decode()
    client.post(reverse("indicators_desk:decide", args=[found.pk]), {"do": "approve"})
    assert civil() == [33]


def test_a_returned_offer_is_mended_in_the_browser(client, officer, analyst):
    found = offered(officer)
    signed_in(client, analyst).post(
        reverse("indicators_desk:decide", args=[found.pk]), {"do": "return", "remark": "Why?"}
    )
    page = reverse("indicators:offer_again", args=[found.pk])
    assert "Why?" in signed_in(client, officer.person).get(page).content.decode()
    client.post(page, SAID | {"value": 31})
    found.refresh_from_db()
    assert (found.status, found.value) == ("pending", 31)


def test_an_analyst_brings_a_file_in_at_the_desk(client, analyst):
    file = SimpleUploadedFile("wells.csv", a_table("wells,KG,2020,5,NUMBER,,", "wells,KG,2021,x?,NUMBER,,"))
    given = {"file": file, "place": "KG", "code": "wells", "title": "Wells", "kind": "official"}
    answer = signed_in(client, analyst).post(reverse("indicators_desk:desk"), given)
    batch = Batch.objects.get()
    assert answer.url == reverse("indicators:batch", args=[batch.pk])
    assert (batch.new, batch.refused, batch.brought_by) == (1, 1, analyst)


def test_an_analyst_sets_a_target_with_values_on_the_way(client, analyst):
    indicator = a_line(values=(30, 29, 28), since=2022)
    given = {"place": "KG", "year": 2028, "value": 20, "kind": "given", "source": "Law on health", "path": "2026 25,5"}
    page = reverse("indicators_desk:target", args=[indicator.code])
    assert "no year and value" in signed_in(client, analyst).post(page, given | {"path": "soon"}).content.decode()
    client.post(page, given)
    found = indicator.series.get().target
    assert (found.value, found.year, found.path, found.source) == (20, 2028, {"2026": 25.5}, "Law on health")


def test_a_file_that_is_none_says_so_in_the_form(client, analyst):
    given = {"file": SimpleUploadedFile("x.csv", b"words"), "place": "KG", "code": "x", "title": "X", "kind": "civil"}
    shown = signed_in(client, analyst).post(reverse("indicators_desk:desk"), given).content.decode()
    assert "No row of this file names its columns" in shown


def test_an_authority_offers_no_figure_as_civil_society():
    ministry = an_organisation("ministry")
    ministry.kind = ministry.Kind.AUTHORITY
    ministry.save()
    with pytest.raises(Forbidden):
        offered(a_membership(a_person(), ministry, officer=True))
