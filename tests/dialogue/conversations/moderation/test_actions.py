import pytest

from kurak.dialogue.conversations import actions as participants
from kurak.dialogue.conversations.models import Flag, Picture, Statement
from kurak.dialogue.conversations.moderation import actions
from kurak.dialogue.conversations.moderation.models import Decision
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Grant
from kurak.ground.safety.models import Act
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_member_of_staff, a_person

pytestmark = pytest.mark.django_db
Status = Statement.Status


@pytest.fixture
def moderator():
    return a_member_of_staff(Grant.Role.MODERATOR)


@pytest.fixture
def waiting():
    return a_statement(a_conversation(), status=Status.WAITING)


def test_an_accepted_statement_is_put_to_the_vote(waiting, moderator):
    accepted = actions.accept(statement=waiting, by=moderator)
    assert (accepted.status, accepted.revision) == (Status.ACCEPTED, 1)


def test_a_rejection_keeps_its_reason_and_the_words_to_the_author(waiting, moderator):
    actions.reject(statement=waiting, by=moderator, reason="several", note=" Say one thing. ")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.reason, waiting.note) == (Status.REJECTED, "several", "Say one thing.")


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_rejection_needs_a_reason_of_the_list(waiting, moderator, reason):
    with pytest.raises(Refused, match="Choose a reason"):
        actions.reject(statement=waiting, by=moderator, reason=reason)


def test_every_decision_leaves_an_act_and_a_history_with_the_name(waiting, moderator):
    actions.reject(statement=waiting, by=moderator, reason="spam")
    act = Act.objects.get(subject=f"statement:{waiting.pk}")
    assert (act.verb, act.actor, act.details) == ("statement.rejected", moderator, {"code": "spam"})
    assert waiting.history.first().history_user == moderator


def test_nobody_else_decides_and_nothing_is_written(waiting):
    with pytest.raises(Forbidden):
        actions.accept(statement=waiting, by=a_person())
    assert not Decision.objects.exists()
    assert not Act.objects.exists()


def test_two_moderators_do_not_overwrite_each_other(waiting, moderator):
    actions.accept(statement=waiting, by=moderator, revision=0)
    with pytest.raises(Refused, match="meanwhile") as refusal:
        actions.reject(statement=waiting, by=moderator, reason="spam", revision=0)
    assert refusal.value.code == "statement.changed"
    waiting.refresh_from_db()
    assert waiting.status == Status.ACCEPTED


def test_one_changed_statement_does_not_stop_the_others(moderator):
    conversation = a_conversation()
    first, second = a_statement(conversation, status=0), a_statement(conversation, status=0)
    actions.accept(statement=first, by=moderator)
    outcome = actions.decide_many(looked_at=[(first, 0), (second, 0)], verdict="rejected", reason="spam", by=moderator)
    assert outcome.done == [second]
    assert [refusal.data for refusal in outcome.refused] == [{"number": first.number}]


def test_a_decision_asks_for_a_new_picture(waiting, moderator):
    picture = Picture.objects.create(conversation=waiting.conversation)
    actions.reject(statement=waiting, by=moderator, reason="spam")
    picture.refresh_from_db()
    assert picture.stale


class TestAppeal:
    @pytest.fixture
    def appealed(self, moderator):
        author = a_participant(a_conversation())
        statement = a_statement(author.conversation, author=author)
        rejected = actions.reject(statement=statement, by=moderator, reason="unclear")
        return participants.appeal(statement=rejected, words="It is clear to people here.", by=author)

    def test_upheld_puts_the_statement_to_the_vote_again(self, appealed):
        second = a_member_of_staff(Grant.Role.MODERATOR)
        actions.decide_appeal(statement=appealed, by=second, upheld=True, note="You are right.")
        appealed.refresh_from_db()
        assert (appealed.status, appealed.reason, appealed.appeal_open) == (Status.ACCEPTED, "", False)

    def test_dismissed_leaves_it_rejected_for_the_same_reason(self, appealed):
        second = a_member_of_staff(Grant.Role.MODERATOR)
        actions.decide_appeal(statement=appealed, by=second, upheld=False)
        appealed.refresh_from_db()
        assert (appealed.status, appealed.reason, appealed.appeal_open) == (Status.REJECTED, "unclear", False)

    def test_is_not_decided_by_the_one_who_rejected(self, appealed, moderator):
        a_member_of_staff(Grant.Role.MODERATOR)
        with pytest.raises(Forbidden, match="another moderator"):
            actions.decide_appeal(statement=appealed, by=moderator, upheld=False)

    def test_is_not_passed_over_by_an_ordinary_decision(self, appealed, moderator):
        with pytest.raises(Refused, match="appealed"):
            actions.accept(statement=appealed, by=moderator)

    def test_is_not_made_twice(self, appealed):
        actions.decide_appeal(statement=appealed, by=a_member_of_staff(Grant.Role.MODERATOR), upheld=False)
        appealed.refresh_from_db()
        with pytest.raises(Refused):
            participants.appeal(statement=appealed, words="Once more", by=appealed.author)


class TestMerge:
    @pytest.fixture
    def two(self):
        conversation = a_conversation()
        return a_statement(conversation, "Clean water for all"), a_statement(conversation, "Clean water for everyone")

    def test_takes_one_out_and_can_be_undone(self, two, moderator):
        kept, doubled = two
        actions.merge(statement=doubled, into=kept, by=moderator)
        doubled.refresh_from_db()
        assert (doubled.merged_into, doubled.left_out) == (kept, True)
        actions.unmerge(statement=doubled, by=moderator)
        doubled.refresh_from_db()
        assert (doubled.merged_into, doubled.left_out) == (None, False)

    def test_of_a_statement_with_itself_is_refused(self, two, moderator):
        with pytest.raises(Refused, match="two different"):
            actions.merge(statement=two[0], into=two[0], by=moderator)

    def test_across_conversations_is_refused(self, two, moderator):
        with pytest.raises(Refused, match="of one conversation"):
            actions.merge(statement=two[0], into=a_statement(), by=moderator)

    def test_does_not_make_chains(self, two, moderator):
        kept, doubled = two
        third = a_statement(kept.conversation)
        actions.merge(statement=doubled, into=kept, by=moderator)
        with pytest.raises(Refused) as refusal:
            actions.merge(statement=kept, into=third, by=moderator)
        assert refusal.value.code == "merge.chain"
        with pytest.raises(Refused) as refusal:
            actions.merge(statement=third, into=doubled, by=moderator)
        assert refusal.value.code == "merge.kept_left_out"


class TestExclusion:
    @pytest.fixture
    def flag(self):
        return Flag.objects.create(participant=a_participant(), kind=Flag.Kind.TWIN, evidence={"alike": 0.99})

    def weight(self, flag):
        flag.participant.refresh_from_db()
        return flag.participant.weight

    def test_takes_the_weight_and_gives_it_back(self, flag, moderator):
        actions.exclude(flag=flag, by=moderator, reason="Twelve the same within a minute")
        assert self.weight(flag) == 0
        actions.restore(flag=flag, by=moderator, reason="They sat in one room")
        assert self.weight(flag) == 1

    def test_by_a_second_flag_lasts_when_the_first_is_taken_back(self, flag, moderator):
        other = Flag.objects.create(participant=flag.participant, kind=Flag.Kind.TOO_FAST)
        for each in (flag, other):
            actions.exclude(flag=each, by=moderator, reason="Looked at")
        actions.restore(flag=flag, by=moderator)
        assert self.weight(flag) == 0

    def test_needs_a_reason(self, flag, moderator):
        with pytest.raises(Refused, match="why"):
            actions.exclude(flag=flag, by=moderator, reason=" ")

    def test_of_what_another_has_cleared_is_refused(self, flag, moderator):
        actions.clear(flag=flag, by=moderator)
        with pytest.raises(Refused) as refusal:
            actions.exclude(flag=flag, by=moderator, reason="No")
        assert refusal.value.code == "flag.changed"
        assert self.weight(flag) == 1
