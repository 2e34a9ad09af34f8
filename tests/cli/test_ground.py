"""kurak ground load fills an empty database and says what it did."""

import pytest

from kurak.cli import ground
from kurak.ground.places.models import Place


@pytest.mark.django_db
def test_loading_says_how_much_there_is(capsys):
    assert ground.main(["load"]) == 0
    assert "119 places" in " ".join(capsys.readouterr().out.split())
    assert Place.objects.count() == 119
