"""Every stored field is sorted: public, private or secret. And no table of any package can hold an address."""

import re

import pytest
from django.apps import apps
from django.db import models as fields

from kurak.ground.safety.classes import models, sorted_fields

OF_A_DEVICE = re.compile(
    r"(^|_)(ip|ip_address|ipaddress|remote_addr|user_agent|useragent|browser|device|fingerprint)($|_)"
)


def stored(model) -> set[str]:
    return {field.name for field in model._meta.get_fields() if getattr(field, "concrete", False)}


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_every_field_is_sorted_and_every_sorted_field_is_stored(model):
    """Many-to-many fields are stored in a table of their own, which is sorted by itself."""
    joined = {field.name for field in model._meta.many_to_many}
    assert stored(model) - joined == set(sorted_fields(model)) - joined


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_a_digest_a_token_or_a_password_is_secret(model):
    opening = {name for name in stored(model) if re.search(r"password|token|(^|_)digest$", name)} - {"input_digest"}
    assert {sorted_fields(model).get(name) for name in opening} <= {"secret"}


def test_no_table_of_any_package_has_a_column_for_an_address_or_a_browser():
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, fields.GenericIPAddressField) or OF_A_DEVICE.search(field.name)
    ]
    assert not found


def test_packages_that_keep_addresses_are_not_installed():
    assert not {"allauth.usersessions", "axes", "auditlog", "easyaudit"} & {app.name for app in apps.get_app_configs()}
