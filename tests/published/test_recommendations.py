"""1,775 recommendations of the Universal Periodic Review, and a codelist of a statistics office, as agendas. The data
lie beside the project; without them: skipped."""

from pathlib import Path

import pytest

from kurak.commitments.agendas.exchange.actions import import_agenda
from kurak.ground.loading import load_ground

DATA = Path(__file__).parents[2] / "../shared/data/commitments"
pytestmark = [
    pytest.mark.published,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the collected tables (shared/data/commitments) are not beside the project"
    ),
]
HEAD = {"kind": "recommendations", "level": "national", "place": "central-asia"}
COLUMNS = {"code": "rec_id", "title": "text", "place": "iso3", "by": "recommending_state", "action": "action_category"}


def test_every_recommendation_comes_in_under_its_country_with_its_facts(client):
    load_ground()
    content = (DATA / "human_rights/upr_recommendations_7countries_2008_2014.csv").read_bytes()
    head = HEAD | {"code": "upr", "title": {"en": "Universal Periodic Review"}}
    agenda = import_agenda(content=content, head=head, by=None, name="upr.csv", columns=COLUMNS, group="iso3")
    rows = agenda.provisions.filter(depth=1)
    assert rows.count() == 1_775
    assert sum(row.about["response"] == "Accepted" for row in rows) == 1_357
    assert agenda.provisions.filter(depth=0).count() == 7
    one = rows.get(code="UPR-AFG-18-0148")
    assert (one.place.code, one.parent.code, one.about["by"]) == ("AF", "AF", "Ethiopia")
    for path in ("/agendas/upr/", "/agendas/upr/KG/"):
        assert len(client.get(path).content) < 100_000


def test_a_codelist_of_a_statistics_office_comes_in_with_russian_names(db):
    load_ground()
    content = (DATA / "sdmx/kgz_sdg_dsd_1.8.xml").read_bytes()
    head = HEAD | {"code": "series", "kind": "roadmap", "place": "KG", "title": {"en": "Series"}}
    agenda = import_agenda(content=content, head=head, by=None, codelist="CL_CUST_BREAKDOWN")
    assert str(agenda.provisions.get(code="_T").title.into("ru")) == "Без разбивки"
