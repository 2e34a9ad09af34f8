"""`kurak index verify` on every published data set that has inputs and outputs: errors no larger than were found."""

import csv
import json
from pathlib import Path

import pytest

from kurak.cli.main import main as kurak
from kurak.engines.composite import score, tabulate
from kurak.instruments.definitions.analysis import definition

DATA = Path(__file__).parents[2] / "../shared/data/civic"

pytestmark = pytest.mark.published

SDG = ["sdg/sdr_2020_goals.csv", "sdg/sdr_2020_indicators_long.csv"]
# (index, files, {node: largest error that was found by hand}, rows that may be known to differ in all)
PUBLISHED = [
    ("hfi-2020", ["hfi/hfi_2018_categories.csv"], {"pf": 1e-5, "ef": 0.005, "hf": 1e-5}, 28),
    ("hfi-2020", ["hfi/hfi_2019_categories.csv"], {"pf": 0.04, "ef": 0.04, "hf": 0.005}, 24),
    ("hfi-2020", ["hfi/hfi_2020_categories.csv"], {"pf": 0.04, "ef": 0.04, "hf": 0.005}, 3),
    ("hfi-2021", ["hfi/hfi_2021_categories.csv"], {"pf": 0.0072, "ef": 0.25, "hf": 0.0067}, 693),
    ("hfi-2022", ["hfi/hfi_2022_categories.csv"], {"pf": 0.005, "ef": 0.57, "hf": 0.234}, 42),
    (
        "hfi-2022",
        ["hfi/hfi_2022_indicators.csv"],
        {"pf_assembly": 1e-5, "pf_expression": 1e-5, "ef_legal": 2.5e-5},
        185,
    ),
    ("eiu-democracy", ["eiu/eiu_categories_2006_2020.csv"], {"overall": 0.008}, 0),
    ("eiu-democracy", ["eiu/eiu_2019_published_ranks.csv"], {"overall": 0.008}, 0),
    ("democracy-questions", ["eiu/eiu_categories_2006_2020.csv"], {"overall": 0.008}, 0),
    ("open-budget", ["open_budget_survey/obs_2019_scores.csv"], {"transparency": 0.0}, 0),
    ("nd-gain", ["ndgain/ndgain_2025_03.csv"], {"gain": 5e-5}, 2),
    ("vdem-democracy", ["vdem/vdem_v15_main_indices_1990_2023.csv"], {"polyarchy": 0.002}, 0),
    (
        "vdem-civil-society",
        ["vdem/vdem_v12_civil_society_1990_2020.csv"],
        {"ccsi": 0.0674, "civlib": 0.06, "liberal": 0.2604},
        354,
    ),
    ("sdg-index", ["sdg/sdr_2020_goals.csv"], {"index": 1e-4}, 0),
    (
        "sdg-index",
        ["sdg/sdr_2020_goals.csv", "sdg/sdr_2020_indicators_long.csv"],
        {"sdg1_wpc": 5e-4, "index": 1e-4},
        197,
    ),
    ("sdg-index", ["sdg/sdr_2020_indicators_long.csv", "sdg/sdr_2020_trend_series.csv"], {}, 318),
    ("ogp-eligibility", ["ogp/ogp_inputs_derived_2010_2020.csv"], {"engagement": 0.0}, 0),
    (
        "ogp-values-check",
        ["vdem/vdem_v12_civil_society_1990_2020.csv", "vdem/vdem_osp_cso_2000_2020_from_hfi.csv"],
        {"entry": 1.483, "repression": 0.832},
        225,
    ),
    ("civicus-class", ["civicus/civicus_scores_2023_central_asia.csv"], {"rating": 0.0}, 0),
    ("eiti-2021", ["eiti/eiti_validation_results_central_asia.csv"], {"overall": 0.0}, 0),
]


def files(*names):
    for name in names:
        if not (DATA / name).exists():
            pytest.skip(f"published data are not here: {name}")
    return [DATA / name for name in names]


def report(capsys, index, names):
    capsys.readouterr()
    code = kurak(["index", "verify", index, *map(str, files(*names)), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("index", "names", "errors", "known"), PUBLISHED)
def test_what_was_published_follows_from_its_components(capsys, index, names, errors, known):
    code, found = report(capsys, index, names)
    largest = {each["node"]: each["largest_error"] for each in found["nodes"] if each["of"] == "score"}
    assert (code, found["held"]) == (0, True), found["verdict"]
    assert {node: largest[node] for node in errors if largest[node] > error_of(errors, node)} == {}
    assert sum(len(each["known_to_differ"]) for each in found["nodes"]) <= known


def error_of(errors, node):
    return errors[node] + 1e-9


def test_a_printed_rank_that_differs_lies_inside_a_tie_of_printed_scores(capsys):
    found = report(capsys, "hfi-2020", ["hfi/hfi_2018_categories.csv"])[1]["nodes"]
    ranks = {each["node"]: each for each in found if each["of"] == "rank"}
    assert [ranks[node]["known_to_differ"] for node in ("pf", "ef", "hf")] == [[], [], []]
    assert [ranks[node]["inside_ties_of_printed_scores"] for node in ("pf", "ef", "hf")] == [199, 0, 1]


def test_arrows_are_held_to_their_series(capsys):
    names = ["sdg/sdr_2020_indicators_long.csv", "sdg/sdr_2020_trend_series.csv"]
    (arrows,) = report(capsys, "sdg-index", names)[1]["nodes"]
    slow = [each for each in arrows["known_to_differ"] if (each["computed"], each["published"]) == ("down", "→")]
    assert (arrows["of"], arrows["rows"], len(arrows["known_to_differ"])) == ("arrow", 7481, 318)
    assert len(slow) > 0.6 * 318


EXACT_RANKS = [
    ("eiu-democracy", ["eiu/eiu_2019_published_ranks.csv"], "overall"),
    ("open-budget", ["open_budget_survey/obs_2019_scores.csv"], "transparency"),
    ("sdg-index", ["sdg/sdr_2020_goals.csv"], "index"),
    ("hfi-2020", ["hfi/hfi_2019_categories.csv"], "hf"),
    ("hfi-2020", ["hfi/hfi_2020_categories.csv"], "hf"),
]


@pytest.mark.parametrize(("index", "names", "node"), EXACT_RANKS)
def test_every_published_rank_follows(capsys, index, names, node):
    ranks = next(e for e in report(capsys, index, names)[1]["nodes"] if (e["node"], e["of"]) == (node, "rank"))
    assert ranks["rows"] > 100
    assert ranks["off"] == ranks["known_to_differ"] == []


def test_an_older_table_held_to_the_newest_method_is_told_which_one_it_holds_with(capsys):
    code, found = report(capsys, "hfi", ["hfi/hfi_2019_categories.csv"])
    assert (code, found["edition"], found["holds_with"]) == (1, "2022", ["hfi-2020"])


CHANGED = [
    ("hfi-2020", "hfi/hfi_2018_categories.csv", "hf_score", 0.01),
    ("hfi-2020", "hfi/hfi_2019_categories.csv", "pf_movement", 1.5),
    ("hfi-2022", "hfi/hfi_2022_categories.csv", "hf_score", 0.02),
    ("eiu-democracy", "eiu/eiu_categories_2006_2020.csv", "civil_liberties", 0.3),
    ("open-budget", "open_budget_survey/obs_2019_scores.csv", "open_budget_index", 1),
    ("nd-gain", "ndgain/ndgain_2025_03.csv", "readiness", 0.001),
    ("sdg-index", "sdg/sdr_2020_goals.csv", "goal_09_score", 1),
    ("vdem-democracy", "vdem/vdem_v15_main_indices_1990_2023.csv", "v2x_polyarchy", 0.01),
]


@pytest.mark.parametrize(("index", "name", "column", "by"), CHANGED)
def test_one_changed_cell_is_found_at_its_line(capsys, tmp_path, index, name, column, by):
    with files(name)[0].open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    place = rows[0].index(column)
    row = next(i for i in range(100, len(rows)) if all(rows[i][: place + 1]))
    value = float(rows[row][place])
    rows[row][place] = f"{value - by if value > by else value + by:.6g}"
    with (changed := tmp_path / "changed.csv").open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(rows)
    assert kurak(["index", "verify", index, str(changed), "--json"]) == 1
    off = [each for node in json.loads(capsys.readouterr().out)["nodes"] for each in node["off"]]
    assert row + 1 in {each["line"] for each in off}


# Kazakhstan, Kyrgyzstan, Mongolia, Tajikistan in 2020: entry, repression, values check, points of engagement
VALUES_2020 = {
    "KAZ": (1.26, 2.13, "fail", 2), "KGZ": (2.27, 2.55, "fail", 2),
    "MNG": (3.54, 3.27, "pass", 3), "TJK": (0.60, 1.09, "fail", 0),
}  # fmt: skip


def test_the_values_check_of_2020_is_what_was_found_for_the_region():
    (path,) = files("ogp/ogp_inputs_derived_2010_2020.csv")
    rows = {row["iso3"]: row for row in _rows(path) if row["year"] == "2020"}
    columns = ("v2cseeorgs_osp", "v2csreprss_osp", "civil_liberties")
    cells = {name: [float(rows[unit][name]) for unit in VALUES_2020] for name in columns}
    nothing = {name: [None] * 4 for name in ("ebp_letter", "ar_letter", "access", "assets", "member")}
    found = score(definition("ogp-eligibility").declaration, tabulate([*VALUES_2020], cells | nothing))
    got = zip(found.classes("values_check"), found.scores["engagement"].tolist(), strict=True)
    assert list(got) == [(check, points) for *_, check, points in VALUES_2020.values()]
    assert [round(x, 2) for x in cells["v2cseeorgs_osp"]] == [each[0] for each in VALUES_2020.values()]
    assert {found.reason("criteria", row) for row in range(4)} == {"too-few"}


# Where the values on the scale from 0 to 4 are not published: entry and repression, estimated
ESTIMATED_2020 = {"TKM": (0.06, 1.31, "fail"), "UZB": (1.31, 1.60, "fail"), "AFG": (2.72, 3.29, "pass")}


def test_the_values_check_of_the_other_three_countries_is_estimated_as_it_was_found():
    (path,) = files("vdem/vdem_v12_civil_society_1990_2020.csv")
    rows = {row["country_text_id"]: row for row in _rows(path) if row["year"] == "2020"}
    cells = {name: [float(rows[unit][name]) for unit in ESTIMATED_2020] for name in ("v2cseeorgs", "v2csreprss")}
    found = score(definition("ogp-values-check").declaration, tabulate([*ESTIMATED_2020], cells))
    assert list(found.classes()) == [check for *_, check in ESTIMATED_2020.values()]
    for place, code in enumerate(("entry", "repression")):
        expected = [each[place] for each in ESTIMATED_2020.values()]
        assert found.scores[code].tolist() == pytest.approx(expected, abs=0.02)


def test_fiscal_points_of_the_region_follow_from_the_letters_of_the_budget_survey():
    (path,) = files("open_budget_survey/obs_2019_scores.csv")
    rows = {row["iso2"]: row for row in _rows(path)}
    units = ("AF", "KZ", "KG", "MN", "TJ")
    cells = {name: [rows[unit][name] for unit in units] for name in ("ebp_letter", "ar_letter")}
    others = ("access", "assets", "member", "civil_liberties", "v2cseeorgs_osp", "v2csreprss_osp")
    table = tabulate(units, cells | {name: [None] * 5 for name in others})
    assert score(definition("ogp-eligibility").declaration, table).scores["fiscal"].tolist() == [4, 4, 4, 4, 2]


def test_the_proxy_of_civic_space_fits_as_well_as_its_file_says():
    vdem, eiu, civicus = files(
        "vdem/vdem_v12_civil_society_1990_2020.csv", "eiu/eiu_categories_2006_2020.csv",
        "civicus/civicus_ratings_2017_2021.csv",
    )  # fmt: skip
    rating = {r["iso3"]: r["rating"].lower() for r in _rows(civicus) if r["as_of"].startswith("2021")}
    liberties = {r["iso3"]: r["civil_liberties"] for r in _rows(eiu) if r["year"] == "2020"}
    columns = ("v2xcs_ccsi", "v2x_freexp_altinf", "v2x_frassoc_thick")
    values = {r["country_text_id"]: [r[c] for c in columns] for r in _rows(vdem) if r["year"] == "2020"}
    units = [u for u in rating if u in liberties and u in values and all([liberties[u], *values[u]])]
    cells = {name: [float(values[u][i]) for u in units] for i, name in enumerate(columns)}
    table = tabulate(units, cells | {"civil_liberties": [float(liberties[u]) for u in units]})
    found = definition("civic-space-proxy").declaration
    order = [each.code for each in found.classes["space"].of]
    off = [
        abs(order.index(a) - order.index(rating[u])) for u, a in zip(units, score(found, table).classes(), strict=True)
    ]
    assert (len(units), off.count(0), sum(x <= 1 for x in off)) == (159, 110, 158)


def _rows(path):
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
