"""Files that are made to break something."""

import pytest

from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.checking import Unfit
from kurak.commitments.agendas.exchange.actions import import_agenda, import_commitments
from kurak.ground.errors import Forbidden
from tests.factories.commitments import a_document, an_agenda
from tests.factories.people import a_member_of_staff
from tests.factories.places import a_small_world

pytestmark = pytest.mark.django_db
HEAD = {"code": "odd", "kind": "programme", "title": {"en": "Odd"}, "level": "national", "place": "KG"}


@pytest.mark.parametrize("letter", ["\x07", "\x0b", "\uffff"], ids=ascii)
def test_control_characters_are_refused_with_their_line(letter):
    """They stop feeds and workbooks for everybody."""
    a_small_world()
    with pytest.raises(Unfit) as told:
        import_agenda(content=f"code,title\na,T\nb,U{letter}V\n".encode(), head=HEAD, by=None, name="a.csv")
    assert [(each.line, each.code) for each in told.value.problems] == [(3, "control")]
    with pytest.raises(Unfit):
        import_commitments(content=f"code,title,place\na,T{letter}U,KG\n".encode(), agenda=an_agenda(), by=None)


def test_what_no_database_holds_is_refused():
    a_small_world()
    content = b'{"format": 1, "provisions": [{"code": "a", "title": {"en": "x\\u0000"}}]}'
    with pytest.raises(Unfit):
        import_agenda(content=content, head=HEAD, by=None, name="a.json")


def test_a_tree_of_thousands_of_levels_is_refused():
    a_small_world()
    rows = "".join(f"c{each},T,{f'c{each - 1}' if each else ''}\n" for each in range(3000))
    with pytest.raises(Unfit) as told:
        import_agenda(content=f"code,title,parent\n{rows}".encode(), head=HEAD, by=None, name="a.csv")
    assert told.value.problems


def test_a_file_moves_no_agenda_to_where_its_sender_keeps_none():
    world = a_small_world()
    bring_agenda(document=a_document(code="mine", place="KG"))
    analyst = a_member_of_staff("analyst", place=world.kyrgyzstan)
    with pytest.raises(Forbidden):
        bring_agenda(document=a_document(code="mine", place="KZ"), by=analyst)
