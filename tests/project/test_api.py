"""The API does what it says of itself, and every failure has one shape."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth

from kurak.ground.errors import TooMany
from kurak.ground.loading import load_ground
from kurak.ground.measures import queries as measures
from kurak.ground.places.queries import region
from kurak.web.wsgi import application
from tests.factories.measures import a_measure

PROBLEM = "application/problem+json"
FEW = settings(
    max_examples=8, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def kept(db):
    """The connection of the test outlives its requests, as it does with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_answers_are_as_described(kept):
    """Every operation, asked with what its description allows and with what it does not."""
    load_ground()
    schema = described()
    operations = [each.ok() for each in schema.get_all_operations()]
    assert "GET /api/v1/measures" in {each.label for each in operations}
    for operation in operations:
        FEW(given(case=operation.as_strategy())(answers_as_described))()


def test_answers_about_what_is_there_are_as_described(kept):
    load_ground()
    figure = measures.latest("population", region())
    for path, what in [("places/{code}", "KG"), ("themes/{code}", "climate"), ("measures/{measure_id}", figure.pk)]:
        name = path.split("{")[1].rstrip("}")
        case = described()[f"/api/v1/{path}"]["GET"].Case(path_parameters={name: what})
        assert case.call_and_validate(excluded_checks=[ignored_auth]).status_code == 200


def described():
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def answers_as_described(case):
    case.call_and_validate(excluded_checks=[ignored_auth])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("places/XX", 404, "place.missing"),
        ("nowhere", 404, "missing"),
        ("measures?limit=0", 422, "request.invalid"),
        ("measures/999999999999999999999", 404, "measure.missing"),
        ("places?kind=galaxy", 422, "request.invalid"),
    ],
)
def test_every_failure_is_a_problem_with_a_code_and_a_sentence(client, path, status, code):
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)
    told = json.loads(answer.content)
    assert (told["code"], told["status"]) == (code, status)
    assert told["title"].endswith(".")


@pytest.mark.django_db
def test_what_is_wrong_in_a_request_is_named(client):
    told = json.loads(client.get("/api/v1/measures?limit=many").content)
    assert [fault["where"] for fault in told["errors"]] == ["query.limit"]


@pytest.mark.django_db
def test_a_wrong_method_is_a_problem_too(client):
    answer = client.delete("/api/v1/places")
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Allow"]) == (405, PROBLEM, "GET")


@pytest.mark.django_db
def test_refusals_and_breakdowns_are_told_in_the_same_shape(client, monkeypatch, caplog):
    from kurak.ground.places import queries

    def busy(_code):
        raise TooMany("limit.reached", "Wait a little.", minutes=2)

    monkeypatch.setattr(queries, "place_called", busy)
    answer = client.get("/api/v1/places/KG")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "120")
    monkeypatch.setattr(queries, "place_called", lambda _code: 1 / 0)
    answer = client.get("/api/v1/places/KG")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (500, "unexpected")
    assert b"ZeroDivision" not in answer.content


@pytest.mark.django_db
def test_an_answer_that_did_not_change_is_not_sent_again(client):
    tag = client.get("/api/v1/languages").headers["ETag"]
    assert client.get("/api/v1/languages", headers={"If-None-Match": tag}).status_code == 304
    head = client.head("/api/v1/languages")
    assert head.content == b""
    assert int(head.headers["Content-Length"]) > 1000


@pytest.mark.django_db
def test_a_list_is_given_a_part_at_a_time(client):
    for value in range(5):
        a_measure(value, year=2000 + value)
    told = client.get("/api/v1/measures?limit=2&offset=1").json()
    assert (told["total"], [each["value"] for each in told["items"]]) == (5, [3, 2])


@pytest.mark.django_db
def test_a_measure_tells_what_it_stands_on(client):
    told = client.get(f"/api/v1/measures/{a_measure(12).pk}").json()
    assert told["trail"]["steps"][0]["relation"] == "taken from"
    assert told["trail"]["steps"][0]["title"] == "A survey of wells"


@pytest.mark.django_db
def test_the_description_is_a_plain_page_without_anything_from_elsewhere(client):
    page = client.get("/api/").content.decode()
    assert "GET /api/v1/measures" in page
    assert "https://" not in page.split("<main")[1].split("</main>")[0]
