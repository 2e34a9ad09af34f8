"""Files after cleaning: the same picture, the same text, nothing about anybody."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kurak.ground.errors import Refused
from kurak.ground.files import images
from kurak.ground.files.cleaning import cleaned
from kurak.ground.files.inspecting import KINDS, kind_of
from tests.factories.files import DOCX, ODT, PDF, SCAN, SECRETS, a_jpeg, a_png, an_archive_of


@pytest.mark.parametrize(("data", "code"), [(a_jpeg(), "jpeg"), (a_png(), "png")])
def test_nothing_of_a_picture_s_maker_stays(data, code):
    clean = cleaned(data, KINDS[code])
    assert all(secret in data for secret in SECRETS[2:])
    assert not [secret for secret in SECRETS if secret in clean]
    assert kind_of(clean) == KINDS[code]


def test_the_picture_itself_stays_bit_for_bit():
    before, after = a_jpeg(), images.cleaned(a_jpeg())
    kept = {marker: (body, scan) for marker, body, scan in images.segments(after)}
    drawn = {marker: (body, scan) for marker, body, scan in images.segments(before) if marker in images.KEPT}
    assert {marker: kept[marker] for marker in drawn} == drawn
    assert kept[images.SOS][1] == SCAN


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_only_the_orientation_of_a_photograph_is_kept(orientation):
    clean = images.cleaned(a_jpeg(orientation=orientation))
    found = [body for marker, body, _scan in images.segments(clean) if marker == images.APP1]
    assert [images.orientation_of(body[6:]) for body in found] == ([] if orientation == 1 else [orientation])


def test_cleaning_twice_is_cleaning_once():
    for data in (a_jpeg(), a_png()):
        assert images.cleaned(images.cleaned(data)) == images.cleaned(data)


@pytest.mark.parametrize(("parts", "code"), [(DOCX, "docx"), (ODT, "odt")])
def test_the_properties_of_an_office_file_are_emptied_and_the_rest_stays(parts, code):
    clean = cleaned(an_archive_of(parts), KINDS[code])
    with zipfile.ZipFile(io.BytesIO(clean)) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert list(inside) == list(parts)
    assert not [secret for secret in SECRETS if any(secret in body for body in inside.values())]
    untouched = next(name for name in parts if name.endswith(("document.xml", "content.xml")))
    assert inside[untouched] == parts[untouched]
    assert kind_of(clean) == KINDS[code]


def test_a_pdf_stays_as_it_is():
    assert cleaned(PDF, KINDS["pdf"]) == PDF


@given(some.binary(max_size=200), some.integers(0, 400))
def test_a_broken_picture_is_refused_and_never_breaks_us(noise, at):
    for whole in (a_jpeg(), a_png()):
        data = whole[:3] + whole[3:at] + noise + whole[at:]
        try:
            clean = images.cleaned(data)
        except Refused:
            continue
        assert images.cleaned(clean) == clean
