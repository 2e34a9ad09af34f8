"""However odd a document is, it becomes an agenda or is refused in words; it never breaks the platform."""

import copy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.exchange.reading import read
from kurak.ground.errors import Refused
from tests.factories.commitments import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**6), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40), st.just("x" * 2000),
    st.just([]), st.just({}), st.just([1, "a"]), st.just({"en": 5}), st.just({"a": {"b": []}}),
    st.sampled_from(["KG", "javascript:alert(1)", "2026-02-30", "a/b", "commitments"]),
)  # fmt: skip


def places(value, path=()):
    """Every place of a document."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield from places(each, (*path, key))


DOCUMENT = a_document(
    participations=[{"place": "KG", "status": "party", "consent": "accession", "note": "x", "consented_year": 2001}],
    version={"label": "1", "dated": "2026-01-01", "note": "x"}, url="https://example.org/",
)  # fmt: skip
PLACES = sorted(filter(None, places(DOCUMENT)), key=str)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(PLACES), value=ODD)
def test_an_odd_value_anywhere_is_brought_or_refused(where, value):
    document = copy.deepcopy(DOCUMENT)
    holder = document
    for key in where[:-1]:
        holder = holder[key]
    holder[where[-1]] = value
    with transaction.atomic():
        try:
            agenda, _missing = bring_agenda(document=document)
        except Refused:
            return
        assert not agenda.url.startswith("javascript")
        transaction.set_rollback(True)


HEAD = {"code": "plan", "kind": "recommendations", "title": {"en": "Plan"}, "level": "national", "place": "KG"}
CELL = st.text(st.sampled_from("ab1,;\"\n\t./ -_КG'=<>&"), max_size=12)
ROWS = "code,title,parent,place\n{}"
FILES = st.one_of(
    st.binary(max_size=60),
    st.lists(st.lists(CELL, max_size=4).map(",".join), max_size=5).map("\n".join).map(ROWS.format),
    st.lists(CELL, max_size=6).map("".join).map("<a xmlns='x'><Codelist id='b'>{}</Codelist></a>".format),
    st.lists(CELL, max_size=6).map("".join).map("code: plan\nprovisions: {}".format),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=FILES, name=st.sampled_from(["", "a.csv", "a.yaml", "a.xlsx"]))
def test_an_odd_file_is_read_or_refused(content, name):
    body = content if isinstance(content, bytes) else content.encode()
    try:
        document = read(body, HEAD, name=name)
    except Refused:
        return
    assert document["code"] == "plan"
