"""What a file is, by what stands in it."""

import pytest

from kurak.ground.errors import Refused
from kurak.ground.files.inspecting import KINDS, LARGEST, clean_name, kind_of
from tests.factories.files import DOCX, ODT, PDF, XLSX, a_jpeg, a_png, an_archive_of

TAKEN = {
    "pdf": PDF, "png": a_png(), "jpeg": a_jpeg(), "docx": an_archive_of(DOCX), "odt": an_archive_of(ODT),
    "xlsx": an_archive_of(XLSX), "txt": "Есеп 2025\n".encode(),
}  # fmt: skip
WEB_PAGE_IN_UTF16 = "<html><script>alert(1)</script>".encode("utf-16")
REFUSED = {
    "empty": (b"", "file.empty"),
    "too large": (b"a" * (LARGEST + 1), "file.too_large"),
    "a program": (b"MZ\x90\x00\x03\x00", "file.kind"),
    "a web page in another encoding": (WEB_PAGE_IN_UTF16, "file.kind"),
    "text with control characters": (b"a\x1b[31m", "file.kind"),
    "another archive": (an_archive_of({"a.txt": b"a"}), "file.kind"),
    "a path that climbs": (an_archive_of({**DOCX, "../../etc/passwd": b""}), "file.kind"),
    "macros": (an_archive_of({**DOCX, "word/vbaProject.bin": b"1"}), "file.active"),
    "macros of an odt": (an_archive_of({**ODT, "Basic/Standard/script.xml": b""}), "file.active"),
    "an embedded program": (an_archive_of({**XLSX, "xl/embeddings/oleObject1.bin": b""}), "file.active"),
    "a pdf with scripts": (PDF.replace(b"/Type", b"/JavaScript (a) /Type"), "file.active"),
    "a pdf cut off": (PDF[:-8], "file.broken"),
    "an archive cut off": (an_archive_of(DOCX)[:-30], "file.broken"),
    "a bomb": (an_archive_of({**DOCX, "word/media/a.bmp": bytes(70_000_000)}), "file.bomb"),
    "a picture cut off": (a_png()[:60], "file.broken"),
    "a jpeg cut off": (a_jpeg()[:200], "file.broken"),
    "too many pixels": (a_png(width=20_000, height=20_000), "file.pixels"),
    "too many pixels in a jpeg": (a_jpeg(width=60_000, height=60_000), "file.pixels"),
}


@pytest.mark.parametrize("code", TAKEN)
def test_a_file_is_known_by_its_content(code):
    assert kind_of(TAKEN[code]) == KINDS[code]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_refused_with_what_to_do(name):
    data, code = REFUSED[name]
    with pytest.raises(Refused) as refused:
        kind_of(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("Отчёт.docx", "Отчёт.pdf"),
        ("a\u202efdp.exe", "a_fdp.pdf"),
        ('x"; filename="y.html', "x__ filename=_y.pdf".replace("=", "_")),
        ("....", "file.pdf"),
        ("گزارش سالانه.pdf", "گزارش سالانه.pdf"),
    ],
)
def test_a_name_is_cleaned_and_gets_its_true_ending(name, clean):
    assert clean_name(name, KINDS["pdf"]) == clean


def test_a_long_name_is_cut():
    assert len(clean_name("a" * 500, KINDS["docx"])) <= 100
