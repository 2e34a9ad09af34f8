"""Counts that are watched: the same question gets the same answer."""

import pytest

from kurak.ground.safety.counts import ALL
from kurak.ground.safety.releases import forget, published

pytestmark = pytest.mark.django_db


def shown(question, counts):
    table = published(question, counts)
    return {key: table[key].shown for key in table}


def test_one_more_participant_changes_nothing():
    before = shown("conversation:1:country", {"KG": 12, "KZ": 20})
    assert shown("conversation:1:country", {"KG": 13, "KZ": 20}) == before


def test_a_watcher_who_knows_who_came_last_learns_nothing():
    """Somebody brings four of their own and waits for the fifth: the answer moves only by what all five did."""
    published("q", {"yes": 12, "no": 30})
    answers = [shown("q", {"yes": 12 + came, "no": 30}) for came in range(1, 5)]
    assert answers == [shown("q", {"yes": 12, "no": 30})] * 4


def test_five_more_participants_change_the_answer():
    published("q", {"yes": 12, "no": 30})
    assert shown("q", {"yes": 17, "no": 30}) == {"yes": 15, "no": 30}


def test_somebody_erased_does_not_show_at_once():
    published("q", {"yes": 13, "no": 30})
    assert shown("q", {"yes": 12, "no": 30}) == {"yes": 15, "no": 30}


def test_two_questions_do_not_disturb_each_other():
    published("a", {"yes": 50, "no": 50})
    assert shown("b", {"yes": 10, "no": 10}) == {"yes": 10, "no": 10}


def test_crossed_questions_keep_their_keys():
    table = published("q", {("KG", "young"): 40, ("KG", "old"): 30, ("KZ", "young"): 20, ("KZ", "old"): 30})
    assert (table["KG", "young"].shown, table["KG", ALL].shown) == (40, 70)


def test_a_forgotten_question_is_counted_anew():
    published("conversation:1:country", {"KG": 12})
    forget("conversation:1")
    assert shown("conversation:1:country", {"KG": 14}) == {"KG": 15}
