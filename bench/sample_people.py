"""Who takes part in the sample conversations: standpoints, opinions, arrivals, answers (see simulate_sample.py)."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "src" / "kurak" / "sample"
HOUR, DAY = 3600.0, 86400.0
AGREE, PASS, DISAGREE = 1, 0, -1
NOISE = 0.5  # the scale of what nobody can explain in a vote, beside stances between -3 and 3
SECOND = (1.2, 8.0)  # beta distribution of how much of a second standpoint people share: 13 % on average
UNDECIDED = 0.5  # half the width of the band of passes, for the typical person

COUNTRIES = ("KZ", "UZ", "KG", "TJ", "MN", "AF", "TM")
GENERATIONS = ("1960", "1980", "1995", "2010")
GENDERS = ("woman", "man", "other")
SETTLEMENTS = ("city", "town", "village")


@dataclass(frozen=True)
class Standpoint:
    """One way of seeing things, and how common countries, generations and settlements are among those who share it."""

    share: float
    countries: tuple[float, ...]
    generations: tuple[float, ...]
    settlements: tuple[float, ...]


@dataclass(frozen=True)
class Plan:
    folder: str
    people: int
    opens: datetime
    seed: int
    shown_at_once: bool
    standpoints: dict[str, Standpoint]
    days: int = 14
    typical_votes: float = 26.0


#                            KZ   UZ   KG   TJ   MN   AF   TM    1960 1980 1995 2010   city town village
WATER = {
    "clean-air": Standpoint(0.34, (32, 22, 22, 7, 12, 2, 3), (6, 20, 36, 38), (76, 18, 6)),
    "bills": Standpoint(0.33, (28, 20, 20, 12, 8, 5, 7), (26, 40, 24, 10), (42, 46, 12)),
    "fields": Standpoint(0.25, (10, 36, 8, 18, 2, 14, 12), (14, 38, 32, 16), (6, 24, 70)),
    "mountains": Standpoint(0.08, (4, 2, 36, 26, 26, 6, 0), (16, 34, 30, 20), (3, 15, 82)),
}
SCHOOLS = {
    "open-books": Standpoint(0.36, (30, 18, 26, 8, 12, 3, 3), (6, 16, 34, 44), (66, 24, 10)),
    "teachers-first": Standpoint(0.30, (24, 26, 14, 14, 8, 6, 8), (26, 42, 24, 8), (34, 40, 26)),
    "trades": Standpoint(0.26, (24, 34, 12, 14, 8, 4, 4), (6, 28, 38, 28), (44, 36, 20)),
    "mother-tongue": Standpoint(0.08, (8, 14, 16, 28, 10, 20, 4), (12, 26, 34, 28), (12, 28, 60)),
}
PLANS = (
    Plan("water", 420, datetime(2026, 9, 7, tzinfo=UTC), 1906, shown_at_once=False, standpoints=WATER),
    Plan("schools", 260, datetime(2026, 10, 5, tzinfo=UTC), 2025, shown_at_once=True, standpoints=SCHOOLS),
)


@dataclass
class People:
    """Arrays of one row a person."""

    number: np.ndarray  # the voter-id
    standpoint: np.ndarray
    opinion: np.ndarray  # (people, statements) in {-1, 0, 1}: what they would vote
    arrives: np.ndarray  # seconds after the opening
    wants: np.ndarray  # how many statements they have patience for
    pace: np.ndarray  # seconds for a statement


@dataclass
class Written:
    """A statement as the sample's files have it: its row of comments.csv, and who of which standpoint writes it."""

    row: dict[str, str]
    is_seed: bool
    author: str  # a standpoint; "" for seeds
    late: bool
    stopped: bool  # rejected or merged: shown only until a moderator looked

    @property
    def status(self) -> int:
        return int(self.row["moderated"])


def read_statements(plan: Plan) -> tuple[list[Written], np.ndarray]:
    """The statements, and the standpoints' stances on them (4, statements)."""
    rows = read_table(SAMPLE / plan.folder / "comments.csv")
    told = json.loads((SAMPLE / plan.folder / "statements.json").read_text("utf-8"))
    decisions = json.loads((SAMPLE / plan.folder / "decisions.json").read_text("utf-8"))
    stopped = {str(each["statement"]) for each in decisions}
    kinds = read_table(ROOT / "bench" / "standpoints" / f"{plan.folder}.csv")
    rows.sort(key=lambda row: int(row["comment-id"]))
    statements = [
        Written(
            row=row,
            is_seed=told[row["comment-id"]].get("is_seed", False),
            author=kind["author"],
            late=kind["late"] == "yes",
            stopped=row["comment-id"] in stopped,
        )
        for row, kind in zip(rows, kinds, strict=True)
    ]
    return statements, np.array([[float(kind[name] or 0) for kind in kinds] for name in plan.standpoints])


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def invite(plan: Plan, stances: np.ndarray, chance: np.random.Generator) -> People:
    many = plan.people
    shares = [each.share for each in plan.standpoints.values()]
    standpoint = np.repeat(np.arange(len(shares)), apportion(shares, many))
    chance.shuffle(standpoint)
    return People(
        number=chance.permutation(many) + 1,
        standpoint=standpoint,
        opinion=opinions(standpoint, stances, chance),
        arrives=arrivals(plan, chance),
        wants=np.clip(np.exp(chance.normal(np.log(plan.typical_votes), 0.75, many)), 1, stances.shape[1]).astype(int),
        pace=np.exp(chance.normal(np.log(8.5), 0.3, many)),
    )


def apportion(shares: list[float], many: int) -> np.ndarray:
    """Whole numbers in these shares that add up to `many`."""
    ends = np.round(np.cumsum(shares) / np.sum(shares) * many).astype(int)
    return np.diff(ends, prepend=0)


def opinions(standpoint: np.ndarray, stances: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """What everybody would vote on everything: mostly the own standpoint, partly another, and the person."""
    many, width = len(standpoint), stances.shape[1]
    second = (standpoint + chance.integers(1, len(stances), many)) % len(stances)
    share = chance.beta(*SECOND, many)[:, None]  # of the second standpoint
    agreeable = chance.normal(0.15, 0.35, many)[:, None]
    undecided = np.exp(chance.normal(np.log(UNDECIDED), 0.5, many))[:, None]
    inclination = (1 - share) * stances[standpoint] + share * stances[second] + agreeable
    felt = inclination + chance.logistic(0, NOISE, (many, width))
    return np.where(np.abs(felt) < undecided, PASS, np.sign(felt)).astype(int)


def arrivals(plan: Plan, chance: np.random.Generator) -> np.ndarray:
    """Seconds after the opening: two waves a week apart, by day and mostly in the evening."""
    wave = np.where(chance.random(plan.people) < 0.65, 0.0, 7.0)
    day = np.minimum(wave + np.minimum(chance.exponential(2.2, plan.people), 6.5), plan.days - 1).astype(int)
    evening = chance.random(plan.people) < 0.55
    hour = np.where(evening, chance.normal(15.5, 1.6, plan.people), chance.uniform(3, 14, plan.people))  # UTC
    return day * DAY + np.clip(hour, 1, 22) * HOUR


def answer(plan: Plan, people: People, chance: np.random.Generator) -> list[dict[str, object]]:
    """The optional answers: five in six consent, and some of them leave a question out."""
    kinds = list(plan.standpoints.values())
    rows = []
    for person, number in enumerate(people.number):
        kind = kinds[people.standpoint[person]]
        said = {
            "country": pick(COUNTRIES, kind.countries, chance),
            "generation": pick(GENERATIONS, kind.generations, chance),
            "gender": pick(GENDERS, (54, 45, 1), chance),
            "settlement": pick(SETTLEMENTS, kind.settlements, chance),
        }
        consents = chance.random() < 5 / 6
        given = {name: value if consents and chance.random() < 0.95 else "" for name, value in said.items()}
        rows.append({"participant": int(number), "excluded": 0, **given})
    return sorted(rows, key=lambda row: row["participant"])


def pick(options: tuple[str, ...], weights: tuple[float, ...], chance: np.random.Generator) -> str:
    return str(chance.choice(options, p=np.array(weights) / np.sum(weights)))
