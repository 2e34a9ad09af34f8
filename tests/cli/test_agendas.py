"""kurak agendas: files in, files out, a list."""

import pytest

from kurak.cli.main import main
from kurak.commitments.agendas.models import Agenda
from tests.factories.commitments import TREE, an_agenda

pytestmark = pytest.mark.usefixtures("world")
HEAD = ["--kind", "programme", "--title", "Plan", "--level", "national", "--place", "KG"]


@pytest.fixture
def rows(tmp_path):
    file = tmp_path / "water_plan.csv"
    file.write_text("id,words\nA,Wells\nB,Pipes\n", encoding="utf-8")
    return file


def test_a_table_comes_in_and_goes_out(rows, tmp_path, capsys):
    columns = ["--column", "code=id", "--column", "title=words"]
    assert main(["agendas", "import", str(rows), *HEAD, *columns]) == 0
    assert "Brought water-plan: 2 parts, 0 commitments" in capsys.readouterr().out
    assert main(["agendas", "export", "water-plan", "--out", str(tmp_path / "plan.yaml")]) == 0
    assert main(["agendas", "import", str(tmp_path / "plan.yaml")]) == 0
    assert Agenda.objects.get().versions.count() == 1


def test_mistakes_are_told_by_line_and_the_exit_code_says_wrong_input(rows, capsys):
    rows.write_text("code,title\nA,Wells\nA,Pipes\n,Air\n", encoding="utf-8")
    assert main(["agendas", "import", str(rows), *HEAD]) == 2
    told = capsys.readouterr().err
    assert "water_plan.csv, line 3: the code “A” is there twice" in told
    assert not Agenda.objects.exists()


def test_a_table_without_a_heading_says_what_is_missing(rows, capsys):
    assert main(["agendas", "import", str(rows), "--kind", "programme"]) == 2
    assert "--title, --level missing" in capsys.readouterr().err


def test_commitments_are_brought_to_an_agenda_that_is_here(rows, capsys):
    an_agenda("plan", tree=TREE)
    rows.write_text("code,title,provisions\nC1,Dig,1.1\nC2,Test,1.2 2\n", encoding="utf-8")
    assert main(["agendas", "import", str(rows), "--commitments-of", "plan"]) == 0
    assert "Brought 2 commitments to plan" in capsys.readouterr().out


def test_the_list_names_what_there_is_and_a_form_that_nobody_knows_is_refused(tmp_path, capsys):
    an_agenda("plan", tree=TREE)
    assert main(["agendas", "list"]) == 0
    assert "plan" in capsys.readouterr().out
    assert main(["agendas", "export", "plan", "--out", str(tmp_path / "plan.doc")]) == 2
    assert main(["agendas", "export", "none", "--out", str(tmp_path / "plan.csv")]) == 2
    assert main(["agendas", "import", str(tmp_path / "none.csv")]) == 2
