from datetime import timedelta

import pytest
from django.utils import timezone

from kurak.dialogue.conversations import actions as participants
from kurak.dialogue.conversations import keys, queries
from kurak.dialogue.conversations.desk import actions
from kurak.dialogue.conversations.models import Conversation, GuestCode, Statement
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Grant
from kurak.ground.safety.models import Act
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_member_of_staff

pytestmark = pytest.mark.django_db
Phase, Admission = Conversation.Phase, Conversation.Admission
QUESTION = Text("ky", "Суубуз кандай болсун?", {"en": ("What should our water be like?", "human")})


@pytest.fixture
def facilitator(world):
    return a_member_of_staff(Grant.Role.FACILITATOR, place=world.kyrgyzstan)


@pytest.fixture
def conversation(world, facilitator):
    return a_conversation(place=world.kyrgyzstan, opened_by=facilitator)


class TestPrepare:
    def test_makes_a_draft_that_only_staff_see(self, world, facilitator):
        made = actions.prepare(by=facilitator, slug="water", question=QUESTION, place=world.chuy)
        assert (made.phase, made.opened_by, made.is_listed) == (Phase.DRAFT, facilitator, False)
        assert Act.objects.get().verb == "conversation.prepared"

    def test_is_refused_at_a_place_of_others(self, world, facilitator):
        with pytest.raises(Forbidden):
            actions.prepare(by=facilitator, slug="water", question=QUESTION, place=world.kazakhstan)

    def test_does_not_take_an_address_twice(self, world, facilitator, conversation):
        with pytest.raises(Refused, match="address"):
            actions.prepare(by=facilitator, slug=conversation.slug, question=QUESTION, place=world.chuy)

    def test_gives_a_conversation_by_link_its_token(self, world, facilitator):
        given = {"slug": "water", "question": QUESTION, "place": world.chuy, "admission": Admission.LINK}
        assert len(actions.prepare(by=facilitator, **given).link_token) == 24


class TestEdit:
    def test_keeps_who_changed_what(self, conversation, facilitator):
        actions.edit(conversation=conversation, by=facilitator, question=QUESTION, longest=200)
        assert Act.objects.get().details == {"fields": ["longest", "question"]}
        newest, oldest = conversation.history.all()
        assert (newest.history_user, newest.longest, oldest.longest) == (facilitator, 200, 280)

    def test_of_nothing_leaves_no_trace(self, conversation, facilitator):
        actions.edit(conversation=conversation, by=facilitator, longest=conversation.longest)
        assert not Act.objects.exists()
        assert conversation.history.count() == 1

    def test_is_not_for_other_countries(self, conversation, world):
        stranger = a_member_of_staff(Grant.Role.FACILITATOR, place=world.kazakhstan)
        with pytest.raises(Forbidden):
            actions.edit(conversation=conversation, by=stranger, longest=200)

    def test_does_not_carry_a_conversation_where_one_has_no_right(self, conversation, facilitator, world):
        with pytest.raises(Forbidden):
            actions.edit(conversation=conversation, by=facilitator, place=world.kazakhstan)

    def test_does_not_publish_votes_of_people_who_were_told_otherwise(self, conversation, facilitator):
        actions.edit(conversation=conversation, by=facilitator, publishes_votes=False)
        a_participant(conversation)
        with pytest.raises(Refused) as refusal:
            actions.edit(conversation=conversation, by=facilitator, publishes_votes=True)
        assert refusal.value.code == "conversation.promise"


class TestPhase:
    def test_goes_from_draft_to_open_to_closed_and_open_again(self, conversation, facilitator):
        conversation.phase = Phase.DRAFT
        conversation.save()
        for phase in (Phase.OPEN, Phase.CLOSED, Phase.OPEN):
            changed = actions.change_phase(conversation=conversation, by=facilitator, phase=phase)
            assert queries.phase_of(changed) == phase

    @pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN, "", "gone"])
    def test_does_not_jump(self, conversation, facilitator, phase):
        with pytest.raises(Refused, match="not possible"):
            actions.change_phase(conversation=conversation, by=facilitator, phase=phase)

    def test_opened_again_is_not_closed_at_once_by_its_old_date(self, conversation, facilitator):
        conversation.closes = timezone.now() - timedelta(days=1)
        conversation.save()
        changed = actions.change_phase(conversation=conversation, by=facilitator, phase=Phase.OPEN)
        assert (queries.phase_of(changed), changed.closes) == (Phase.OPEN, None)

    def test_is_not_opened_with_nothing_to_vote_on_and_nobody_to_write(self, conversation, facilitator):
        Conversation.objects.update(phase=Phase.DRAFT, may_write=False)
        with pytest.raises(Refused, match="add statements first"):
            actions.change_phase(conversation=conversation, by=facilitator, phase=Phase.OPEN)


class TestSeed:
    def seed(self, conversation, facilitator, *lines):
        return actions.seed(conversation=conversation, by=facilitator, language="ky", lines=lines)

    def test_adds_accepted_statements_that_say_they_are_ours(self, conversation, facilitator):
        a_statement(conversation, number=4)
        added = self.seed(conversation, facilitator, " Таза суу  ", "", "Жашыл шаар").added
        assert [(each.number, each.text.body, each.is_seed) for each in added] == [
            (5, "Таза суу", True),
            (6, "Жашыл шаар", True),
        ]
        assert set(queries.shown_statements(conversation)) >= set(added)

    def test_adds_nothing_twice_however_it_is_spelt(self, conversation, facilitator):
        self.seed(conversation, facilitator, "Таза суу")
        seeded = self.seed(conversation, facilitator, "ТАЗА СУУ!", "Жол")
        assert ([each.text.body for each in seeded.added], seeded.known) == (["Жол"], ["ТАЗА СУУ!"])

    def test_names_the_line_that_is_too_long_and_adds_nothing(self, conversation, facilitator):
        with pytest.raises(Refused, match="Line 2 has 281"):
            self.seed(conversation, facilitator, "Суу", "х" * 281)
        assert not conversation.statements.exists()


class TestTranslate:
    def test_marks_how_it_was_made(self, conversation, facilitator):
        statement = a_statement(conversation, "Clean water", revision=0)
        actions.translate(statement=statement, by=facilitator, language="kk", body=" Таза су ", made="machine")
        statement.refresh_from_db()
        assert statement.text.translations == {"kk": ("Таза су", "machine")}
        assert statement.history.first().history_user == facilitator

    def test_with_nothing_takes_the_translation_away(self, conversation, facilitator):
        statement = a_statement(conversation)
        for body in ("Таза су", ""):
            statement = actions.translate(statement=statement, by=facilitator, language="kk", body=body)
        assert statement.text.translations == {}

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_is_into_another_language_of_ours(self, conversation, facilitator, language):
        with pytest.raises(Refused):
            actions.translate(statement=a_statement(conversation), by=facilitator, language=language, body="x")


class TestInvite:
    @pytest.fixture
    def guests_only(self, conversation):
        conversation.admission = Admission.GUESTS
        conversation.save()
        return conversation

    def test_a_code_lets_one_person_in_once(self, guests_only, facilitator):
        (invitation,) = actions.invite(conversation=guests_only, by=facilitator, guests=[("KG", "1980")])
        participants.redeem(conversation=guests_only, code=invitation.code.upper(), key=keys.new_key())
        with pytest.raises(Refused):
            participants.redeem(conversation=guests_only, code=invitation.code, key=keys.new_key())

    def test_codes_are_not_kept(self, guests_only, facilitator):
        (invitation,) = actions.invite(conversation=guests_only, by=facilitator, guests=[("", "")])
        stored = GuestCode.objects.values_list().get()
        assert actions.plain(invitation.code) not in repr(stored)
        assert invitation.code not in repr(Act.objects.values_list())

    @pytest.mark.parametrize("many", [0, 5001])
    def test_how_many_has_bounds(self, guests_only, facilitator, many):
        with pytest.raises(Refused):
            actions.invite(conversation=guests_only, by=facilitator, guests=[("", "")] * many)

    def test_withdrawn_codes_let_nobody_in(self, guests_only, facilitator):
        used, unused = actions.invite(conversation=guests_only, by=facilitator, guests=[("", "")] * 2)
        participants.redeem(conversation=guests_only, code=used.code, key=keys.new_key())
        assert actions.withdraw_unused(conversation=guests_only, by=facilitator) == 1
        with pytest.raises(Refused):
            participants.redeem(conversation=guests_only, code=unused.code, key=keys.new_key())


def test_a_statement_about_the_person_is_left_out_of_the_picture(conversation, facilitator):
    statement = a_statement(conversation, "I am a teacher")
    assert actions.mark_about_person(statement=statement, by=facilitator, about=True).left_out
    assert Statement.objects.get().is_meta


def test_the_old_link_lets_nobody_in_after_it_was_renewed(conversation, facilitator):
    actions.edit(conversation=conversation, by=facilitator, admission=Admission.LINK)
    conversation.refresh_from_db()
    old = conversation.link_token
    renewed = actions.renew_link(conversation=conversation, by=facilitator)
    with pytest.raises(Forbidden):
        participants.admit(conversation=renewed, key=keys.new_key(), invitation=old)
    assert participants.admit(conversation=renewed, key=keys.new_key(), invitation=renewed.link_token)
