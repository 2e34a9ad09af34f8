"""kurak progress: series from a table, five verdicts beside their methods, and refusals with line and column."""

import json

import pytest

from kurak.cli.main import main

LONG = """series,year,value,unit,direction,target,limit
water,2015,66.3,%,up,100,0..100
water,2017,68.2,,,,
water,2018,70.5,,,,
water,2020,71.5,,,,
poverty,2016,25.4,%,down,10,
poverty,2019,20.1,%,down,10,
poverty,2023,29.8,%,down,10,
"""
WIDE = """indicator;2015;2017;2018;2020;direction;target;limit
water;66,3;68,2;70,5;71,5;up;100;0..100
вода;66,3;;70,5;71,5;up;100;0..100
"""


@pytest.fixture
def progress(tmp_path, capsys):
    def run(text, *words, encoding="utf-8"):
        path = tmp_path / "s.csv"
        path.write_bytes(text.encode(encoding))
        code = main(["progress", str(path), "--now", "2024", *words])
        said = capsys.readouterr()
        return code, said.out or said.err

    return run


def as_json(progress, text, *words, **more):
    code, out = progress(text, "--json", *words, **more)
    assert code == 0
    return json.loads(out)["series"]


def test_every_status_stands_beside_its_method_and_the_headline_rule_is_printed(progress):
    code, out = progress(LONG)
    lines = out.splitlines()
    water = lines.index("water (%, more is better): 4 values 2015-2020, last 71.5; target 100 by 2030 (given)")
    assert code == 0
    assert [line[:5].strip() for line in lines[water + 1 : water + 6]] == ["* A", "B", "C", "D", "E"]
    assert "limited-progress" in lines[water + 1]
    assert "short series (4 values): Open SDG / Statistics Canada first" in out
    assert "met by 2030: below 1 % (80% interval 67.17 to 85.03" in out


def test_where_the_methods_contradict_one_another_is_printed(progress):
    text = "series,year,value,target\n" + "".join(
        f"a,{year},{value},100\n" for year, value in [(2010, 10), (2012, 30), (2015, 80), (2018, 90), (2020, 78)]
    )
    _, out = progress(text)
    assert "! the methods contradict one another, at opposite ends: on track: D; moving away: A" in out
    assert "contradict one another over 1 of 1 series, at opposite ends over 1." in out


def test_one_method_can_be_asked_alone(progress):
    _, out = progress(LONG, "--method", "unescap")
    assert "D UNESCAP" in out
    assert "Eurostat" not in out
    assert "headline" not in out


def test_wide_tables_decimal_commas_and_semicolons_are_the_same_series(progress):
    long, wide = as_json(progress, LONG)[0], as_json(progress, WIDE)[0]
    assert {**long, "unit": ""} == wide


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
def test_files_of_other_programs_are_read(progress, encoding):
    found = as_json(progress, WIDE, encoding=encoding)
    assert found[1]["series"] == "вода"
    assert found[1]["years"] == [2015, 2018, 2020]


def test_json_has_the_inputs_of_every_verdict_and_the_projection(progress):
    poverty = as_json(progress, LONG)[1]
    inputs = poverty["verdicts"]["unescap"]["inputs"]
    assert inputs["gap"] == pytest.approx(100 * (inputs["projected"] - 10) / (25.4 - 10))
    assert poverty["disagreement"] == {
        "contradict": False,
        "opposite": False,
        "groups": {"away": list(poverty["verdicts"])},
    }
    assert 0 < poverty["projection"]["met"] < 0.2


def test_options_hold_where_the_table_says_nothing(progress):
    text = "series,year,value,target\na,2015,50,\na,2020,40,\nb,2015,50,20\nb,2020,40,\n"
    options = ("--target", "30", "--direction", "down", "--target-year", "2040", "--target-kind", "regional")
    a, b = as_json(progress, text, *options, "--baseline-year", "2014", "--limit", "0..")
    assert (a["target"]["value"], b["target"]["value"], a["target"]["year"]) == (30, 20, 2040)
    assert (a["direction"], a["limits"], a["target"]["kind"], a["target"]["base_year"]) == (
        -1,
        [0, None],
        "regional",
        2014,
    )


def test_several_columns_together_can_tell_series_apart(progress):
    text = "indicator,sex,year,value\na,F,2015,1\na,M,2015,2\na,,2015,3\n"
    code, out = progress(text)
    assert code == 2
    assert "line 3, column 3: the year 2015 is on line 2 already" in out
    assert [each["series"] for each in as_json(progress, text, "--series", "indicator", "--series", "sex")] == [
        "a / F", "a / M", "a",
    ]  # fmt: skip
    assert "has no column 'age'" in progress(text, "--series", "age")[1]


def test_nothing_is_printed_as_minus_zero(progress):
    assert "-0" not in progress("series,year,value,target\na,2015,5,1\na,2020,5,1\n", "--direction", "down")[1]


def test_old_series_are_not_judged_and_it_is_said(progress):
    _, out = progress(LONG, "--now", "2040")
    assert "cannot be judged  the last value is older than five years" in out
    assert "in 2030: not projected, the last value is older than five years" in out


def test_as_published_a_lost_target_is_progress_to_the_un_chart(progress):
    text = "series,year,value,target\na,2015,120,100\na,2020,90,100\n"
    assert as_json(progress, text)[0]["verdicts"]["un-chart"]["score"] == 1
    assert as_json(progress, text, "--as-published")[0]["verdicts"]["un-chart"]["score"] == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("series,year,value\na,2015,<2.5\n", "s.csv, line 2, column 3: '<2.5' is no number. Write a plain number"),
        ("series,year,value\na,2015,nan\n", "line 2, column 3: 'nan' is no number"),
        ("series,year,value\na,20l5,2\n", "line 2, column 2: '20l5' is no year. Write a year, as 2015"),
        ("series,year,value\na,,2\n", "line 2, column 2: the year is missing"),
        ("series,year,value\na,2015,2\n\na,2015,3\n", "line 4, column 2: the year 2015 is on line 2 already"),
        ("series,year,value\n,2015,2\n", "line 2, column 1: the series has no name"),
        (
            "series,year,value,limit\na,2015,120,0..100\n",
            "line 2, column 3: the value 120 is outside the natural limits",
        ),
        ("series,year,value,limit\na,2015,1,100\n", "line 2, column 4: '100' is no limit. Write LOW..HIGH"),
        ("series,year,value,direction\na,2015,1,north\n", "line 2, column 4: 'north' is no direction. Write up"),
        (
            "series,year,value,target\na,2015,1,5\na,2016,1,6\n",
            "line 3, column 4: the target is '6', on line 2 it is '5'",
        ),
        ("series,year,value,target_year\na,2015,1,2010\n", "line 2, column 1: a: the target year 2010 is not after"),
        ("series,value\na,1\n", "line 1: there are neither columns year and value nor one column for each year"),
        ("land,year,value\na,2015,1\n", "no column names the series"),
        ("series,year,value\n", "has no row with a series"),
        ("", "the file is empty"),
    ],
)
def test_what_is_wrong_is_named_with_line_column_and_remedy(progress, text, says):
    code, out = progress(text)
    assert code == 2
    assert says in out
    assert "What to do:" in out


def test_a_file_that_is_not_there_is_refused(capsys, tmp_path):
    assert main(["progress", str(tmp_path / "none.csv")]) == 2
    assert "there is no file none.csv" in capsys.readouterr().err
