"""The five methods as one would write them for a single series, step by step: they check the fast ones."""

TINY = 0.001


def base_of(years, since):
    later = [year for year in years if year >= since]
    return later[0] if later else None


def growth(a, b, years):
    return (b / a) ** (1 / years) - 1


def open_sdg(points, goal, d, since=2015, by=2030):
    years = sorted(points)
    b, t = base_of(years, since), years[-1]
    if b is None or b == t:
        return None
    if d * points[t] >= d * goal:
        return "target-achieved"
    if t >= by or points[b] <= 0 or points[t] < 0 or goal < 0 or goal == points[b]:
        return None
    needed = growth(points[b], goal or TINY, by - b)
    ratio = d * growth(points[b], points[t], t - b) / abs(needed)
    if ratio >= 0.95:
        return "substantial-progress"
    if ratio >= 0.6:
        return "moderate-progress"
    return "limited-progress" if ratio >= 0 else "deterioration"


def eurostat(points, goal, d, by=2030):
    years = sorted(points)
    t = years[-1]
    start = next(year for year in years if year >= t - 5)
    if t - start < 3:
        return None
    if d * points[t] >= d * goal:
        return "target-met"
    if t >= by or points[start] <= 0 or points[t] < 0 or goal < 0 or goal == points[start]:
        return None
    ratio = d * growth(points[start], points[t], t - start) / abs(growth(points[start], goal or TINY, by - start))
    if ratio >= 0.95:
        return "significant-progress"
    if ratio >= 0.6:
        return "moderate-progress"
    return "insufficient-progress" if ratio >= 0 else "movement-away"


def un_chart(points, goal, d, since=2015, by=2030):
    years = sorted(points)
    b, t = base_of(years, since), years[-1]
    if b is None or b == t:
        return None
    if d * points[t] >= d * goal:
        return 3
    if t >= by or points[b] <= 0 or points[t] < 0 or goal < 0 or goal == points[b]:
        return None
    if d * points[b] >= d * goal:
        return 1
    ahead = points[t] * (1 + growth(points[b], points[t], t - b)) ** (by - t)
    way = (ahead - points[b]) / (goal - points[b])
    return 3 if way >= 0.95 else 2 if way >= 0.1 else 1


def unescap(points, goal, d, since=2015, by=2030):
    years = sorted(points)
    b, t = base_of(years, since), years[-1]
    if b is None or b == t or goal == points[b]:
        return None
    if d * points[t] >= d * goal:
        return "achieved"
    if t >= by:
        return None
    weights = [0.5 ** ((t - year) / 5) for year in years]
    x = sum(w * year for w, year in zip(weights, years, strict=True)) / sum(weights)
    y = sum(w * points[year] for w, year in zip(weights, years, strict=True)) / sum(weights)
    over = sum(w * (year - x) * (points[year] - y) for w, year in zip(weights, years, strict=True))
    slope = over / sum(w * (year - x) ** 2 for w, year in zip(weights, years, strict=True))
    predicted = y + slope * (by - x)
    gap = 0 if d * predicted >= d * goal else 100 * abs(goal - predicted) / abs(goal - points[b])
    return "maintain" if gap <= 10 else "accelerate" if gap <= 100 else "reverse"


def sdg_index(points, goal, d, since=2015, by=2030):
    years = sorted(points)
    b, t = base_of(years, since), years[-1]
    if b is None:
        return None
    if d * points[t] >= d * goal:
        return "achieved"
    start = next(year for year in years if year >= t - 4)
    if b == t or start == t or t >= by or goal == points[b]:
        return None
    recent, needed = d * (points[t] - points[start]) / (t - start), d * (goal - points[b]) / (by - since)
    if recent < 0:
        return "decreasing"
    share = recent / needed if needed > 0 else 0
    return "on-track" if share >= 1 else "moderately-improving" if share >= 0.5 else "stagnating"
