"""Nobody fills the disk of the server by sending files."""

import pytest

from kurak.ground.safety.readable import LARGEST


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/account/login/", "/api/v1/places"])
def test_a_body_larger_than_any_form_is_not_read(client, path):
    answer = client.post(path, b"x" * (LARGEST + 1), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["-1", "many", "\u0663"])
def test_a_length_that_is_no_length_is_refused(client, length):
    assert client.post("/account/login/", CONTENT_LENGTH=length).status_code in {400, 413}
