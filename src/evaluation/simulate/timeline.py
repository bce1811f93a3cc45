"""When the waves are, in which order, and how much of the change each of them shows."""

from datetime import date, timedelta

from evaluation.project.model import Project

PROGRESS = {"registration": 0.0, "baseline": 0.0, "during": 0.5, "follow_up": 1.0, "then_test": 0.0}
"""How much of the true change has happened at a wave of each kind."""

START = ("registration", "baseline")
FIRST_DAY = date(2024, 1, 15)
STEP = timedelta(days=180)


def occasions(project: Project) -> tuple[str, ...]:
    """Return the waves in the order of time, without those that look back on an earlier one."""
    order = list(PROGRESS)
    waves = [wave for wave, stated in project.waves.items() if stated.kind != "then_test"]
    return tuple(sorted(waves, key=lambda wave: order.index(project.waves[wave].kind)))


def occasion_of(project: Project, wave: str) -> str:
    """Return the wave at whose occasion a wave is asked: for a then-test, the last one it comes with."""
    if project.waves[wave].kind != "then_test":
        return wave
    together = [
        other for source in project.sources.values() if wave in source.waves for other in source.waves
    ]
    later = later_waves(project)
    candidates = [other for other in later if other in together] or later
    return candidates[-1] if candidates else wave


def baseline_waves(project: Project) -> tuple[str, ...]:
    """Return the waves of the kind baseline, or those of registration if there are none."""
    kinds = {kind: tuple(w for w in occasions(project) if project.waves[w].kind == kind) for kind in START}
    return kinds["baseline"] or kinds["registration"]


def later_waves(project: Project) -> tuple[str, ...]:
    """Return the waves after the start, in the order of time."""
    return tuple(wave for wave in occasions(project) if project.waves[wave].kind not in START)


def wave_day(project: Project, wave: str) -> date:
    """Return the day of a wave: as stated, or half a year for every step from the first stated one."""
    occasion = occasion_of(project, wave)
    stated = project.waves[occasion].when
    if stated is not None:
        return stated
    order = occasions(project) or (occasion,)
    known = next(
        ((n, project.waves[w].when) for n, w in enumerate(order) if project.waves[w].when), (0, FIRST_DAY)
    )
    position = order.index(occasion) if occasion in order else 0
    return known[1] + (position - known[0]) * STEP


def first_day(project: Project) -> date:
    """Return the day of the first wave."""
    return min((wave_day(project, wave) for wave in occasions(project)), default=FIRST_DAY)


def last_day(project: Project) -> date:
    """Return the day of the last wave, or a year after the first if there is only one."""
    last = max((wave_day(project, wave) for wave in occasions(project)), default=FIRST_DAY)
    return last if last > first_day(project) else first_day(project) + 2 * STEP
