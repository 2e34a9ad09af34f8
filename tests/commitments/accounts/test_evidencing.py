"""What accounts stand on: links, documents with their hash, figures."""

import hashlib
import io

import pytest
from django.core.files.storage import default_storage

from kurak.commitments.accounts import evidencing
from kurak.ground.errors import Refused
from kurak.ground.files import storing
from tests.factories.accounts import a_round
from tests.factories.files import PDF, SECRETS, a_jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft():
    return a_round().says()


def sent(account, data: bytes = PDF, name: str = "report.pdf", **about):
    return evidencing.add_file(account=account, by=account.written_by, file=io.BytesIO(data), name=name, **about)


def test_a_document_is_kept_with_its_hash_and_page(draft):
    piece = sent(draft, page="12–14")
    assert (piece.sha256, piece.page) == (hashlib.sha256(PDF).hexdigest(), "12–14")
    assert storing.open_file(piece.sha256).read() == PDF
    assert piece.public is False


def test_a_photograph_loses_its_place_before_it_is_kept(draft):
    data = storing.open_file(sent(draft, a_jpeg(), "well.jpg").sha256).read()
    assert not [secret for secret in SECRETS if secret in data]


def test_the_same_piece_twice_is_one(draft):
    assert sent(draft) == sent(draft)
    link = {"account": draft, "by": draft.written_by, "url": "https://example.org/report"}
    assert evidencing.add_link(**link) == evidencing.add_link(**link)


def test_a_link_keeps_where_an_archive_holds_it(draft):
    copy = "https://web.archive.org/web/2026/https://example.org/report"
    piece = evidencing.add_link(account=draft, by=draft.written_by, url="https://example.org/report", copy_url=copy)
    assert piece.copy_url == copy


@pytest.mark.parametrize("link", ["javascript:alert(1)", "report", "ftp://example.org/a", ""])
def test_only_web_addresses_are_links(draft, link):
    with pytest.raises(Refused) as refusal:
        evidencing.add_link(account=draft, by=draft.written_by, url=link)
    assert refusal.value.code == "evidence.link"


def test_strangers_add_nothing(draft):
    with pytest.raises(Refused):
        evidencing.add_link(account=draft, by=a_round().member, url="https://example.org")


def test_a_file_goes_with_its_last_piece(draft, django_capture_on_commit_callbacks):
    piece = sent(draft)
    with django_capture_on_commit_callbacks(execute=True):
        evidencing.remove(evidence=piece, by=draft.written_by)
    assert not default_storage.exists(storing.path_of(piece.sha256))
