"""The simulated participants of the sample region: who they are, when they come, how they vote.

    python -m bench.simulate_sample  writes votes.csv, participants.csv, and into comments.csv who wrote when

Everybody has one of four standpoints (bench/standpoints/*.csv: how strongly it agrees with each statement, on the
logit scale) with a share of a second one, a habit of agreeing and of passing, an activity (log-normal) and one to
three visits within two weeks. Among them are what moderators have to find: three twins, one who agrees with
everything, one who votes faster than anybody reads. One seed, so the files are the same on every machine.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np

from bench.sample_people import (
    AGREE,
    DAY,
    DISAGREE,
    HOUR,
    PASS,
    PLANS,
    SAMPLE,
    People,
    Plan,
    Written,
    answer,
    invite,
    read_statements,
)

REJECTED, WAITING = -1, 0
STOPPED_AFTER = 9 * HOUR  # where statements are shown at once: how long one stood before a moderator looked


@dataclass
class Simulation:
    plan: Plan
    people: People
    answers: list[dict[str, object]]
    statements: list[Written]
    authors: dict[int, int] = field(default_factory=dict)  # statement: person
    written: np.ndarray = field(default_factory=lambda: np.zeros(0))  # seconds after the opening
    shown: np.ndarray = field(default_factory=lambda: np.zeros(0))  # from when others see a statement; inf: never
    events: list[tuple[int, int, float, int]] = field(default_factory=list)  # person, statement, seconds, vote


def simulate(plan: Plan) -> Simulation:
    chance = np.random.default_rng(plan.seed)
    statements, stances = read_statements(plan)
    people = invite(plan, stances, chance)
    simulation = Simulation(plan, people, answer(plan, people, chance), statements)
    write_statements(simulation, chance)
    simulation.shown = shown_from(simulation)
    for person in range(plan.people):
        visit(simulation, person, chance)
    plant(simulation, chance)
    return simulation


def write_statements(simulation: Simulation, chance: np.random.Generator) -> None:
    """Who wrote which statement (seeds: nobody), and when: during the first visit, by somebody who agrees with it."""
    people, names = simulation.people, list(simulation.plan.standpoints)
    simulation.written = np.zeros(len(simulation.statements))
    for number, statement in enumerate(simulation.statements):
        if statement.is_seed:
            continue
        from_day, to_day = (8, 11) if statement.late else (0, 4)
        fits = (people.standpoint == names.index(statement.author)) & (people.wants >= 6)
        fits &= (people.arrives >= from_day * DAY) & (people.arrives < to_day * DAY)
        author = int(chance.choice([p for p in np.flatnonzero(fits) if p not in simulation.authors.values()]))
        people.opinion[author, number] = AGREE
        simulation.authors[number] = author
        simulation.written[number] = people.arrives[author] + chance.uniform(90, 300)


def shown_from(simulation: Simulation) -> np.ndarray:
    """When a statement is put to others; never, if a moderator first has to accept it and does not."""
    shown = simulation.written.copy()
    if simulation.plan.shown_at_once:
        return shown
    for number, statement in enumerate(simulation.statements):
        if not statement.is_seed:
            shown[number] += 5 * HOUR
        if statement.status in (REJECTED, WAITING):
            shown[number] = np.inf
    return shown


def visit(simulation: Simulation, person: int, chance: np.random.Generator) -> None:
    """One person's visits: random statements among those shown and not seen, their own statement, a change of mind."""
    people, own = simulation.people, [each for each, author in simulation.authors.items() if author == person]
    mine = [(person, number, float(simulation.written[number]), AGREE) for number in own]
    seen = set(own)
    for now, wants in visit_times(simulation.plan, people, person, chance):
        for _each in range(wants):
            now += people.pace[person] * np.exp(chance.normal(0, 0.45)) + 1.0
            unseen = [each for each in on_show(simulation, now) if each not in seen]
            if not unseen:
                break
            number = int(chance.choice(unseen))
            seen.add(number)
            mine.append((person, number, float(now), int(people.opinion[person, number])))
    simulation.events += mine + change_of_mind(mine, chance)


def on_show(simulation: Simulation, now: float) -> list[int]:
    """Statements put to a participant at that moment; one that was stopped only until a moderator looked."""
    until = [
        shown + (STOPPED_AFTER if statement.stopped else np.inf)
        for shown, statement in zip(simulation.shown, simulation.statements, strict=True)
    ]
    return [each for each, shown in enumerate(simulation.shown) if shown <= now < until[each]]


def visit_times(plan: Plan, people: People, person: int, chance: np.random.Generator) -> list[tuple[float, int]]:
    """Two thirds come once; the others come back a day or more later for a part of what they want."""
    wants = int(people.wants[person])
    again = chance.random() < 0.35 and wants > 4
    first = round(wants * chance.uniform(0.5, 0.85)) if again else wants
    visits = [(float(people.arrives[person]), first)]
    later = people.arrives[person] + DAY * (1 + chance.exponential(2.0))
    if again and later < plan.days * DAY:
        visits.append((float(later), wants - first))
    return visits


def change_of_mind(mine: list[tuple[int, int, float, int]], chance: np.random.Generator) -> list:
    """One vote in eighty is changed a little after the last one, to a pass or from it."""
    last = max((event[2] for event in mine), default=0.0)
    changed = [event for event in mine if chance.random() < 1 / 80]
    return [
        (
            person,
            number,
            last + chance.uniform(20, 120),
            PASS if value != PASS else int(chance.choice([AGREE, DISAGREE])),
        )
        for person, number, _at, value in changed
    ]


def plant(simulation: Simulation, chance: np.random.Generator) -> None:
    """What a moderator should find: three twins, one who agrees with everything, one too fast to read."""
    votes = Counter(event[0] for event in simulation.events)
    free = [person for person in range(simulation.plan.people) if person not in simulation.authors.values()]
    yes, fast, *others = sorted(free, key=lambda person: (-votes[person], person))[:4]
    against = Counter(person for person, _number, _at, value in simulation.events if value == DISAGREE)
    twin = max(set(free) - {yes, fast, *others}, key=lambda person: (against[person], person))  # hardly chance
    pattern = [event for event in simulation.events if event[0] == twin]
    simulation.events = [e for e in simulation.events if e[0] not in (*others, fast)]
    simulation.events = [(p, n, at, AGREE if p == yes else v) for p, n, at, v in simulation.events]
    for place, other in enumerate(others, start=1):
        simulation.events += [(other, n, at + place * 660 + chance.uniform(-2, 2), v) for _p, n, at, v in pattern]
    simulation.events += race(simulation, fast, chance)
    simulation.people.standpoint[[*others, yes, fast]] = -1  # no standpoint of their own


def race(simulation: Simulation, person: int, chance: np.random.Generator) -> list:
    """Votes on everything on show, two a second."""
    start = 12.5 * DAY
    numbers = chance.permutation(on_show(simulation, start))
    times = start + np.cumsum(chance.uniform(0.35, 0.9, len(numbers)))
    values = chance.choice([AGREE, AGREE, PASS, DISAGREE], len(numbers))
    return [(person, int(n), float(at), int(v)) for n, at, v in zip(numbers, times, values, strict=True)]


def write(simulation: Simulation) -> None:
    folder = SAMPLE / simulation.plan.folder
    write_table(folder / "votes.csv", vote_rows(simulation))
    write_table(folder / "comments.csv", comment_rows(simulation))
    write_table(folder / "participants.csv", simulation.answers)


def vote_rows(simulation: Simulation) -> list[dict[str, object]]:
    """In the order of the openData files: by statement, voter, time. One agreement in nine matters to the voter."""
    numbers = simulation.people.number
    rows = sorted((statement, int(numbers[person]), at, value) for person, statement, at, value in simulation.events)
    matter = np.random.default_rng(simulation.plan.seed).random(len(rows)) < 1 / 9
    return [
        {**times(simulation.plan, at), "comment-id": statement, "voter-id": voter, "vote": value,
         "matters": int(value == AGREE and matters)}
        for (statement, voter, at, value), matters in zip(rows, matter, strict=True)
    ]  # fmt: skip


def comment_rows(simulation: Simulation) -> list[dict[str, object]]:
    counts = Counter((statement, value) for _person, statement, _at, value in simulation.events)
    rows = []
    for number, statement in enumerate(simulation.statements):
        author = simulation.authors.get(number)
        told = {
            **times(simulation.plan, simulation.written[number]),
            "author-id": "" if author is None else int(simulation.people.number[author]),
            "agrees": counts[number, AGREE],
            "disagrees": counts[number, DISAGREE],
        }
        rows.append({**statement.row, **told})
    return rows


def times(plan: Plan, seconds: float) -> dict[str, object]:
    at = plan.opens + timedelta(milliseconds=round(float(seconds) * 1000))
    return {"timestamp": round(at.timestamp() * 1000), "datetime": f"{at:%a %b %d %H:%M:%S} UTC {at:%Y}"}


def write_table(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def main() -> None:
    for plan in PLANS:
        simulation = simulate(plan)
        write(simulation)
        print(plan.folder, plan.people, "people,", len(simulation.events), "votes")


if __name__ == "__main__":
    main()
