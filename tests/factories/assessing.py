"""An assessment with everybody who takes part in it, taken as far as a test needs."""

from dataclasses import dataclass, field

from kurak.ground.people.models import Organisation, Person
from kurak.instruments.assessments import actions
from kurak.instruments.assessments.answering import Given
from kurak.instruments.assessments.deciding import actions as deciding
from kurak.instruments.assessments.models import Assessment, Sheet
from kurak.instruments.assessments.reviewing import actions as reviewing
from tests.factories.instruments import FULL, an_assessment, an_edition
from tests.factories.people import a_member_of_staff, a_membership, a_person, an_organisation
from tests.factories.places import a_small_world


@dataclass
class Case:
    """officer and member belong to the organisation; reviewers come from another country."""

    assessment: Assessment
    organisation: Organisation
    officer: Person
    member: Person
    coordinator: Person
    reviewers: list[Person] = field(default_factory=list)

    @property
    def now(self) -> Assessment:
        self.assessment.refresh_from_db()
        return self.assessment

    @property
    def own(self) -> Sheet:
        return self.assessment.sheets.get(role=Sheet.Role.SELF)

    def sheet_of(self, person: Person) -> Sheet:
        return self.assessment.sheets.get(rater=person)

    def answer(self, sheet: Sheet, by: Person, level: int = 0, **given: str) -> None:
        actions.save(sheet=sheet, by=by, answers={code: Given(word, "", level) for code, word in given.items()})

    def handed_in(self) -> "Case":
        self.answer(self.own, self.member, **FULL)
        actions.hand_in(sheet=self.own, by=self.member, incomplete=True)
        return self

    def invited(self) -> "Case":
        for reviewer in self.reviewers:
            sheet = reviewing.invite(assessment=self.assessment, by=self.coordinator, reviewer=reviewer, role="peer")
            reviewing.declare(sheet=sheet, by=reviewer, accepts=True, interests="")
        return self

    def reviewed(self, *words: dict[str, str]) -> "Case":
        """Every reviewer answers like the organisation, but for the words given for the first, second, ... of them."""
        for number, reviewer in enumerate(self.reviewers):
            changed = words[number] if number < len(words) else {}
            self.answer(self.sheet_of(reviewer), reviewer, 1, **{**FULL, **changed})
            actions.hand_in(sheet=self.sheet_of(reviewer), by=reviewer)
        return self

    def drafted(self) -> "Case":
        reviewing.send_draft(assessment=self.assessment, by=self.coordinator)
        return self

    def before_panel(self) -> "Case":
        reviewing.end_reply(assessment=self.assessment, by=self.officer)
        return self

    def decided(self) -> "Case":
        deciding.decide(assessment=self.assessment, by=self.coordinator, why="Agreed with the reviewers.")
        return self

    def published(self, to: str = "profile") -> "Case":
        deciding.consent(assessment=self.assessment, by=self.officer, to=to)
        return self


def a_case(edition=None, *, reviewers: int = 2, **fields) -> Case:
    world = a_small_world()
    organisation = an_organisation(place=world.chuy)
    member, officer = a_person(), a_membership(a_person(), organisation, officer=True).person
    assessment = an_assessment(edition or an_edition(), organisation=organisation, by=member, **fields)
    coordinator = a_member_of_staff("coordinator", place=world.kyrgyzstan)
    abroad = an_organisation(place=world.kazakhstan, name="Good Neighbours")
    invited = [a_membership(a_person(), abroad).person for _each in range(reviewers)]
    return Case(assessment, organisation, officer, member, coordinator, invited)


def a_published_case(to: str = "profile", **how) -> Case:
    return a_case(**how).handed_in().invited().reviewed().drafted().before_panel().decided().published(to)
