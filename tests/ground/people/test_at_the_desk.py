"""The door of a desk's pages: who comes in, what stays in no cache, where a refusal is said."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.doors import at_the_desk
from tests.factories.people import a_member_of_staff, a_person

pytestmark = pytest.mark.django_db


def asked(rf, person):
    request = rf.get("/desk/")
    request.user, request.session = person, {}
    request._messages = FallbackStorage(request)
    return request


def test_what_staff_see_stays_in_no_cache(rf):
    view = at_the_desk("analyst")(lambda request: HttpResponse("seen"))
    assert view(asked(rf, a_member_of_staff("analyst"))).headers["Cache-Control"] == "no-store"


def test_a_refused_act_is_said_on_the_page_that_was_named(rf):
    def refuses(request):
        raise Refused("it.is_late", "It is late.")

    request = asked(rf, a_member_of_staff("analyst"))
    answer = at_the_desk("analyst", told_at="places")(refuses)(request)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "no-store")
    assert [str(each) for each in get_messages(request)] == ["It is late."]


@pytest.mark.parametrize(("told_at", "refusal"), [("", Refused), ("places", Forbidden)])
def test_what_may_not_be_asked_for_is_no_message(rf, told_at, refusal):
    def refuses(request):
        raise refusal("it.is_not_yours", "It is not yours.")

    with pytest.raises(refusal):
        at_the_desk(told_at=told_at)(refuses)(asked(rf, a_member_of_staff("analyst")))


def test_who_has_no_second_factor_is_sent_to_it(rf):
    person = a_person()
    person.grants.create(role="analyst", place=a_member_of_staff("analyst").grants.get().place)
    assert "second" in at_the_desk("analyst")(lambda request: HttpResponse())(asked(rf, person)).headers["Location"]
