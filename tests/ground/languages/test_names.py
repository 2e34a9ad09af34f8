"""Languages are called by the names their readers know."""

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.names import language_name, territory_name


def test_every_language_has_a_name_in_every_other():
    names = {(code, other): language_name(code, in_=other) for code in BY_CODE for other in BY_CODE}
    assert all(names.values())
    assert names["prs", "tg"] == "дарӣ"
    assert len({names[code, "ky"] for code in BY_CODE}) == len(BY_CODE)


def test_a_territory_without_a_name_is_none():
    assert territory_name("TM", in_="tk") == "Türkmenistan"
    assert territory_name("ZZZ", in_="en") is None
