"""Do the groups that the engine finds in the sample resemble the standpoints its participants were given?

    python -m bench.sample_check

ARI is the adjusted Rand index: 1 the same, 0 no better than chance. Everybody also leans towards a second standpoint
and has few votes, so even the best guess from the votes (`ceiling`, which is told every stance) misses some.
"""

from __future__ import annotations

import numpy as np
from sklearn.metrics import adjusted_rand_score

from bench.sample_people import NOISE, PLANS, SECOND, UNDECIDED, read_statements
from bench.simulate_sample import Simulation, simulate
from kurak.engines import opinion


def main() -> None:
    for plan in PLANS:
        simulation = simulate(plan)
        picture, votes = drawn(simulation)
        truth = simulation.people.standpoint
        told = (picture.group >= 0) & (truth >= 0)
        best = likeliest(simulation, votes)
        print(f"{plan.folder}: {votes.people} people, {len(votes.value)} votes, groups {picture.k}", end=", ")
        print(f"stability {picture.stability:.2f}, tried { {k: round(s, 2) for k, s in picture.tried.items()} }")
        print(f"  ARI engine {adjusted_rand_score(truth[told], picture.group[told]):.2f}", end="")
        print(f"  ceiling {adjusted_rand_score(truth[told], best[told]):.2f}")
        for group in range(picture.k):
            members = np.bincount(truth[told & (picture.group == group)], minlength=len(plan.standpoints))
            print(
                f"  group {group}: "
                + ", ".join(f"{n} {name}" for n, name in zip(members, plan.standpoints, strict=True))
            )
        show(opinion.findings(picture.tally), simulation)


def drawn(simulation: Simulation) -> tuple[opinion.Picture, opinion.Votes]:
    person, statement, time, value = (np.array(column) for column in zip(*simulation.events, strict=True))
    votes = opinion.collect(
        person,
        statement,
        value,
        time,
        participants=np.arange(simulation.plan.people),
        statements=range(len(simulation.shown)),
    )
    rejected = [number for number, each in enumerate(simulation.statements) if each.status < 0]
    return opinion.draw(votes, left_out=rejected), votes


def likeliest(simulation: Simulation, votes: opinion.Votes) -> np.ndarray:
    """The standpoint that explains everybody's votes best, told what each standpoint usually votes."""
    _statements, stances = read_statements(simulation.plan)
    share = np.array([each.share for each in simulation.plan.standpoints.values()])
    own = 1 - SECOND[0] / sum(SECOND)
    mixed = own * stances + (1 - own) * (share @ stances)
    agree, disagree = (1 / (1 + np.exp((UNDECIDED - sign * mixed) / NOISE)) for sign in (1, -1))
    chances = np.log(np.clip([disagree, 1 - agree - disagree, agree], 1e-3, 1))  # (vote, standpoint, statement)
    found = np.tile(np.log(share), (votes.people, 1))
    np.add.at(found, votes.row, chances[votes.value + 1, :, votes.statement])
    return found.argmax(axis=1)


def show(found: opinion.Findings, simulation: Simulation) -> None:
    bodies = [each.row["comment-body"] for each in simulation.statements]
    for kind in ("unites", "divides"):
        for each in [each for each in getattr(found, kind) if each.said][:5]:
            print(f"  {kind}: {each.statement} {bodies[each.statement][:90]}")


if __name__ == "__main__":
    main()
