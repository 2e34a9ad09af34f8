"""Makes framework.csv and series.csv anew. Run by hand when the framework or a national structure changes:

    python src/kurak/commitments/indicators/data/make.py FOLDER

FOLDER holds sdg_indicators.csv and sdg_series.csv (titles: open-sdg/sdg-translations and the Kyrgyz data structure 1.8,
both MIT). Which way is better, and the targets, are set here, by Kurak's analysts; `basis` says on what."""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).parent


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DOWN = words(
    """
    1.1.1 1.2.1 1.2.2 1.5.1 1.5.2 2.1.1 2.1.2 2.2.1 2.2.2 2.2.3 3.1.1 3.2.1 3.2.2 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1
    3.4.2 3.5.2 3.6.1 3.7.2 3.8.2 3.9.1 3.9.2 3.9.3 3.a.1 5.2.1 5.2.2 5.3.1 5.3.2 5.4.1 6.4.2 7.3.1 8.3.1 8.4.1
    8.5.2 8.6.1 8.7.1 8.8.1 9.4.1 10.2.1 10.4.2 10.7.3 11.1.1 11.5.1 11.5.2 11.6.2 12.3.1 13.1.1 13.2.2 15.3.1
    16.1.1 16.1.2 16.1.3 16.2.1 16.2.2 16.2.3 16.3.2 16.5.1 16.5.2 16.b.1 17.4.1
    """
)
UP = words(
    """
    1.3.1 1.4.1 1.4.2 1.a.2 2.3.1 2.3.2 2.4.1 2.5.1 3.1.2 3.7.1 3.8.1 3.b.1 3.b.3 3.c.1 3.d.1 4.1.1 4.1.2 4.2.1
    4.2.2 4.3.1 4.4.1 4.6.1 4.a.1 4.c.1 5.5.1 5.5.2 5.6.1 5.6.2 5.a.1 5.b.1 6.1.1 6.2.1 6.3.1 6.3.2 6.4.1 6.5.1
    6.5.2 7.1.1 7.1.2 7.2.1 8.1.1 8.2.1 8.10.1 8.10.2 9.1.1 9.2.1 9.3.2 9.5.1 9.5.2 9.b.1 9.c.1 10.1.1 11.2.1
    11.6.1 12.5.1 15.1.1 15.1.2 15.2.1 15.4.1 15.5.1 16.1.4 16.3.1 16.6.2 16.9.1 17.6.1 17.8.1 17.18.1 17.19.2
    """
)
PARITY = frozenset(("4.5.1",))
PT = "PT PERCENT"
TARGETS = {
    "1.2.1": ("0.5 of base", 2030, "given", PT, "Target 1.2: reduce at least by half; counted from 2015"),
    "1.2.2": ("0.5 of base", 2030, "given", PT, "Target 1.2: reduce at least by half; counted from 2015"),
    "1.1.1": (0, 2030, "given", PT, "Target 1.1: eradicate extreme poverty"),
    "2.1.1": (0, 2030, "given", PT, "Target 2.1: end hunger"),
    "2.1.2": (0, 2030, "given", PT, "Target 2.1: end hunger"),
    "3.1.1": (70, 2030, "given", "PER_100000_LIVE_BIRTHS", "Target 3.1: below 70 per 100,000 live births, worldwide"),
    "3.1.2": (100, 2030, "analysts", PT, "Every birth attended; the target itself names no figure"),
    "3.2.1": (25, 2030, "given", "PER_1000_LIVE_BIRTHS", "Target 3.2: at least as low as 25 per 1,000 live births"),
    "3.2.2": (12, 2030, "given", "PER_1000_LIVE_BIRTHS", "Target 3.2: at least as low as 12 per 1,000 live births"),
    "4.1.2": (100, 2030, "given", PT, "Target 4.1: all girls and boys complete primary and secondary education"),
    "4.2.2": (100, 2030, "given", PT, "Target 4.2: all girls and boys have access to pre-primary education"),
    "4.a.1": (100, 2030, "analysts", PT, "Every school; the target itself names no figure"),
    "5.3.1": (0, 2030, "given", PT, "Target 5.3: eliminate child, early and forced marriage"),
    "5.5.1": (50, 2030, "analysts", PT, "Half of the seats; the target itself names no figure"),
    "5.5.2": (50, 2030, "analysts", PT, "Half of the positions; the target itself names no figure"),
    "6.1.1": (100, 2030, "given", PT, "Target 6.1: universal access to safe drinking water"),
    "6.2.1": (100, 2030, "given", PT, "Target 6.2: access to sanitation and hygiene for all"),
    "7.1.1": (100, 2030, "given", PT, "Target 7.1: universal access to energy services"),
    "7.1.2": (100, 2030, "given", PT, "Target 7.1: universal access to modern energy services"),
    "8.7.1": (0, 2025, "given", PT, "Target 8.7: end child labour in all its forms by 2025"),
    "11.1.1": (0, 2030, "given", PT, "Target 11.1: access for all to adequate housing, upgrade slums"),
    "16.9.1": (100, 2030, "given", PT, "Target 16.9: legal identity for all, including birth registration"),
}
# National series of Kyrgyzstan (_L_KG_...), whose names leave no doubt which way is better.
NATIONAL_DOWN = words(
    """
    010101_1A 010201_1A 010301_1E 010301_1G2 010301_1G3 020203_1A 020203_1B 030501_1 030502_1 030901_1
    040101_1A 050201_1 050201_1B 060101_2B1 060101_2B2 060401_2A 060401_2B 070301_1 080301_1 090401_1 100402_1
    160101_1 160103_1 160104_A2 170101_A
    """
)
NATIONAL_UP = words(
    """
    030401_A 040101_11 040101_12 040101_1B 040202_1A 040301_1 040401_1A 050601_1 060201_1 070201_1A 070201_1B
    080101_1 080101_2 080501_1 080502_2 100201_1 110701_1A 150101_1 150102_1 160501_A 170601_A 171301_1A
    171501_A1 171501_A2 171501_A3 171501_A4
    """
)
NEITHER = frozenset(("AG_LND_TOTL", "SG_GOV_LOGV"))


def written(name: str, header: str, rows: list) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(), *rows])


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def way_of(series: str) -> str:
    if series in NEITHER:
        return "neither"
    if series.startswith("_L_"):
        code = series.removeprefix("_L_KG_")
        return "down" if code in NATIONAL_DOWN else "up" if code in NATIONAL_UP else "neither"
    return ""  # as its indicator says


def main(folder: Path) -> None:
    framework = [
        [
            each["indicator"], each["title_en"], each["title_ru"],
            "down" if each["indicator"] in DOWN else "up" if each["indicator"] in UP else "",
            "1" if each["indicator"] in PARITY else "",
            *TARGETS.get(each["indicator"], ("", "", "", "", "")),
        ]
        for each in read(folder / "sdg_indicators.csv")
    ]  # fmt: skip
    written("framework.csv", "indicator title_en title_ru direction parity target year kind units basis", framework)
    series = [
        [each["series"], each["indicators"].replace(",", ""), each["name_en"], each["name_ru"], way_of(each["series"])]
        for each in read(folder / "sdg_series.csv")
    ]
    written("series.csv", "series indicators name_en name_ru direction", series)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
