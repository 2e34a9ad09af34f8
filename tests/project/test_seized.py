"""The server is taken away. What do its database and its logs tell? People go through the main journeys with secrets
that can be recognised, and then everything that was stored is searched for them."""

import io
import logging
import logging.config

import pytest
from django.apps import apps
from django.db import connection

from kurak.dialogue.conversations import keys
from kurak.dialogue.conversations.desk.actions import invite
from kurak.dialogue.conversations.models import Participant, Vote
from kurak.ground.people.models import Person
from kurak.ground.people.rules import Role
from kurak.ground.safety.logs import LOGGING
from tests.factories.conversations import a_conversation, a_statement
from tests.factories.people import PASSWORD, a_member_of_staff
from tests.ground.people.test_accounts import code_now

pytestmark = pytest.mark.django_db
ADDRESS, FORWARDED, BROWSER = "203.0.113.77", "2001:db8:77::1", "Spyfox/66.6"
MAIL = "planted-mail@example.org"
SEEN_FROM = {"REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": FORWARDED, "HTTP_USER_AGENT": BROWSER}


@pytest.fixture
def log():
    """Everything that the handler of the settings writes, and more than the settings let through to it."""
    configurator = logging.config.DictConfigurator({**LOGGING})
    stream = logging.StreamHandler(io.StringIO())
    stream.setFormatter(configurator.configure_formatter({**LOGGING["formatters"]["plain"]}))
    stream.addFilter(configurator.configure_filter({**LOGGING["filters"]["without_people"]}))
    watched = [logging.getLogger(name) for name in ("", "django", "django.server", "allauth")]
    levels = [(logger, logger.level) for logger in watched]
    for logger in watched:
        logger.addHandler(stream)
        logger.setLevel(logging.INFO)
    yield stream.stream
    for logger, level in levels:
        logger.removeHandler(stream)
        logger.setLevel(level)


def dump() -> dict[str, str]:
    """{table: all its rows as text}: what a copy of the database would give away."""
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            tables[model._meta.db_table] = "\n".join(as_text(cell) for row in cursor for cell in row)
    return tables


def as_text(cell: object) -> str:
    return bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)


def tables_with(secret: str) -> set[str]:
    return {table for table, text in dump().items() if secret.lower() in text.lower()}


def take_part(client, conversation, code: str) -> str:
    """A guest comes in with a code, votes, writes and tells about themselves; returns the key in their browser."""
    here = f"/conversations/{conversation.slug}/"
    client.get(here, **SEEN_FROM)
    client.post(f"{here}enter/", {"code": code}, **SEEN_FROM)
    client.post(f"{here}vote/", {"statement": 0, "value": 1}, **SEEN_FROM)
    client.post(f"{here}write/", {"body": "Buses should run at night.", "language": "en", "anyway": 1}, **SEEN_FROM)
    client.post(f"{here}about-me/", {"country": "KG", "consent": "on"}, **SEEN_FROM)
    client.get(f"{here}mine/", **SEEN_FROM)
    return client.cookies[keys.COOKIE].value


def open_an_account(client) -> str:
    """Signs up with an e-mail and sets up an authenticator app; returns its secret."""
    told = {"username": "aigerim", "password1": PASSWORD, "password2": PASSWORD, "email": MAIL}
    client.post("/account/signup/", told, **SEEN_FROM)
    client.post("/account/reauthenticate/", {"password": PASSWORD}, **SEEN_FROM)
    secret = client.get("/account/2fa/totp/activate/", **SEEN_FROM).context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_now(secret)}, **SEEN_FROM)
    client.post("/account/logout/", **SEEN_FROM)
    client.post("/account/login/", {"login": "aigerim", "password": "a wrong password"}, **SEEN_FROM)
    client.post("/account/login/", {"login": "aigerim", "password": PASSWORD}, **SEEN_FROM)
    return secret


@pytest.fixture
def journeys(client, world, log):
    conversation = a_conversation("night-buses", place=world.kyrgyzstan, admission="guests", asks=["country"])
    a_statement(conversation)
    staff = a_member_of_staff(Role.FACILITATOR, place=world.kyrgyzstan)
    [invitation] = invite(conversation=conversation, by=staff, guests=[("KG", "")])
    key = take_part(client, conversation, invitation.code)
    secret = open_an_account(client)
    client.get("/no/such/page/", **SEEN_FROM)
    client.get("/", headers={"host": "bad host"}, **SEEN_FROM)
    return {"key": key, "code": invitation.code, "bare code": invitation.code.replace("-", ""), "secret": secret}


def test_the_journeys_were_really_walked(journeys):
    """Else nothing was planted, and finding nothing would mean nothing."""
    assert Vote.objects.filter(statement__number=0, value=1).count() == 1
    assert Participant.objects.get().country == "KG"
    assert Person.objects.filter(username="aigerim").exists()
    assert "second factor" not in tables_with("aigerim")
    assert "night-buses" in dump()["dialogue_conversation"]


def test_the_database_does_not_tell_from_where_with_what_or_how(journeys):
    planted = [ADDRESS, FORWARDED, "2001:db8", BROWSER, "Spyfox", PASSWORD, "a wrong password"]
    assert {secret: tables_with(secret) for secret in planted if tables_with(secret)} == {}


def test_the_database_does_not_tell_what_opens_something(journeys):
    assert {name: tables_with(secret) for name, secret in journeys.items() if tables_with(secret)} == {}


def test_the_database_tells_an_e_mail_only_where_it_is_said_to():
    """docs/explanation/safety.md lists these."""
    from django.test import Client

    open_an_account(Client())
    assert tables_with(MAIL) <= {"ground_person", "account_emailaddress"}


def test_a_participant_is_not_in_the_same_row_as_an_account(journeys):
    """No table points both to a participant and to a person who is not staff."""
    staff_only = {"dialogue_decision", "dialogue_flag", "dialogue_statement"}  # moderation of a pseudonym, by staff
    for model in apps.get_models(include_auto_created=True):
        pointed = {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete}
        if {Person, Participant} <= pointed:
            assert model._meta.db_table in staff_only


def test_the_log_does_not_tell_who_from_where_or_what_opens_something(journeys, log):
    planted = [ADDRESS, FORWARDED, BROWSER, MAIL, PASSWORD, "a wrong password", *journeys.values()]
    assert "/no/such/page/" in log.getvalue()
    assert [secret for secret in planted if secret in log.getvalue()] == []


def test_a_closed_account_leaves_no_name_and_no_e_mail(client, world, log):
    open_an_account(client)
    Person.objects.get(username="aigerim").delete()
    assert not tables_with(MAIL) | (tables_with("aigerim") - {"django_session"})
