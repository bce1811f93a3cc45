"""Tables and labels for every kind of figure: usual ones and the hard edges."""

from collections.abc import Callable
from math import nan

import pandas as pd

from evaluation.figures import Labels

NBSP = "\u00a0"
LONG = (
    "Yrkesverksamma med aktuell kompetens i minst ett av områdena",
    "Företagens arbetsmarknadskompetensutvecklingsplaneringsunderlag",
    "Har förutsättningar att möta förändringar på arbetsmarknaden",
)
SCALE = ("Kan inte", "Känner till", "Kan med stöd", "Självständigt", "Kan väl", "Kan leda och lära andra")
AGREE = (
    "Instämmer inte alls",
    "Instämmer i liten grad",
    "Instämmer delvis",
    "Instämmer i hög grad",
    "Instämmer helt",
    "Vet ej",
)


def percent(value: float) -> str:
    return f"{value * 100:.0f}{NBSP}%"


def english_percent(value: float) -> str:
    return f"{value * 100:.0f}%"


def decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")


def signed(value: float) -> str:
    return f"{value:+.1f}".replace(".", ",").replace("-", "−")


def points(value: float) -> str:
    return f"{value * 100:+.0f}".replace("-", "−")


def anchor(value: float) -> str:
    return f"{value:.0f} {SCALE[int(value)]}"


def count(value: float) -> str:
    return f"{value:,.0f}".replace(",", NBSP)


Case = tuple[str, pd.DataFrame, Labels]
CASES: dict[str, Callable[[], Case]] = {}


def case(make: Callable[[], Case]) -> Callable[[], Case]:
    CASES[make.__name__] = make
    return make


def target_table(estimates, low, high, bound_low, bound_high, goal=0.7, suppressed=None) -> pd.DataFrame:
    n = len(estimates)
    return pd.DataFrame(
        {
            "estimand": "attained_share",
            "estimate": estimates,
            "n": 27,
            "conf_low": low,
            "conf_high": high,
            "bound_low": bound_low,
            "bound_high": bound_high,
            "target": goal,
            "suppressed": suppressed or [False] * n,
        }
    )


@case
def target_usual() -> Case:
    table = target_table([0.778, 0.80], [0.73, 0.74], [0.80, 0.83], [0.70, 0.63], [0.80, 0.84])
    return (
        "target",
        table,
        Labels(
            rows=(
                "Företag: arbetar mer strategiskt",
                "Yrkesverksamma: aktuell kompetens, minst ett område",
            ),
            values=(f"78{NBSP}% (21 av 27)", f"80{NBSP}% (120 av 150)"),
            ticks=percent,
            target=f"mål 70{NBSP}%",
            too_few="för få svar för att visas",
        ),
    )


@case
def target_key() -> Case:
    table = target_table(
        [0.778, 0.80, 0.52], [0.73, 0.74, 0.44], [0.80, 0.83, 0.6], [0.70, 0.63, 0.4], [0.80, 0.84, 0.68]
    )
    return (
        "target",
        table,
        Labels(
            rows=(
                "Companies that work more strategically",
                "Professionals with up-to-date skills in at least one area",
                "Participants who use what they learned at work",
            ),
            values=("78% (21 of 27)", "80% (120 of 150)", "52% (78 of 150)"),
            ticks=english_percent,
            target="target 70%",
            axis="Share who agree to a great extent or fully",
            marks={
                "estimate": "among those who answered",
                "conf_low": "likely among all",
                "bound_low": "possible among all",
            },
        ),
    )


@case
def target_one_row() -> Case:
    return (
        "target",
        target_table([0.7], [0.5], [0.9], [0.3], [0.95]),
        Labels(rows=("H19",), values=("70 %",), ticks=percent, target="mål"),
    )


@case
def target_twelve() -> Case:
    shares = [0.55 + 0.035 * i for i in range(12)]
    table = target_table(
        shares,
        [s - 0.08 for s in shares],
        [min(s + 0.07, 1) for s in shares],
        [s - 0.15 for s in shares],
        [min(s + 0.1, 1) for s in shares],
    )
    names = ("Digitalisering", "Grön hållbarhet", "Automatisering", LONG[0])
    return (
        "target",
        table,
        Labels(
            rows=tuple(f"{names[i % 4]} {i + 1}" for i in range(12)),
            values=tuple(f"{percent(s)} ({round(s * 150)} av 150)" for s in shares),
            ticks=percent,
            target=f"mål 70{NBSP}%",
        ),
    )


@case
def target_extremes() -> Case:
    table = target_table(
        [0.0, 1.0, 0.5, 0.7],
        [0.0, 0.8, nan, 0.5],
        [0.2, 1.0, nan, 0.9],
        [0.0, 0.7, nan, nan],
        [0.4, 1.0, nan, nan],
    )
    return (
        "target",
        table,
        Labels(
            rows=(*LONG, "Kort"),
            values=("0 % (0 av 12)", "100 % (12 av 12)", "50 % (6 av 12)", "70 % (7 av 10)"),
            ticks=percent,
            target="mål 70 %",
        ),
    )


@case
def target_own_goals() -> Case:
    table = target_table(
        [0.5, 0.82, 0.9],
        [0.4, 0.75, 0.85],
        [0.6, 0.88, 0.95],
        [0.35, 0.7, 0.8],
        [0.65, 0.9, 1.0],
        [0.5, 0.8, nan],
    )
    return (
        "target",
        table,
        Labels(
            rows=("Planerade deltagare som började", "Började och fullföljde", "Utan mål"),
            values=("50 % (95 av 191)", "82 % (78 av 95)", "90 % (70 av 78)"),
            ticks=percent,
            target="mål",
        ),
    )


@case
def target_suppressed() -> Case:
    table = target_table(
        [0.778, nan, 0.6],
        [0.7, nan, 0.5],
        [0.85, nan, 0.7],
        [0.65, nan, 0.4],
        [0.9, nan, 0.8],
        suppressed=[False, True, False],
    )
    return (
        "target",
        table,
        Labels(
            rows=("Kvinnor", "Annan könsidentitet", "Män"),
            values=("78 % (70 av 90)", "", "60 % (54 av 90)"),
            ticks=percent,
            target="mål 70 %",
            too_few="för få svar för att visas",
        ),
    )


@case
def target_all_suppressed() -> Case:
    table = target_table([0.5, nan], [0.4, nan], [0.6, nan], [0.3, nan], [0.7, nan], suppressed=[True, True])
    return (
        "target",
        table,
        Labels(
            rows=("Kvinnor", "Män"),
            values=("50 %", ""),
            ticks=percent,
            target="mål 70 %",
            too_few="för få svar för att visas",
        ),
    )


def difference_table(estimates, low, high, important=0.5, **extra) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "mean_change",
            "estimate": estimates,
            "n": 40,
            "conf_low": low,
            "conf_high": high,
            "smallest_important": important,
            **extra,
        }
    )


@case
def difference_usual() -> Case:
    table = difference_table([0.8, 0.3, -0.2, 0.62], [0.5, 0.1, -0.6, 0.2], [1.1, 0.5, 0.2, 1.04])
    return (
        "difference",
        table,
        Labels(
            rows=("Digitalisering", "Grön hållbarhet", "Automatisering", "Strategiskt kompetensarbete"),
            values=(
                "+0,8 (0,5 till 1,1)",
                "+0,3 (0,1 till 0,5)",
                "−0,2 (−0,6 till 0,2)",
                "+0,6 (0,2 till 1,0)",
            ),
            ticks=signed,
            target="ingen förändring",
            axis="Förändring i skalsteg, efter minus före",
        ),
    )


@case
def difference_gap() -> Case:
    table = difference_table([-0.12, 0.04, 0.0], [-0.21, -0.05, -0.11], [-0.03, 0.13, 0.11], 0.1)
    return (
        "difference",
        table,
        Labels(
            rows=("Up-to-date skills", "Uses what was learned", "Would recommend"),
            values=("−12 pts", "+4 pts", "0 pts"),
            ticks=points,
            target="no difference",
            axis="Percentage points, women minus men",
        ),
    )


@case
def difference_wide() -> Case:
    table = difference_table(
        [0.4, 0.4, -0.9, nan],
        [-3, 0.1, nan, nan],
        [4, 0.7, nan, nan],
        nan,
        suppressed=[False, False, False, True],
    )
    return (
        "difference",
        table,
        Labels(
            rows=(*LONG, "Hemlig"),
            values=("+0,4 (−3,0 till 4,0)", "+0,4 (0,1 till 0,7)", "−0,9", "+9"),
            ticks=signed,
            target="ingen skillnad",
            too_few="för få svar",
            limits=(-1, 1),
        ),
    )


@case
def difference_levels() -> Case:
    table = difference_table(
        [0.6, 0.8, 0.5, 0.5],
        [0.4, 0.5, 0.2, 0.2],
        [0.8, 1.1, 0.8, 0.8],
        [0.5, 0.5, 0.3, 0.3],
        level=["men", "women", "men", "women"],
        group="sex",
    )
    return (
        "difference",
        table,
        Labels(
            rows=("Digitalisering", "Digitalisering", "Automatisering", "Automatisering"),
            values=("+0,6", "+0,8", "+0,5", "+0,5"),
            ticks=signed,
            levels={"women": "kvinnor", "men": "män"},
            target="ingen förändring",
        ),
    )


def change_table(before, after, levels=None, suppressed=None) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "estimand": "mean_change",
            "estimate": [b - a for a, b in zip(before, after, strict=True)],
            "n": 40,
            "mean_before": before,
            "mean_after": after,
        }
    )
    if levels:
        table["level"] = levels
    if suppressed:
        table["suppressed"] = suppressed
    return table


def change_values(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        f"{decimal(b)} ({signed(b - a)})" if b == b else ""
        for a, b in zip(table["mean_before"], table["mean_after"], strict=True)
    )


@case
def change_usual() -> Case:
    table = change_table([2.6, 2.8, 2.2, 2.3, 1.9, 2.4], [3.4, 3.5, 3.1, 2.9, 2.5, 2.9], ["women", "men"] * 3)
    areas = ("Digitalisering", "Grön hållbarhet", "Automatisering")
    return (
        "change",
        table,
        Labels(
            rows=tuple(area for area in areas for _ in range(2)),
            values=change_values(table),
            ticks=anchor,
            levels={"women": "kvinnor", "men": "män"},
            marks={"mean_before": "före", "mean_after": "efter"},
        ),
    )


@case
def change_scale() -> Case:
    table = change_table([2.6, 3.8, 2.2], [3.4, 3.5, 3.1])
    return (
        "change",
        table,
        Labels(
            rows=("Strategic skills work", "Organisational learning", "Adaptability"),
            values=("3.4 (+0.8)", "3.5 (−0.3)", "3.1 (+0.9)"),
            limits=(1, 5),
            axis="Mean of managers' answers, 1 = do not agree at all, 5 = fully agree",
        ),
    )


@case
def change_five() -> Case:
    levels = ["women", "men", "nonbinary", "age_16_29", "age_30_54"]
    table = change_table(
        [2.0, 2.6, 2.2, 0.2, 1.9, 2.4, 2.2, 3, 4, 5], [3.4, 3.5, 3.1, 2.9, 2.5, 2.9, 2.2, 2, 5, 1], levels * 2
    )
    return (
        "change",
        table,
        Labels(
            rows=(LONG[0],) * 5 + (LONG[1],) * 5,
            values=change_values(table),
            ticks=anchor,
            levels={
                "women": "kvinnor",
                "men": "män",
                "nonbinary": "ickebinära",
                "age_16_29": "16–29 år",
                "age_30_54": "30–54 år",
            },
            marks={"mean_before": "före", "mean_after": "efter"},
        ),
    )


@case
def change_same() -> Case:
    table = change_table([3.0, 3.0, 2.5, 2.5], [3.0, 3.0, 2.6, 2.6], ["women", "men"] * 2)
    return (
        "change",
        table,
        Labels(
            rows=("Lika", "Lika", "Nästan", "Nästan"),
            values=change_values(table),
            ticks=decimal,
            levels={"women": "kvinnor", "men": "män"},
            marks={"mean_before": "före", "mean_after": "efter"},
        ),
    )


@case
def change_suppressed() -> Case:
    table = change_table(
        [2.6, nan, 2.2, 2.3, nan, nan],
        [3.4, nan, 3.1, 2.9, nan, nan],
        ["women", "men"] * 3,
        [False, True, False, False, True, True],
    )
    areas = ("Digitalisering", "Grön hållbarhet", "Automatisering")
    return (
        "change",
        table,
        Labels(
            rows=tuple(area for area in areas for _ in range(2)),
            values=change_values(table),
            ticks=anchor,
            levels={"women": "kvinnor", "men": "män"},
            too_few="för få svar för att visas",
        ),
    )


@case
def change_twelve() -> Case:
    before = [1.5 + 0.1 * i for i in range(12)]
    table = change_table(before, [b + (0.9 if i % 4 else -0.6) for i, b in enumerate(before)])
    return (
        "change",
        table,
        Labels(
            rows=tuple(f"Delområde {i + 1}, kompetensutveckling" for i in range(12)),
            values=change_values(table),
            ticks=anchor,
            limits=(0, 5),
        ),
    )


def stacked_table(shares: list[list[float]], terms: list[str], suppressed=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "answer_share",
            "estimate": [share for row in shares for share in row],
            "n": 150,
            "term": terms * len(shares),
            "suppressed": suppressed or [False] * len(shares) * len(terms),
        }
    )


def stacked_labels(rows, shares, **extra) -> Labels:
    return Labels(
        rows=tuple(row for row, parts in zip(rows, shares, strict=True) for _ in parts),
        values=tuple("" if s != s else percent(s) for parts in shares for s in parts),
        **{"ticks": percent, "too_few": "för få svar för att visas", **extra},
    )


@case
def stacked_usual() -> Case:
    shares = [[0.07, 0.13, 0.24, 0.33, 0.19, 0.04], [0.02, 0.05, 0.18, 0.4, 0.32, 0.03]]
    terms = ["1", "2", "3", "4", "5", "dont_know"]
    return (
        "stacked",
        stacked_table(shares, terms),
        stacked_labels(("Före", "Efter"), shares, categories=AGREE),
    )


@case
def stacked_direct() -> Case:
    shares = [[0.35, 0.5, 0.15], [0.2, 0.7, 0.1], [0.0, 1.0, 0.0]]
    table = stacked_table(shares, ["no", "yes", "dont_know"])
    return "stacked", table, stacked_labels(LONG, shares, categories=("Nej", "Ja", "Vet ej"))


@case
def stacked_six() -> Case:
    shares = [[0.05, 0.15, 0.2, 0.3, 0.2, 0.06, 0.02, 0.02]] * 12
    terms = ["0", "1", "2", "3", "4", "5", "dont_know", "not_applicable"]
    names = (*(anchor(i) for i in range(6)), "Vet ej", "Ej aktuellt")
    rows = [f"Kompetensområde nummer {i + 1}" for i in range(12)]
    return "stacked", stacked_table(shares, terms), stacked_labels(rows, shares, categories=names)


@case
def stacked_suppressed() -> Case:
    shares = [[0.35, 0.5, 0.15], [nan, 0.9, nan], [0.25, 0.6, 0.15]]
    table = stacked_table(shares, ["no", "yes", "dont_know"], [False] * 3 + [True, False, True] + [False] * 3)
    labels = stacked_labels(
        ("Women", "Non-binary", "Men"),
        shares,
        categories=("Disagree or strongly disagree", "Agree", "Don't know"),
        too_few="too few answers to show",
    )
    return "stacked", table, labels


@case
def stacked_all_suppressed() -> Case:
    shares = [[nan, nan]]
    return (
        "stacked",
        stacked_table(shares, ["no", "yes"], [True, True]),
        stacked_labels(("Kvinnor",), shares, categories=("Nej", "Ja")),
    )


@case
def flow_usual() -> Case:
    table = pd.DataFrame(
        {"estimand": "participants", "estimate": [200, 191, 172, 158, 150], "n": [200, 191, 172, 158, 150]}
    )
    return (
        "flow",
        table,
        Labels(
            rows=(
                "Planerade",
                "Registrerade",
                "Svarade före",
                "Svarade efter",
                "Svarade både före och efter",
            ),
            values=(
                "",
                "9 platser fylldes inte",
                "19 svarade inte före",
                "14 svarade inte efter",
                "8 kunde inte kopplas ihop",
            ),
            ticks=count,
        ),
    )


@case
def flow_edges() -> Case:
    table = pd.DataFrame(
        {
            "estimand": "participants",
            "estimate": [1500.0, 0.0, nan, 3.0],
            "n": 0,
            "suppressed": [False, False, True, False],
        }
    )
    return (
        "flow",
        table,
        Labels(
            rows=(*LONG, "Sist"),
            values=(
                "",
                "1 500 företag som hade anmält intresse kom aldrig till ett inledande möte under våren",
                "5 försvann",
                "",
            ),
            ticks=count,
            too_few="för få för att visas",
        ),
    )


@case
def flow_plain() -> Case:
    table = pd.DataFrame({"estimand": "participants", "estimate": [12], "n": [12]})
    return "flow", table, Labels(rows=("Registered",))


def composition_table(shares, reference, low=nan, high=nan, levels=None, suppressed=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "representation",
            "estimate": shares,
            "n": 191,
            "reference": reference,
            "bound_low": low,
            "bound_high": high,
            "level": levels or [f"level_{i}" for i in range(len(shares))],
            "suppressed": suppressed or [False] * len(shares),
        }
    )


@case
def composition_usual() -> Case:
    table = composition_table(
        [0.53, 0.47, 0.18, 0.6, 0.22],
        [0.66, 0.34, 0.24, 0.55, 0.21],
        [0.4, 0.4, nan, nan, nan],
        [0.6, 0.6, nan, nan, nan],
        ["men", "women", "young", "mid", "old"],
    )
    table["group"] = ["sex", "sex", "age", "age", "age"]
    return (
        "composition",
        table,
        Labels(
            rows=("Män", "Kvinnor", "16–29 år", "30–54 år", "55 år och äldre"),
            values=(
                "53 % mot 66 %",
                "47 % mot 34 %",
                "18 % mot 24 %",
                "60 % mot 55 %",
                "22 % mot 21 %",
            ),
            ticks=percent,
            marks={
                "estimate": "bland deltagarna",
                "reference": "bland anställda i företagen",
                "bound_low": "jämn könsfördelning",
            },
        ),
    )


@case
def composition_edges() -> Case:
    table = composition_table(
        [0.0, 1.0, 0.5, nan, 0.3], [1.0, 0.0, 0.5, 0.2, nan], suppressed=[False, False, False, True, False]
    )
    return (
        "composition",
        table,
        Labels(
            rows=(*LONG, "Hemlig", "Utan jämförelse"),
            values=("0 % mot 100 %", "100 % mot 0 %", "50 % mot 50 %", "", "30 %"),
            ticks=percent,
            too_few="för få svar för att visas",
            marks={"estimate": "deltagare", "reference": "länet"},
        ),
    )


@case
def composition_all_suppressed() -> Case:
    table = composition_table([nan, nan], [0.5, 0.5], 0.4, 0.6, ["women", "men"], [True, True])
    return (
        "composition",
        table,
        Labels(rows=("Kvinnor", "Män"), too_few="för få svar", marks={"estimate": "deltagare"}),
    )


def level_table(estimates, low, high, levels, suppressed=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "group_mean",
            "estimate": estimates,
            "n": 70,
            "conf_low": low,
            "conf_high": high,
            "level": levels,
            "suppressed": suppressed or [False] * len(levels),
        }
    )


@case
def level_usual() -> Case:
    table = level_table([3.4, 3.1], [3.2, 2.8], [3.6, 3.4], ["women", "men"])
    return (
        "level",
        table,
        Labels(
            rows=("Kvinnor", "Män"),
            values=("3,4 (71 svar)", "3,1 (79 svar)"),
            levels={"women": "Kvinnor", "men": "Män"},
            limits=(1, 5),
            ticks=decimal,
            axis="Medelvärde, 1–5",
        ),
    )


@case
def level_shares() -> Case:
    table = level_table(
        [0.72, 0.58, 0.9, 0.9], [0.6, 0.46, 0.8, 0.8], [0.82, 0.7, 0.97, 0.97], ["women", "men"] * 2
    )
    return (
        "level",
        table,
        Labels(
            rows=("Aktuell kompetens",) * 2 + ("Rekommenderar projektet till kollegor",) * 2,
            values=("72 %", "58 %", "90 %", "90 %"),
            levels={"women": "kvinnor", "men": "män"},
            ticks=percent,
        ),
    )


@case
def level_five() -> Case:
    names = {f"l{i}": f"Kommun {i}" for i in range(5)}
    table = level_table(
        [1.0, 5.0, 3.0, 3.0, nan],
        [0.2, 4.0, nan, 2.5, nan],
        [2.0, 6.0, nan, 3.5, nan],
        list(names),
        [False] * 4 + [True],
    )
    return (
        "level",
        table,
        Labels(
            rows=(LONG[2],) * 5,
            values=("1,0", "5,0", "3,0", "3,0", ""),
            levels=names,
            limits=(1, 5),
            too_few="för få svar",
        ),
    )


@case
def level_eight() -> Case:
    names = {f"l{i}": f"Municipality {i}" for i in range(8)}
    table = level_table([0.1 * i for i in range(8)], [0.0] * 8, [0.9] * 8, list(names))
    return (
        "level",
        table,
        Labels(
            rows=("Participation",) * 8,
            values=tuple(english_percent(0.1 * i) for i in range(8)),
            levels=names,
        ),
    )


@case
def level_all_suppressed() -> Case:
    table = level_table([nan, nan], [nan, nan], [nan, nan], ["women", "men"], [True, True])
    return (
        "level",
        table,
        Labels(
            rows=("Aktuell kompetens",) * 2,
            levels={"women": "kvinnor", "men": "män"},
            too_few="för få svar för att visas",
        ),
    )


@case
def level_long_names() -> Case:
    names = {
        "abroad": "Födda utomlands eller med två utrikes födda föräldrar",
        "here": "Personer med funktionsnedsättning",
    }
    table = level_table(
        [0.62, 0.62, 0.4, 0.8], [0.3, 0.3, 0.2, 0.7], [0.9, 0.9, 0.6, 0.9], ["abroad", "here"] * 2
    )
    rows = (LONG[0], LONG[0], LONG[1], LONG[1])
    values = ("62 procent (62 av 100 som svarade på frågan)",) * 4
    return "level", table, Labels(rows=rows, values=values, levels=names, ticks=percent, axis=" ".join(LONG))


@case
def change_long_names() -> Case:
    names = {
        "abroad": "Födda utomlands eller med två utrikes födda föräldrar",
        "here": "Personer med funktionsnedsättning",
    }
    table = change_table([1.2, 2.9, 4.9, 1.0], [3.4, 2.8, 1.1, 5.0], ["abroad", "here"] * 2)
    rows = (LONG[0], LONG[0], LONG[1], LONG[1])
    values = ("3,4 på skalan från ett till fem (+2,2 skalsteg)",) * 4
    return "change", table, Labels(rows=rows, values=values, levels=names, ticks=anchor, limits=(0, 5))


@case
def change_hidden_first() -> Case:
    table = change_table(
        [nan, 2.0, 2.2, 2.3], [nan, 2.2, 2.4, 2.9], ["women", "men"] * 2, [True, False, False, False]
    )
    return (
        "change",
        table,
        Labels(
            rows=("Digitalisering",) * 2 + ("Automatisering",) * 2,
            values=change_values(table),
            ticks=decimal,
            levels={"women": "kvinnor", "men": "män"},
            marks={"mean_before": "före", "mean_after": "efter"},
            too_few="för få svar för att visas",
        ),
    )


@case
def difference_named_band() -> Case:
    table = difference_table([0.2, nan], [0.1, nan], [0.3, nan], 0.1)
    return (
        "difference",
        table,
        Labels(
            rows=("Kvinnor minus män", "Kan inte beräknas"),
            values=("+0,2", "kan inte beräknas"),
            ticks=signed,
            target="ingen skillnad",
            marks={"smallest_important": "för liten för att ha betydelse"},
        ),
    )
