"""Agendas and commitments come in as files and go out as files; what is wrong is told by line."""

import pytest

from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.checking import Unfit
from kurak.commitments.agendas.exchange.actions import import_agenda, import_commitments
from kurak.commitments.agendas.exchange.reading import read
from kurak.commitments.agendas.exchange.writing import commitments_written, written
from kurak.commitments.agendas.models import Agenda
from kurak.ground.errors import Refused
from tests.factories.commitments import TREE, a_document, an_agenda

pytestmark = pytest.mark.django_db
HEAD = {"code": "plan", "kind": "recommendations", "title": {"en": "Plan"}, "level": "national", "place": "KG"}
ROWS = "id,inside,words,country,by\nR2,R1,Dig,KG,Chile\nR1,,Water,KG,Peru\n"
COLUMNS = {"code": "id", "parent": "inside", "title": "words", "place": "country"}


def lines(unfit) -> list[tuple[int, str]]:
    return [(each.line, each.code) for each in unfit.value.problems]


def test_rows_in_any_order_become_a_tree_with_facts(world):
    agenda = import_agenda(content=ROWS.encode(), head=HEAD, by=None, columns=COLUMNS)
    rows = {row.code: row for row in agenda.provisions.all()}
    assert (rows["R2"].parent, rows["R2"].about, rows["R2"].place) == (rows["R1"], {"by": "Chile"}, world.kyrgyzstan)


def test_a_column_may_group_rows_by_country_whatever_its_code(world):
    world.kyrgyzstan.codes = {"iso3": "KGZ"}
    world.kyrgyzstan.save()
    text = "code;title;place\nR1;Water;KGZ\nR2;Air;KGZ\n"
    agenda = import_agenda(content=text.encode(), head=HEAD, by=None, group="place")
    assert [(row.code, row.depth) for row in agenda.provisions.all()] == [("KG", 0), ("R1", 1), ("R2", 1)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code,title\na,Water\na,Air\n", [(3, "twice")]),
        ('code,title\na,"Water\nand air"\nb,\n', [(4, "text")]),
        ("code,title,parent\na,Water,z\n", [(2, "parent")]),
        ("code,title,parent\na,Water,b\nb,Air,a\n", [(2, "circle"), (3, "circle")]),
        ("code,title,place\na,Water,XX\nb/,Air,\n", [(2, "place"), (3, "code")]),
        ("code,title\na,Water,more\n", [(2, "cells")]),
        ("code,code\na,b\n", [(1, "column")]),
        ("code,words\na,b\n", [(1, "column")]),
        ("code,title,holds_from\na,b,31.12.2026\n", [(2, "date")]),
        ("", [(1, "empty")]),
    ],
)
def test_what_is_wrong_with_rows_is_told_by_line_and_nothing_is_kept(world, text, told):
    with pytest.raises(Unfit) as unfit:
        import_agenda(content=text.encode(), head=HEAD, by=None, name="plan.csv")
    assert lines(unfit) == told
    assert not Agenda.objects.exists()


def test_what_is_wrong_with_yaml_is_told_by_line(world):
    text = "code: plan\nkind: programme\nlevel: national\nplace: KG\ntitle: Plan\nprovisions:\n- {code: a}\n"
    with pytest.raises(Unfit) as unfit:
        import_agenda(content=text.encode(), head={}, by=None)
    assert lines(unfit) == [(7, "text")]


def test_an_sdmx_codelist_is_an_agenda_and_one_of_several_must_be_named(world):
    code = '<s:Code id="{0}"><c:Name xml:lang="ru">Цель {0}</c:Name>{1}</s:Code>'
    codes = code.format("G1", "") + code.format("T1", '<s:Parent><Ref id="G1"/></s:Parent>')
    lists = f'<s:Codelist id="CL_A">{codes}</s:Codelist><s:Codelist id="CL_B"/>'
    text = f'<m:Structure xmlns:m="m" xmlns:s="s" xmlns:c="c">{lists}</m:Structure>'
    with pytest.raises(Refused, match="CL_A, CL_B"):
        read(text.encode(), HEAD)
    agenda = import_agenda(content=text.encode(), head=HEAD, by=None, codelist="CL_A")
    assert [(row.code, row.depth, row.title.language) for row in agenda.provisions.all()] == [
        ("G1", 0, "ru"), ("T1", 1, "ru")
    ]  # fmt: skip


def test_xml_that_declares_entities_is_not_read(world):
    with pytest.raises(Refused) as refused:
        read(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', HEAD)
    assert refused.value.code == "agenda.xml"


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_document_that_goes_out_comes_in_as_the_same_agenda(world, form):
    agenda, _missing = bring_agenda(document=a_document(owner=None))
    content = written(agenda, form)
    again = import_agenda(content=content, head={}, by=None, name=f"plan.{form}")
    assert (again.pk, again.versions.count(), again.commitments.get().history.count()) == (agenda.pk, 1, 2)
    copy = import_agenda(content=content, head={"code": "copy"}, by=None, name=f"plan.{form}")
    assert written(copy, form).replace(b"copy", b"water-plan") == content


@pytest.mark.parametrize("form", ["csv", "xlsx", "xml"])
def test_the_tree_that_goes_out_as_rows_comes_in_as_the_same_tree(world, form):
    agenda, _missing = bring_agenda(document=a_document(commitments=None))
    head = {**HEAD, "code": "copy", "kind": "programme"}
    copy = import_agenda(content=written(agenda, form), head=head, by=None, name=f"plan.{form}")

    def told(of):
        return [
            (row.code, row.parent and row.parent.code, row.title, row.text and row.text.body)
            for row in of.provisions.all()
        ]

    assert told(copy) == told(agenda)


def test_commitments_of_a_table_are_added_and_then_changed(world):
    agenda = an_agenda(tree={"provisions": [{"code": "1", "title": "Water"}]})
    text = "code,title,provisions,status,deadline\nC1,Dig,1,{status},2027-01-01\n"
    for status in ("planned", "done"):
        import_commitments(content=text.format(status=status).encode(), agenda=agenda, by=None)
    commitment = agenda.commitments.get()
    assert (commitment.status, [each.code for each in commitment.provisions.all()]) == ("done", ["1"])


def test_commitments_with_a_status_of_another_kind_are_refused_by_line(world):
    text = "code,title,status\nC1,Dig,done\nC2,Fill,complete\n"
    with pytest.raises(Unfit) as unfit:
        import_commitments(content=text.encode(), agenda=an_agenda(), by=None)
    assert lines(unfit) == [(3, "status")]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_commitments_that_go_out_as_rows_come_in_and_change_nothing(world, form):
    agenda, _missing = bring_agenda(document=a_document())
    content = commitments_written(agenda, form)
    assert import_commitments(content=content, agenda=agenda, by=None) == 1
    commitment = agenda.commitments.get()
    assert (commitment.history.count(), [each.code for each in commitment.provisions.all()]) == (2, ["1.1"])
    copy = an_agenda("copy", tree=TREE)
    import_commitments(content=content.replace(b"water-plan", b"copy"), agenda=copy, by=None)
    assert str(copy.commitments.get().title.into("en")) == "Dig ten wells"
