"""Accounts from a table: all lines or none, and every refusal with its line."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kurak.commitments.accounts.bringing.actions import BadLines, bring
from kurak.commitments.accounts.bringing.reading import read
from kurak.commitments.accounts.models import Account
from tests.factories.accounts import a_promise, a_round, an_article
from tests.factories.people import a_member_of_staff, signed_in

pytestmark = pytest.mark.django_db
HEAD = "agenda,about,code,place,year,grader,said_by,scale,value,url,page"
LINE = "covenant,provision,25,KG,2025,state,Ministry of Justice,percent,80,https://example.org/report,12"


@pytest.fixture
def round_():
    return a_round(an_article())


def table(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode()


def brought(round_, *lines: str, head: str = HEAD):
    return bring(found=read("claims.csv", table(*lines, head=head)), by=round_.analyst)


def refusals(round_, *lines: str, head: str = HEAD) -> list[tuple[int, str]]:
    with pytest.raises(BadLines) as refused:
        brought(round_, *lines, head=head)
    return [(each.line, each.column) for each in refused.value.refusals]


def test_a_line_becomes_an_account_that_waits(round_):
    assert brought(round_, LINE).new == 1
    account = Account.objects.get()
    assert (account.status, account.ladder, account.first_hand) == ("pending", 0.8, False)
    assert (account.evidence.get().url, account.evidence.get().page) == ("https://example.org/report", "12")


def test_the_same_file_twice_changes_nothing(round_):
    brought(round_, LINE)
    again = brought(round_, LINE)
    assert (again.new, again.known, Account.objects.count()) == (0, 1, 1)


def test_another_value_for_the_same_period_is_refused(round_):
    brought(round_, LINE)
    assert refusals(round_, LINE.replace(",80,", ",90,")) == [(2, "value")]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("covenant", "nothing", "agenda"), (",25,", ",99,", "code"), ("KG", "XX", "place"), ("2025", "25", "year"),
        ("state", "king", "grader"), ("percent", "hrc", "scale"), (",80,", ",eighty,", "value"),
        ("https://example.org/report", "", "url"), ("https://example.org/report", "my report", "url"),
        ("Ministry of Justice", "", "said_by"), (",provision,", ",article,", "about"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_column(round_, old, new, column):
    assert (3, column) in refusals(round_, LINE, LINE.replace(old, new, 1))
    assert not Account.objects.exists()


def test_all_that_is_wrong_is_told_at_once(round_):
    bad = LINE.replace("KG", "XX").replace("2025", "x")
    assert refusals(round_, bad) == [(2, "place"), (2, "year")]


def test_the_same_claim_twice_in_a_file_is_refused(round_):
    assert refusals(round_, LINE, LINE) == [(3, "code")]


def test_unknown_and_missing_columns_are_told(round_):
    head = HEAD.replace("scale", "skale")
    assert refusals(round_, LINE, head=head) == [(1, "scale"), (1, "skale")]


def test_staff_bring_accounts_of_their_own_places_only(round_, world):
    round_.analyst = a_member_of_staff("analyst", place=world.kazakhstan)
    assert refusals(round_, LINE) == [(2, "place")]


def test_commitments_are_found_too(round_, world):
    a_promise("7", place=world.kyrgyzstan)
    assert brought(round_, LINE.replace("covenant,provision,25", "plan,commitment,7")).new == 1


def test_the_page_tells_lines_and_keeps_nothing(client, round_):
    signed_in(client, round_.analyst)
    sent = SimpleUploadedFile("claims.csv", table(LINE.replace("percent", "hrc")))
    answer = client.post(reverse("accounts_desk:bring"), {"file": sent})
    assert answer.status_code == 400
    assert "<code>scale</code>" in answer.content.decode()
    good = SimpleUploadedFile("claims.csv", table(LINE))
    assert client.post(reverse("accounts_desk:bring"), {"file": good}).status_code == 302
    assert Account.objects.count() == 1


def test_the_template_is_a_table_of_the_right_columns(client, round_):
    empty = signed_in(client, round_.analyst).get(reverse("accounts_desk:template")).content
    assert {each.column for each in read("empty.csv", empty).refusals} == {"agenda"}


def test_a_workbook_is_read_like_a_table(round_):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate((HEAD, LINE)):
            for column, cell in enumerate(line.split(",")):
                sheet.write(row, column, int(cell) if cell.isdecimal() else cell)
    assert bring(found=read("claims.xlsx", made.getvalue()), by=round_.analyst).new == 1
    assert Account.objects.get().value == "80"
