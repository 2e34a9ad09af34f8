"""kurak budgets on the command line."""

import pytest

from kurak.cli import budgets
from kurak.cli.problems import Problem
from kurak.commitments.budgets.models import Budget
from kurak.ground.measures.loading import load_quantities
from tests.factories.budgets import a_budget, a_table, about

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    load_quantities()
    about()
    path = tmp_path / "chuy.csv"
    path.write_bytes(a_table())
    return path


def bring(path, *more: str) -> int:
    return budgets.main(["import", str(path), "--place", "KG-C", "--year", "2025", *more])


def test_a_budget_is_brought_and_published(file, capsys):
    assert bring(file, "--currency", "KGS", "--source", "Decision 12", "--publish") == 0
    assert "5 lines new" in capsys.readouterr().out
    assert Budget.objects.get().status == "published"


def test_columns_and_units_are_said_once_and_remembered(tmp_path):
    load_quantities()
    about()
    path = tmp_path / "a.csv"
    path.write_text("A,B,C\n1,Bus,5\n")
    named = [word for pair in ("code=A", "title=B", "approved=C") for word in ("--column", pair)]
    bring(path, "--currency", "KGS", "--unit", "1000", *named)
    path.write_text("A,B,C\n1,Bus,6\n")
    bring(path)
    assert Budget.objects.get().lines.get().approved == 6000


def test_what_is_refused_is_told_by_line_and_nothing_is_kept(file):
    file.write_bytes(a_table("1,Bus,,99,,,,many,,"))
    with pytest.raises(Problem, match=r"line 2, approved 'many'"):
        bring(file, "--currency", "KGS")
    assert not Budget.objects.exists()


@pytest.mark.parametrize("more", [("--column", "plan=approved"), ("--currency", "som")])
def test_wrong_words_are_told(file, more):
    with pytest.raises(Problem):
        bring(file, *more)


def test_published_budgets_are_listed(capsys):
    a_budget()
    budgets.main(["list"])
    assert "KG-C         2025 KGS     5 lines  until month 12" in capsys.readouterr().out
