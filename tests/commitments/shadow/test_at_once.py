"""Two people at the same moment, on databases where that can happen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from kurak.commitments.shadow import actions
from kurak.commitments.shadow.models import FrozenReport, ShadowReport
from kurak.ground.errors import Refused
from kurak.ground.languages.text import Text
from tests.factories.shadow import PERIOD, a_coalition

pytestmark = pytest.mark.django_db(transaction=True)


def together(work, times: int = 4) -> list:
    """What each gave back, or the refusal that it met."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after another")
    gate = Barrier(times)

    def one(number: int):
        try:
            gate.wait(10)
            return work(number)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_frozen_by_several_at_once_it_is_one_edition():
    made = a_coalition()
    found = together(lambda _number: actions.freeze(report=made.report, by=made.officer).number)
    assert found == [1] * 4
    assert FrozenReport.objects.count() == 1


def test_a_section_saved_by_several_at_once_is_one_writers():
    made = a_coalition()
    section = made.report.sections.first()
    seen = actions.mark_of(section)

    def write(number: int) -> str:
        words = Text("en", f"Words {number}")
        actions.write_section(
            section=section, by=made.officer, heading=section.heading, body=words, ready=False, seen=seen
        )
        return "saved"

    assert sorted(together(write)) == ["saved", *["shadow.overtaken"] * 3]


def test_opened_twice_by_a_double_click_it_is_one_report():
    made = a_coalition()

    def open_it(_number: int) -> str:
        return actions.open_report(
            by=made.officer, code="twice", title=Text("en", "Twice"), agenda=made.agenda, place=made.place,
            lead=made.lead, **PERIOD,
        ).code  # fmt: skip

    assert sorted(together(open_it)) == ["shadow.code"] * 3 + ["twice"]
    assert ShadowReport.objects.filter(code="twice").count() == 1


def test_signed_and_frozen_at_once_an_edition_has_whole_signatures():
    made = a_coalition()

    def work(number: int) -> str:
        if number % 2:
            actions.sign(report=made.report, by=made.officer, organisation=made.lead, signs=False)
            return "unsigned"
        return str(actions.freeze(report=made.report, by=made.officer).document["signed"][0]["slug"])

    assert set(together(work)) <= {"unsigned", made.lead.slug, "shadow.unsigned"}
