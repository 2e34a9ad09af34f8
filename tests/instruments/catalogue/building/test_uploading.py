"""Files as people send them: other encodings, marks, too large, or wrong inside."""

import pytest

from kurak.ground.errors import Refused
from kurak.instruments.catalogue.building.uploading import Unfit, taken
from kurak.instruments.catalogue.workbooks.writing import as_workbook
from kurak.instruments.catalogue.yaml_writing import as_yaml
from tests.factories.catalogue import a_document

TEXT = as_yaml(a_document())


@pytest.mark.parametrize("content", [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.replace("\n", "\r\n").encode()])
def test_text_in_utf8_is_read_with_or_without_its_mark(content):
    assert taken("wells.yaml", content).document == a_document()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_another_encoding_is_refused_with_what_to_do(encoding):
    with pytest.raises(Refused, match="UTF-8") as refusal:
        taken("wells.yaml", TEXT.encode(encoding))
    assert refusal.value.code == "upload.encoding"


def test_a_huge_text_is_refused():
    with pytest.raises(Refused) as refusal:
        taken("wells.yaml", b"# " + b"x" * 1_000_001)
    assert refusal.value.code == "upload.large"


def test_a_workbook_is_known_by_what_is_in_it_not_by_its_name():
    assert taken("wells.yaml", as_workbook(a_document())).document == a_document()


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x]\nb: [*a, *a]\n",
        "tree: " + "[" * 3000,
        "tree: !!python/object/apply:os.system [ls]\n",
    ],
)
def test_bombs_of_yaml_are_refused_by_line(bomb):
    with pytest.raises(Unfit) as unfit:
        taken("bomb.yaml", bomb.encode())
    assert unfit.value.faults[0].where.startswith("line ")


def test_every_mistake_is_told_with_its_line():
    text = TEXT.replace("direction: down", "direction: sideways").replace("kind: assessment", "kind: asessment")
    with pytest.raises(Unfit) as unfit:
        taken("wells.yaml", text.encode())
    lines = text.splitlines()
    wanted = {next(n for n, line in enumerate(lines, 1) if word in line) for word in ("sideways", "asessment")}
    assert {int(each.where.split()[1].rstrip(",")) for each in unfit.value.faults} == wanted
