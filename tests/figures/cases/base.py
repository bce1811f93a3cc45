"""How numbers are written in the cases, and where cases are kept."""

from collections.abc import Callable

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
