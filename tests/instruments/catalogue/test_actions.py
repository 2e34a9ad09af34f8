"""Drafts are changed, published editions are not."""

import pytest

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.rules import Role
from kurak.ground.safety.models import Act
from kurak.ground.trail.queries import stands_on
from kurak.instruments.catalogue import actions
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.definitions.analysis import from_document, read
from tests.factories.catalogue import a_document, an_edition, an_instrument
from tests.factories.people import a_member_of_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(world):
    return a_member_of_staff(Role.ANALYST, place=world.kyrgyzstan)


@pytest.fixture
def draft(world, analyst):
    return actions.begin(by=analyst, document=a_document(), place=world.kyrgyzstan)


def test_a_draft_begins_with_its_instrument_and_an_act(draft):
    assert (draft.status, draft.instrument.shipped, str(draft.instrument.title)) == ("draft", False, "Good wells")
    assert Act.objects.get().verb == "instrument.begun"


def test_a_code_is_taken_once(draft, analyst, world):
    with pytest.raises(Refused, match="choose another"):
        actions.begin(by=analyst, document=a_document(), place=world.kyrgyzstan)
    assert Instrument.objects.count() == 1


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MODERATOR])
def test_only_analysts_and_coordinators_build(world, role):
    with pytest.raises(Forbidden):
        actions.begin(by=a_member_of_staff(role, place=world.kyrgyzstan), document=a_document(), place=world.kyrgyzstan)


def test_an_analyst_of_another_country_changes_nothing(draft, world):
    with pytest.raises(Forbidden):
        actions.save(by=a_member_of_staff(Role.ANALYST, place=world.kazakhstan), edition=draft, document=a_document())


def test_a_draft_is_kept_with_its_mistakes(draft, analyst):
    saved = actions.save(by=analyst, edition=draft, document=a_document(units="villages"))
    assert (saved.document["units"], saved.checksum, saved.label) == ("villages", "", "")
    with pytest.raises(Refused, match="mend first"):
        actions.publish(by=analyst, edition=saved)


def test_what_others_saved_meanwhile_is_not_written_over(draft, analyst):
    seen = actions.version_of(draft)
    actions.save(by=analyst, edition=draft, document=a_document(about={"en": "First."}), seen=seen)
    with pytest.raises(Refused, match="Somebody saved this draft"):
        actions.save(by=analyst, edition=draft, document=a_document(about={"en": "Second."}), seen=seen)
    draft.refresh_from_db()
    assert draft.document["about"] == {"en": "First."}


def test_a_published_edition_never_changes(draft, analyst):
    published = actions.publish(by=analyst, edition=draft)
    assert read(published.text).document == published.document == a_document()
    with pytest.raises(Refused, match="stays as it is"):
        actions.save(by=analyst, edition=published, document=a_document(about={"en": "Other."}))


def test_a_correction_is_a_new_revision_that_says_why_and_what_it_corrects(draft, analyst):
    first = actions.publish(by=analyst, edition=draft)
    second = actions.correct(by=analyst, edition=first)
    actions.save(by=analyst, edition=second, document=a_document(about={"en": "Better words."}))
    with pytest.raises(Refused, match="Say what was corrected"):
        actions.publish(by=analyst, edition=second)
    actions.publish(by=analyst, edition=second, reason="The words were unclear.")
    first.refresh_from_db()
    assert (first.document["about"], first.status) == ({"en": "How well a village looks after its wells."}, "published")
    assert ("edited_from", "method", str(first.pk)) in {
        (f.relation, f.ground_kind, f.ground_key) for f in stands_on(second)
    }
    assert Act.objects.latest("pk").reason == "The words were unclear."


def test_a_correction_is_begun_once(draft, analyst):
    first = actions.publish(by=analyst, edition=draft)
    assert actions.correct(by=analyst, edition=first) == actions.correct(by=analyst, edition=first)


def test_the_next_edition_has_a_name_of_its_own(draft, analyst):
    first = actions.publish(by=analyst, edition=draft)
    second = actions.begin_edition(by=analyst, edition=first, named="2027")
    assert (second.edition, second.document["edition"], second.revision) == ("2027", "2027", 1)
    for taken in ("2026", "2027", " "):
        with pytest.raises(Refused, match="a name of its own"):
            actions.begin_edition(by=analyst, edition=first, named=taken)


@pytest.mark.parametrize("named", ["a/b", "", "x" * 41])
def test_an_edition_has_a_name_that_fits_into_an_address(draft, analyst, named):
    with pytest.raises(Refused):
        actions.save(by=analyst, edition=draft, document=a_document(edition=named))


def test_a_text_that_no_database_keeps_is_refused(draft, analyst):
    with pytest.raises(Refused, match="NUL"):
        actions.save(by=analyst, edition=draft, document=a_document(title={"en": "a\x00b"}))


def test_the_code_of_an_instrument_stays(draft, analyst):
    with pytest.raises(Refused, match="code of an instrument stays"):
        actions.save(by=analyst, edition=draft, document=a_document("springs"))


def test_a_retired_edition_stays_readable(draft, analyst):
    published = actions.publish(by=analyst, edition=draft)
    with pytest.raises(Refused, match="Say why"):
        actions.retire(by=analyst, edition=published, reason="")
    assert actions.retire(by=analyst, edition=published, reason="A better one is there.").status == "retired"


def test_a_draft_that_is_thrown_away_takes_an_empty_instrument_with_it(draft, analyst):
    actions.discard(by=analyst, edition=draft)
    assert not Instrument.objects.exists()


def test_what_comes_with_the_platform_is_changed_by_nobody(world):
    edition = an_edition(an_instrument("wells"))
    with pytest.raises(Forbidden):
        actions.correct(by=a_member_of_staff(Role.COORDINATOR, place=world.world), edition=edition)


def test_a_file_becomes_a_draft_a_correction_or_the_next_edition(world, analyst):
    def taken(**changed):
        return actions.take_in(by=analyst, definition=from_document(a_document(**changed)), place=world.kyrgyzstan)

    first = actions.publish(by=analyst, edition=taken())
    assert (taken(about={"en": "Other."}).revision, taken(edition="2027").edition) == (2, "2027")
    assert taken(edition="2027", about={"en": "Once more."}).document["about"] == {"en": "Once more."}
    assert Edition.objects.filter(instrument=first.instrument).count() == 3
