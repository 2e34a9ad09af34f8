"""Rows are found by words, whatever keyboard these were typed on."""

import pytest

from kurak.dialogue.conversations.models import Statement
from kurak.ground.languages.folding import fold
from kurak.ground.languages.searching import holding
from tests.factories.conversations import a_conversation, a_statement

pytestmark = pytest.mark.django_db
TEXTS = ["Мектепте таза су болсун", "Көчөлөрдү жарыктандыруу керек", "100% таза аба"]


@pytest.fixture
def statements(db):
    conversation = a_conversation()
    for text in TEXTS:
        a_statement(conversation, text, language="ky", folded=fold(text))
    return Statement.objects.all()


@pytest.mark.parametrize(
    ("words", "found"),
    [("кочолорду", [1]), ("ТАЗА", [0, 2]), ("су таза", [0]), ("", [0, 1, 2]), ("%", [0, 1, 2]), ("көлмө", [])],
)
def test_every_word_is_found_in_any_order(statements, words, found):
    assert [statement.text.body for statement in holding(statements, words)] == [TEXTS[at] for at in found]
