"""Whatever somebody sends to any address is answered; nothing breaks."""

import pytest
from django.test import Client

from kurak.dialogue.conversations import keys
from kurak.instruments.catalogue.models import Edition
from tests.factories.catalogue import an_edition, an_instrument
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_member_of_staff, signed_in
from tests.project.addresses import addresses

pytestmark = pytest.mark.usefixtures("world")
KEY = "abcdefghijklmnopqrstuvwxyz"
NOT_HERE = {"exit", "account_logout", "favicon", "conversations:package"}  # end the session, or open files
ALL = [each for each in addresses() if each.name not in NOT_HERE]
KNOWN = {"slug": "water", "number": 1, "code": "KG", "name": "votes.csv", "form": "csv", "pk": 1, "measure_id": 1}
KNOWN |= {"instrument": "wells", "edition": "2026", "revision": 1}
KNOWN |= {"criterion": "care", "scale": "care", "scheme": "bands"}
ASKED = str.split(
    "page lang named invitation skip status place theme quantity source kind offset limit verb subject actor next pass "
    "words units label before after data with copy revision"
)
SENT = str.split(
    "statement value chance matters code key words body language anyway name login password username email consent "
    "reason role place phase lines about looked_at verdict revision upheld first second stays how_many country "
    "question_en original opens longest admission slug asks themes organisation verb subject actor next made note back "
    "add up down remove unuse drop new title_en edition dated kind units label low high digits weight under combine "
    "combine_with missing missing_with formula normalise normalise_with own_answers bounds more text data seen named "
    "by row-0-code row-0-cut row-0-side row-0-url answers starter copy owner"
)
ODD = {"nothing": "\x00", "long": "9" * 5000, "large": str(2**70), "foreign": "қ²\u202e\ud800"}


@pytest.fixture
def water():
    talk = a_conversation("water")
    a_statement(talk, number=1)
    a_participant(talk, digest=keys.digest_of(talk, KEY))
    draft = an_edition(an_instrument("wells", place=talk.place), status="draft")
    Edition.objects.filter(pk=draft.pk).update(id=KNOWN["pk"])
    return talk


@pytest.fixture
def client(water):
    """A coordinator who also takes part; what breaks comes back as an answer."""
    client = Client(raise_request_exception=False, headers={keys.HEADER: KEY})
    return signed_in(client, a_member_of_staff("coordinator", place=water.place))


def broken(answers):
    found = []
    for path, answer in answers:
        if answer.status_code >= 500:
            found.append(f"{path[:80]} answered {answer.status_code}: {getattr(answer, 'exc_info', '')}")
    return found


def encoded(odd: str) -> str:
    return "".join(f"%{byte:02x}" for byte in odd.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_questions_are_answered(client, odd):
    query = "&".join(f"{name}={encoded(odd)}" for name in ASKED)
    assert not broken((each.path(**KNOWN), client.get(f"{each.path(**KNOWN)}?{query}")) for each in ALL)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_addresses_are_answered(client, odd):
    parts = KNOWN | dict.fromkeys(("number", "pk", "measure_id", "key", "name", "code"), encoded(odd))
    assert not broken((each.path(**parts), client.get(each.path(**parts))) for each in ALL)


@pytest.mark.parametrize("kind", ["source", "measure", "edition", "statement", "nowhere"])
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_the_trail_of_odd_things_is_answered(client, kind, odd):
    assert client.get(f"/trail/{kind}/{encoded(odd)}/").status_code in {400, 404}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_forms_are_answered(client, odd):
    sent = "&".join(f"{name}={encoded(odd)}" for name in SENT)
    form = "application/x-www-form-urlencoded"
    assert not broken((each.path(**KNOWN), client.post(each.path(**KNOWN), sent, form)) for each in ALL)


def test_a_form_that_is_right_but_for_one_field_is_answered(client):
    """Behind the first check, where the odd value is used."""
    right = {"statement": "1", "value": "1", "language": "en", "body": "Water", "verdict": "rejected", "reason": "spam"}
    answers = []
    for each in ALL:
        for odd in ("\x00", str(2**70)):
            sent = dict.fromkeys(SENT, odd) | right | {"looked_at": f"{odd}:0"}
            answers.append((each.path(**KNOWN), client.post(each.path(**KNOWN), sent)))
    assert not broken(answers)


@pytest.mark.parametrize("path", ["/", "/conversations/", "/api/v1/places", "/account/login/", "/robots.txt"])
def test_too_many_fields_are_refused(client, path):
    many = "&".join(["a"] * 1200)
    assert client.get(f"{path}?{many}").status_code == 400
    assert client.post(path, many, "application/x-www-form-urlencoded").status_code < 500


def test_the_api_refuses_in_its_own_shape(client):
    answer = client.get("/api/v1/places/%00")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_an_appeal_with_a_nul_is_refused_and_not_half_stored(client, water):
    statement = a_statement(water, number=2, author=water.participants.get(), status=-1)
    assert client.post(f"/conversations/water/mine/appeal/{statement.number}/", {"words": "a\x00b"}).status_code == 400
    statement.refresh_from_db()
    assert not statement.appeal
