"""A report is named, graded by two who do not see each other, answered by its government, held against figures."""

import pytest
from django.urls import reverse

from kurak.commitments.indicators.models import Series
from kurak.commitments.reviews import actions, queries
from kurak.commitments.reviews.models import GovernmentComment, Review, TargetClaim
from kurak.ground.errors import Forbidden, Refused
from kurak.instruments.assessments.models import Assessment, Evidence
from kurak.instruments.definitions.analysis import shipped
from tests.factories.assessing import a_case, a_published_case
from tests.factories.commitments import an_agenda
from tests.factories.indicators import brought
from tests.factories.instruments import an_edition
from tests.factories.people import a_member_of_staff, a_membership, a_person, signed_in
from tests.factories.places import a_small_world
from tests.factories.reviews import a_review, an_official

pytestmark = pytest.mark.django_db
LINK = "https://example.org/vnr.pdf"
GOALS = {"provisions": [{"code": "6", "title": "Water", "provisions": [
    {"code": f"6.{number}", "title": f"Target {number}"} for number in (1, 2, 3, 4)]}]}  # fmt: skip


@pytest.fixture
def analyst():
    return a_member_of_staff("analyst", place=a_small_world().kyrgyzstan)


def page(client, review) -> str:
    response = client.get(reverse("reviews:review", args=[review.pk]))
    assert response.status_code == 200
    return response.content.decode()


def a_target(code: str):
    agenda = an_agenda("sdg", place=a_small_world().world, kind="sdg", level="global", tree=GOALS)
    return agenda.provisions.get(code=code)


def test_a_report_is_named_once(analyst):
    place = a_small_world().kyrgyzstan
    told = {"place": place, "kind": "vnr", "year": 2025, "title": "Third review", "url": "https://example.org/v.pdf"}
    assert actions.name(by=analyst, **told) == actions.name(by=analyst, **told)
    with pytest.raises(Forbidden):
        actions.name(by=a_person(), **told)
    for wrong in ({"url": "javascript:1"}, {"sha256": "12"}, {"kind": "poem"}, {"title": " "}):
        with pytest.raises(Refused):
            actions.name(by=analyst, **told | wrong)


def test_an_organisation_has_a_report_graded_and_a_second_one_waits(monkeypatch):
    monkeypatch.setitem(actions.INSTRUMENTS, "vnr", an_edition().instrument.code)
    review, member = a_review(), a_membership(a_person())
    begun = actions.begin(review=review, by=member.person, organisation=member.organisation)
    assert (begun.assessment.place, begun.assessment.end.year) == (review.place, 2025)
    other = a_membership(a_person())
    with pytest.raises(Refused, match="already"):
        actions.begin(review=review, by=other.person, organisation=other.organisation)
    Assessment.objects.update(status="withdrawn")
    assert actions.begin(review=review, by=other.person, organisation=other.organisation).assessment != begun.assessment


def test_a_government_does_not_have_its_own_report_graded(monkeypatch):
    monkeypatch.setitem(actions.INSTRUMENTS, "vnr", an_edition().instrument.code)
    official, ministry = an_official()
    with pytest.raises(Forbidden):
        actions.begin(review=a_review(), by=official, organisation=ministry)


def test_a_kind_whose_instrument_is_not_here_says_so(client):
    review, member = a_review(kind="ndc"), a_membership(a_person())
    with pytest.raises(Refused, match="instrument"):
        actions.begin(review=review, by=member.person, organisation=member.organisation)
    assert "There is no instrument here yet" in page(client, review)


def test_nothing_of_a_grading_is_shown_before_it_is_published(client):
    case = a_case().handed_in().invited().reviewed()
    review = a_review(case.now)
    assert queries.grading_of(review) is None
    assert "It is being graded" in page(client, review)


def test_who_agreed_to_less_than_the_whole_profile_is_not_shown_row_by_row():
    assert queries.grading_of(a_review(a_published_case("band").now)) is None


def test_two_graders_stand_side_by_side_with_their_agreement(client):
    case = a_published_case()
    review = a_review(case.now)
    found = queries.grading_of(review)
    assert (found.graders, found.agreement.alpha, found.agreement.kappa) == (2, 1.0, 1.0)
    assert all(len(row.answers) == 2 for row in found.rows)
    shown = page(client, review)
    assert "Grader 2" in shown
    for person in (*case.reviewers, case.member):
        assert person.username not in shown


def test_pages_are_evidence_once_they_may_be_shown(client):
    case = a_published_case()
    answer = case.sheet_of(case.reviewers[0]).answers.first()
    Evidence.objects.create(answer=answer, title="Third review", link=LINK, page="41", public=True)
    Evidence.objects.create(answer=answer, title="A letter to us", link=LINK, page="2", public=False)
    shown = page(client, a_review(case.now))
    assert "page <bdi>41</bdi>" in shown
    assert "A letter to us" not in shown


def test_the_government_s_word_stands_beside_the_row_and_is_not_edited(client):
    review = a_review(a_published_case().now)
    official, ministry = an_official()
    code = queries.grading_of(review).rows[0].code
    url = reverse("reviews:act", args=[review.pk, "comment"])
    signed_in(client, official).post(url, {"organisation": ministry.slug, "criterion": code, "text": "See page 12."})
    client.post(url, {"organisation": ministry.slug, "criterion": "nowhere", "text": "x"})
    client.logout()
    assert [each.text for each in queries.grading_of(review).rows[0].comments] == ["See page 12."]
    assert "See page 12." in page(client, review)
    assert GovernmentComment.objects.count() == 1


def test_others_do_not_speak_for_the_government():
    review = a_review(a_published_case().now)
    _official, ministry = an_official()
    with pytest.raises(Forbidden):
        actions.comment(review=review, organisation=ministry, text="All is well", by=a_person())


def test_targets_are_held_against_the_figures_that_are_here(client, analyst):
    review, target = a_review(), a_target("6.1")
    brought("wells,KG,2020,1,,,", "wells,KG,2021,2,,,")
    indicator = Series.objects.get().indicator
    indicator.provisions.add(target, a_target_of(target, "6.2"))
    for code, number in (("6.1", "12"), ("6.3", "30")):
        actions.claim(review=review, target=a_target_of(target, code), page=number, by=analyst)
    found = queries.coverage_of(review)
    codes = [[each.target.code for each in rows] for rows in (found.both, found.claimed_only, found.figures_only)]
    assert (codes, found.neither) == ([["6.1"], ["6.3"], ["6.2"]], 1)
    assert "12" in page(client, review)


def a_target_of(target, code: str):
    return target.agenda.provisions.get(code=code)


def test_readers_are_counted_each_once_and_only_graders_and_staff_read(analyst):
    target = a_target("6.1")
    case = a_published_case()
    review = a_review(case.now)
    for page_ in ("12", "13"):
        actions.claim(review=review, target=target, page=page_, by=analyst)
    actions.claim(review=review, target=target, page="40", by=case.reviewers[0])
    with pytest.raises(Forbidden):
        actions.claim(review=review, target=target, page="1", by=a_person())
    with pytest.raises(Refused):
        actions.claim(review=review, target=target.parent, page="1", by=analyst)
    assert TargetClaim.objects.count() == 2
    assert queries.coverage_of(review).claimed_only[0].pages == ("13", "40")


def test_staff_names_a_report_in_the_browser(client, analyst):
    told = {"place": "KG", "kind": "vnr", "year": 2025, "title": "Third review", "url": "https://example.org/v.pdf"}
    signed_in(client, analyst).post(reverse("reviews:name"), told)
    assert "Third review" in client.get(reverse("reviews:overview")).content.decode()
    assert Review.objects.get().added_by == analyst
    rows = b"".join(client.get("/data/reviews.csv")).decode()
    assert "Third review" in rows


@pytest.mark.parametrize("kind", Review.Kind.values)
def test_an_instrument_that_ships_reads_each_kind_of_report(kind):
    codes = {code: file for code, _edition, file in shipped()}
    assert "units: review" in codes[actions.INSTRUMENTS[kind]].read_text(encoding="utf-8")
