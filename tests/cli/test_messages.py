"""Strings come out of code and templates, go into ten catalogues, and come back translated."""

import re

import pytest
from django.utils import translation

from kurak.cli import messages
from kurak.ground.languages.declared import LANGUAGES

CODES = [language.code for language in LANGUAGES]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdr]|%([sdr])|\{(\w+)\}")


@pytest.fixture(scope="module")
def template():
    return messages.extract()


def tree(tmp_path, name, text):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return messages.extract(tmp_path)


def test_a_template_gives_its_strings(tmp_path):
    page = "{% load i18n %}{% translate 'Water' %}"
    page += "{% blocktranslate count n=3 %}{{ n }} well{% plural %}{{ n }} wells{% endblocktranslate %}"
    found = tree(tmp_path, "room/templates/a.html", page)
    assert "Water" in found
    assert found["%(n)s well"].id == ("%(n)s well", "%(n)s wells")


def test_code_gives_its_strings_with_context(tmp_path):
    found = tree(
        tmp_path, "a.py", "from x import gettext as _, pgettext_lazy\n_('Air')\npgettext_lazy('verb', 'open')\n"
    )
    assert "Air" in found
    assert found.get("open", context="verb")


def test_migrations_give_none(tmp_path):
    assert len(tree(tmp_path, "room/migrations/0001.py", "_('Air')")) == 0


@pytest.mark.parametrize("code", CODES)
def test_each_catalogue_has_every_string_and_no_other(code, template):
    assert {message.id for message in messages.read(code)} == {message.id for message in template}, "run: make messages"


def test_russian_lacks_nothing():
    assert [str(message.id) for message in messages.untranslated("ru")] == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_guessed(code):
    assert [message.id for message in messages.read(code) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("code", CODES)
def test_placeholders_agree(code):
    for message in messages.read(code):
        if message.id and messages.is_complete(message):
            assert all(fits(message, said) for said in forms(message.string)), message.id


def forms(value):
    return value if isinstance(value, tuple) else (value,)


def fits(message, said) -> bool:
    """A form has the placeholders of the English one. The form for one thing may leave out the number."""
    wanted, found = placeholders(forms(message.id)[-1]), placeholders(said)
    left_out = wanted - found
    return found <= wanted and (not left_out or (isinstance(message.id, tuple) and len(left_out) == 1))


def placeholders(text: str) -> set[str]:
    return {name for names in PLACEHOLDER.findall(text) for name in names if name}


@pytest.mark.parametrize("code", CODES)
def test_plural_forms_are_those_the_catalogue_is_read_with(code):
    catalog = messages.read(code)
    assert f"nplurals={catalog.num_plurals}" in messages.header_of(code)


@pytest.mark.parametrize(("n", "form"), [(1, 0), (2, 1), (5, 2), (11, 2), (21, 0), (22, 1), (112, 2)])
def test_russian_counts_as_russian_does(n, form):
    rule = messages.PLURALS["ru"].split("plural=")[1].rstrip(";")
    from gettext import c2py

    assert c2py(rule)(n) == form


def test_updating_twice_changes_nothing(tmp_path, monkeypatch, template):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.update("ru", template)
    first = messages.catalogue_file("ru").read_text()
    messages.update("ru", template)
    assert messages.catalogue_file("ru").read_text() == first


def test_a_translation_survives_an_update_and_a_dead_string_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    messages.update("ru", tree(tmp_path / "old", "a.py", "_('Air')\n_('Coal')\n"))
    path = messages.catalogue_file("ru")
    path.write_text(path.read_text().replace('msgid "Air"\nmsgstr ""', 'msgid "Air"\nmsgstr "Воздух"'))
    catalog = messages.update("ru", tree(tmp_path / "new", "a.py", "_('Air')\n_('Water')\n"))
    assert catalog["Air"].string == "Воздух"
    assert [message.id for message in messages.untranslated("ru")] == ["Water"]


def test_only_stale_catalogues_are_compiled(tmp_path, monkeypatch, template):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.update("ru", template)
    assert messages.compile_stale() == ["ru"]
    assert messages.compile_stale() == []


def test_django_finds_the_compiled_catalogue():
    with translation.override("ru"):
        assert translation.gettext("Home page") != "Home page"


def test_strings_are_collected_by_whatever_name_gettext_goes():
    """A module may call it `_l`; a name that the collector does not know would leave its strings in English."""
    code = [path.read_text(encoding="utf-8") for path in messages.PACKAGE.rglob("*.py")]
    names = {name for text in code for name in re.findall(r"import \w*gettext\w* as (\w+)", text)}
    assert "_l" in names
    assert names <= set(messages.KEYWORDS)
