"""What can be done with a shadow report."""

import pytest

from kurak.commitments.shadow import actions
from kurak.commitments.shadow.models import FrozenReport
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.trail.queries import walk_down
from tests.factories.people import a_member_of_staff, a_membership, a_person, an_organisation
from tests.factories.places import a_place
from tests.factories.shadow import PERIOD, a_coalition, an_account

pytestmark = pytest.mark.django_db


def written(section, by, body="Our words.", **fields):
    said = {"heading": section.heading, "body": Text("en", body), "ready": False, "seen": actions.mark_of(section)}
    return actions.write_section(section=section, by=by, **{**said, **fields})


def test_a_new_report_has_a_section_for_each_part_between_two_of_words():
    made = a_coalition()
    assert [each.heading.body for each in made.report.sections.all()] == [
        "Introduction", "Peaceful assembly", "Recommendations",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["authority", "international"])
def test_an_authority_or_treaty_body_opens_none(kind):
    made = a_coalition()
    official = an_organisation(place=made.place)
    official.kind = kind
    official.save()
    person = a_person()
    a_membership(person, official, officer=True)
    with pytest.raises(Forbidden):
        actions.open_report(
            by=person, code="x", title=Text("en", "X"), agenda=made.agenda, place=made.place, lead=official, **PERIOD
        )


def test_a_member_who_is_no_officer_opens_none():
    made = a_coalition()
    member = a_person()
    a_membership(member, made.lead)
    with pytest.raises(Forbidden):
        actions.open_report(
            by=member, code="x", title=Text("en", "X"), agenda=made.agenda, place=made.place, lead=made.lead, **PERIOD
        )


def test_words_are_not_written_over_what_somebody_else_wrote_meanwhile():
    made = a_coalition()
    section = made.report.sections.first()
    seen = actions.mark_of(section)
    written(section, made.officer, "First.")
    with pytest.raises(actions.Overtaken):
        written(section, made.officer, "Second.", seen=seen)
    section.refresh_from_db()
    assert section.body.body == "First."


def test_a_section_that_is_somebodys_task_is_written_by_them_only():
    made, other = a_coalition(), an_organisation(name="Quiet River")
    writer, third = a_person(), a_person()
    a_membership(writer, other)
    a_membership(third, made.lead)
    actions.invite(report=made.report, by=made.officer, organisation=other)
    section = actions.assign_section(section=made.report.sections.first(), by=made.officer, to=other)
    assert written(section, writer).body.body == "Our words."
    with pytest.raises(Forbidden):
        written(section, third)


def test_a_section_with_words_is_not_removed_by_a_click():
    made = a_coalition()
    section = written(made.report.sections.first(), made.officer)
    with pytest.raises(Refused, match="words in it"):
        actions.remove_section(section=section, by=made.officer)
    actions.remove_section(section=made.report.sections.last(), by=made.officer)
    assert made.report.sections.count() == 2


def test_sections_change_places():
    made = a_coalition()
    actions.move_section(section=made.report.sections.last(), by=made.officer, up=True)
    assert [each.heading.body for each in made.report.sections.all()][1] == "Recommendations"


def test_only_an_officer_of_an_invited_organisation_signs():
    made, other = a_coalition(), an_organisation()
    member, officer = a_person(), a_person()
    a_membership(member, other)
    a_membership(officer, other, officer=True)
    with pytest.raises(Forbidden):  # not invited
        actions.sign(report=made.report, by=officer, organisation=other)
    actions.invite(report=made.report, by=made.officer, organisation=other)
    with pytest.raises(Forbidden):  # no officer
        actions.sign(report=made.report, by=member, organisation=other)
    with pytest.raises(Forbidden):  # not theirs
        actions.sign(report=made.report, by=officer, organisation=made.lead)
    assert actions.sign(report=made.report, by=officer, organisation=other).signed_at


def test_an_authority_is_not_invited():
    made, authority = a_coalition(), an_organisation()
    authority.kind = "authority"
    with pytest.raises(Refused, match="authority"):
        actions.invite(report=made.report, by=made.officer, organisation=authority)


def test_what_nobody_has_signed_is_not_frozen():
    made = a_coalition()
    actions.sign(report=made.report, by=made.officer, organisation=made.lead, signs=False)
    with pytest.raises(Refused, match="signed"):
        actions.freeze(report=made.report, by=made.officer)
    assert not FrozenReport.objects.exists()


def test_what_is_too_long_is_frozen_only_on_purpose():
    made = a_coalition(most_words=100)
    written(made.report.sections.first(), made.officer, "word " * 200)
    with pytest.raises(Refused, match="accepts 100"):
        actions.freeze(report=made.report, by=made.officer)
    assert actions.freeze(report=made.report, by=made.officer, over=True).number == 1


def test_an_edition_is_frozen_once_and_the_next_after_a_change():
    made = a_coalition()
    first = actions.freeze(report=made.report, by=made.officer)
    assert actions.freeze(report=made.report, by=made.officer) == first
    written(made.report.sections.first(), made.officer)
    assert actions.freeze(report=made.report, by=made.officer).number == 2


def test_an_edition_stays_as_it_was_when_the_account_is_withdrawn_later():
    made = a_coalition()
    edition = actions.freeze(report=made.report, by=made.officer)
    made.civil.status = "withdrawn"
    made.civil.save()
    edition.refresh_from_db()
    accounts = edition.document["sections"][1]["findings"][0]["accounts"]
    assert [each["id"] for each in accounts] == [made.state.pk, made.civil.pk]


def test_a_trail_leads_from_an_edition_to_its_accounts():
    made = a_coalition()
    edition = actions.freeze(report=made.report, by=made.officer)
    assert {step.reference.kind for step in walk_down(edition).steps} == {"account"}


def test_an_edition_is_taken_back_with_a_reason_only():
    made = a_coalition()
    edition = actions.freeze(report=made.report, by=made.officer)
    with pytest.raises(Refused, match="why"):
        actions.withdraw(edition=edition, by=made.officer, reason=" ")
    assert actions.withdraw(edition=edition, by=made.officer, reason="Names a witness").withdrawn_at


def test_coordinators_of_the_place_lead_too_and_others_do_not():
    made = a_coalition()
    an_account(made.article, "expert", "partial", 0.5)
    coordinator = a_member_of_staff("coordinator", place=made.place)
    assert actions.freeze(report=made.report, by=coordinator)
    with pytest.raises(Forbidden):
        actions.freeze(report=made.report, by=a_person())


def test_a_coordinator_opens_none_for_an_organisation_of_another_country():
    made = a_coalition()
    abroad = an_organisation(place=a_place("KZ"))
    coordinator = a_member_of_staff("coordinator", place=made.place)
    with pytest.raises(Forbidden):
        actions.open_report(
            by=coordinator, code="y", title=Text("en", "Y"), agenda=made.agenda, place=made.place, lead=abroad, **PERIOD
        )
