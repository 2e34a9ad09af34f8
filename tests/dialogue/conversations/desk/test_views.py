import csv
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kurak.dialogue.conversations.models import Conversation, GuestCode
from kurak.ground.measures.loading import load_quantities
from kurak.ground.people.models import Grant
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote
from tests.factories.people import a_member_of_staff, signed_in
from tests.factories.places import a_theme

pytestmark = pytest.mark.django_db
PARTS = ["", "edit/", "statements/", "share/", "guests/", "coverage/"]


@pytest.fixture
def facilitator(world):
    return a_member_of_staff(Grant.Role.FACILITATOR, place=world.kyrgyzstan)


@pytest.fixture
def desk(client, facilitator):
    return signed_in(client, facilitator)


@pytest.fixture
def conversation(world, facilitator):
    return a_conversation("water", place=world.kyrgyzstan, opened_by=facilitator)


def filled(world, **changes):
    given = {
        "original": "ru", "question_ru": "Какой должна быть вода?", "question_en": "What about water?",
        "made_en": "machine", "place": world.kyrgyzstan.pk, "slug": "water", "admission": "open",
        "moderation": "strict", "may_write": "on", "longest": "280", "publishes_votes": "on",
    }  # fmt: skip
    return {**given, **changes}


@pytest.mark.parametrize("part", PARTS)
def test_a_page_is_shown_to_the_facilitator_and_kept_out_of_caches(desk, conversation, part):
    response = desk.get(f"/desk/conversations/water/{part}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("part", PARTS)
def test_a_facilitator_of_another_country_finds_nothing(client, conversation, world, part):
    stranger = signed_in(client, a_member_of_staff(Grant.Role.FACILITATOR, place=world.kazakhstan))
    assert stranger.get(f"/desk/conversations/water/{part}").status_code == 404


def test_a_moderator_comes_to_the_queue_and_not_to_the_settings(client, conversation, world):
    moderator = signed_in(client, a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan))
    assert moderator.get("/desk/conversations/water/").url == "/desk/conversations/water/moderation/"
    assert moderator.get("/desk/conversations/water/edit/").status_code == 404
    assert moderator.get("/desk/conversations/new/").status_code == 404


def test_the_list_holds_what_i_may_run_and_what_waits(desk, conversation, world):
    a_conversation("elsewhere", place=world.kazakhstan)
    a_statement(conversation, status=0)
    page = desk.get("/desk/", follow=True).content.decode()
    assert "/desk/conversations/water/" in page
    assert '<span class="count">1</span>' in page
    assert "1 thing waits for a moderator." in page
    assert "/desk/conversations/elsewhere/" not in page


def test_a_conversation_is_prepared_in_two_languages(desk, world):
    theme = a_theme()
    response = desk.post("/desk/conversations/new/", filled(world, themes=[theme.code], asks=["country"]))
    assert response.url == "/desk/conversations/water/statements/"
    made = Conversation.objects.get()
    assert (made.question.language, made.question.body) == ("ru", "Какой должна быть вода?")
    assert made.question.translations == {"en": ("What about water?", "machine")}
    assert (list(made.themes.all()), made.asks, made.introduction) == ([theme], ["country"], None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question_ru": ""}, "Write it in the language of the original."),
        ({"introduction_en": "Hello"}, "Write it in the language of the original."),
        ({"opens": "2026-05-02T10:00", "closes": "2026-05-01T10:00"}, "It must close after it opens."),
        ({"longest": "5000"}, "less than or equal to 1000"),
        ({"asks": ["religion"]}, "religion is not one of the available choices"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(desk, world, changes, said):
    page = desk.post("/desk/conversations/new/", filled(world, **changes)).content.decode()
    assert said in page
    assert not Conversation.objects.exists()


def test_a_place_of_others_is_not_offered(desk, world):
    response = desk.post("/desk/conversations/new/", filled(world, place=world.kazakhstan.pk))
    assert response.status_code == 200
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(("english", "slug"), [("Clean water?", "clean-water"), ("", r"c-[0-9a-f]{8}")])
def test_an_address_is_made_where_none_is_given(desk, world, english, slug):
    desk.post("/desk/conversations/new/", filled(world, slug="", question_en=english))
    assert re.fullmatch(slug, Conversation.objects.get().slug)


def test_an_address_that_is_taken_is_said_beside_the_field(desk, world, conversation):
    page = desk.post("/desk/conversations/new/", filled(world)).content.decode()
    assert "Another conversation has this address" in page


def test_the_settings_come_back_as_they_were_saved(desk, world):
    dates = {"opens": "2030-05-01T10:00", "closes": "2030-05-02T10:00"}
    desk.post("/desk/conversations/new/", filled(world, **dates))
    page = desk.get("/desk/conversations/water/edit/").content.decode()
    for value in ("What about water?", "2030-05-01T10:00", 'value="machine" selected'):
        assert value in page


def test_saving_the_settings_unchanged_changes_nothing(desk, world, conversation):
    form = desk.get("/desk/conversations/water/edit/").context["form"]
    given = {name: value for name, value in form.initial.items() if value not in (None, [], False)}
    given["place"] = conversation.place_id
    desk.post("/desk/conversations/water/edit/", given)
    assert conversation.history.count() == 1


def test_the_overview_says_when_the_phase_changes_by_itself(desk, conversation):
    Conversation.objects.update(closes=timezone.now() + timedelta(days=2))
    assert "Closes by itself:" in desk.get("/desk/conversations/water/").content.decode()


def test_a_conversation_is_closed_by_hand(desk, conversation):
    desk.post("/desk/conversations/water/phase/", {"phase": "closed"})
    assert Conversation.objects.get().phase == Conversation.Phase.CLOSED


def test_an_edition_of_too_few_people_is_refused_with_the_reason(desk, conversation):
    page = desk.post("/desk/conversations/water/editions/", follow=True).content.decode()
    assert "at least ten people must have voted" in page


def test_an_edition_of_a_picture_is_published_once(desk, conversation):
    load_quantities()
    statements = [a_statement(conversation) for _each in range(3)]
    for side in range(12):
        person = a_participant(conversation)
        for at, statement in enumerate(statements):
            a_vote(person, statement, 1 if at else (-1) ** side)
    for _time in range(2):
        page = desk.post("/desk/conversations/water/editions/", follow=True).content.decode()
    assert "/conversations/water/editions/1/" in page
    assert conversation.editions.count() == 1


def test_seeds_are_added_one_a_line(desk, conversation):
    given = {"lines": "Таза суу\r\n\r\nЖашыл шаар", "language": "ky"}
    page = desk.post("/desk/conversations/water/statements/", given, follow=True).content.decode()
    assert "2 statements added." in page
    assert "Жашыл шаар" in page


def test_a_translation_is_added_on_the_page_of_the_statement(desk, conversation):
    a_statement(conversation, "Clean water")
    given = {"language": "prs", "body": "آب پاک", "made": "human"}
    page = desk.post("/desk/conversations/water/statements/0/", given, follow=True).content.decode()
    assert re.search(r'<textarea[^>]*lang="prs" dir="rtl"[^>]*>آب پاک</textarea>', page)


def test_the_shared_link_of_a_conversation_by_link_lets_people_in(desk, client, conversation):
    Conversation.objects.update(admission=Conversation.Admission.LINK, link_token="let-me-in")
    link = desk.get("/desk/conversations/water/share/").context["link"]
    assert link == "http://testserver/conversations/water/?invitation=let-me-in"
    client.logout()
    assert client.get("/conversations/water/").status_code == 404
    assert client.get(link).status_code == 200


class TestGuests:
    URL = "/desk/conversations/water/guests/"

    def test_codes_are_shown_once_and_downloaded_from_the_page(self, desk, conversation):
        response = desk.post(self.URL, {"how_many": 3, "country": "KG"})
        (shown,) = re.findall(r'name="codes" value="([^"]+)"', response.content.decode())
        file = desk.post(f"{self.URL}codes.csv", {"codes": shown}).content.decode()
        assert [
            f"{row['code']},{row['country']},{row['generation']}" for row in csv.DictReader(file.splitlines())
        ] == shown.split()
        assert 'name="codes"' not in desk.get(self.URL).content.decode()

    def test_a_long_list_is_downloaded_too(self, desk, conversation):
        (shown,) = re.findall(r'name="codes" value="([^"]+)"', desk.post(self.URL, {"how_many": 1200}).content.decode())
        assert len(desk.post(f"{self.URL}codes.csv", {"codes": shown}).content.splitlines()) == 1201

    @pytest.mark.parametrize("table", [b"country\rKG\r", b"country\n" + b"K" * 200_000])
    def test_a_table_that_is_none_is_refused_with_advice(self, desk, conversation, table):
        assert "Save it as CSV UTF-8" in desk.post(self.URL, {"table": SimpleUploadedFile("g.csv", table)}).text

    def test_a_made_up_code_is_not_written_into_the_file(self, desk, conversation):
        file = desk.post(f"{self.URL}codes.csv", {"codes": "aaaa-bbbb-cccc-dddd,KG, =1+1,, broken"})
        assert file.content.decode() == "code,country,generation\r\n"

    def test_a_guest_list_comes_as_a_table(self, desk, conversation):
        table = SimpleUploadedFile("guests.csv", "\ufeffgeneration;country\r\n1980;KG\r\n;KZ\r\n".encode())
        desk.post(self.URL, {"table": table})
        assert sorted(GuestCode.objects.values_list("country", "generation")) == [("KG", "1980"), ("KZ", "")]

    def test_a_value_that_is_not_known_is_named_with_its_line(self, desk, conversation):
        table = SimpleUploadedFile("guests.csv", b"country,generation\nKG,1980\nXX,1980\n")
        page = desk.post(self.URL, {"table": table}).content.decode()
        assert "Line 3, column country: “XX” is not known" in page
        assert not GuestCode.objects.exists()

    def test_a_file_in_another_encoding_is_refused_with_advice(self, desk, conversation):
        table = SimpleUploadedFile("guests.csv", "страна".encode("cp1251"))
        assert "Save it as CSV UTF-8" in desk.post(self.URL, {"table": table}).content.decode()
