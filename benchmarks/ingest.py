"""From a CSV export to scored Parquet, beside plain `pandas.read_csv`; `python -m benchmarks.ingest [PEOPLE ...]`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000, 1_000_000)
ITEMS = 40
SCALES = 8
TEXTS = np.array(
    [
        "Instämmer inte alls",
        "Instämmer i liten grad",
        "Instämmer delvis",
        "Instämmer i hög grad",
        "Instämmer helt",
        "Vet ej",
        "",
    ]
)
SHARES = (0.10, 0.18, 0.27, 0.25, 0.14, 0.02, 0.04)
BLOCK = 50_000


def write_project(folder: Path, people: int) -> Path:
    """Write a programme with one survey: people, 40 questions in eight scales, texts as answers."""
    rng = np.random.default_rng(1)
    project = folder / "projects" / "large"
    project.mkdir(parents=True)
    raw = folder / "data" / "raw" / "large"
    raw.mkdir(parents=True)
    size = ITEMS // SCALES
    lines = [
        "name: {sv: Stor, en: Large}",
        "languages: [sv, en]",
        "waves:",
        "  before: {label: {sv: Före, en: Before}, kind: baseline}",
        "sources:",
        "  survey: {kind: answers, file: survey.csv, waves: [before], columns: {person: id, organisation: firm}}",
        "scales:",
    ]
    for scale in range(SCALES):
        items = ", ".join(f"q{scale * size + item}" for item in range(size))
        lines.append(f"  s{scale}: {{label: {{sv: S{scale}, en: S{scale}}}, items: [{items}], min_items: 3}}")
    lines += [
        "indicators:",
        "  one: {id: H1, chapter: change, unit: person, label: {sv: x, en: x}, statement: {sv: x, en: x},",
        "    respondents: {sv: x, en: x}, measure: {scale: s0, at_least: 4}, rule: {kind: describe, wave: before}}",
    ]
    (project / "project.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    book = ["item,source,wave,column,response,reverse,text_sv,text_en"]
    book += [
        f"q{item},survey,,Fråga {item},AG5,{'x' * (item % 10 == 9)},Fråga {item},Item {item}"
        for item in range(ITEMS)
    ]
    (project / "codebook.csv").write_text("\n".join(book) + "\n", encoding="utf-8")
    with (raw / "survey.csv").open("w", encoding="utf-8") as file:
        file.write(";".join(["id", "firm", *(f"Fråga {item}" for item in range(ITEMS))]) + "\n")
        for start in range(0, people, BLOCK):
            rows = min(BLOCK, people - start)
            cells = TEXTS[rng.choice(len(TEXTS), (rows, ITEMS), p=SHARES)]
            firms = rng.integers(0, max(people // 100, 1), rows)
            for place in range(rows):
                file.write(f"P{start + place:07};F{firms[place]:05};" + ";".join(cells[place]) + "\n")
    return project


OURS = """
import sys
from evaluation.data.ingest import ingest_and_store
from evaluation.project.load import load_project
tables = ingest_and_store(load_project(sys.argv[1]))
"""
PANDAS = """
import sys
import pandas as pd
frame = pd.read_csv(sys.argv[1], sep=";")
"""


def measured(code: str, argument: Path) -> tuple[float, float]:
    """Return seconds and peak memory in gigabytes of a process of its own."""
    told = f"{code}\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", told, str(argument)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - started, int(done.stdout.split()[-1]) * unit / 1e9


def main() -> None:
    """Print seconds and memory of both, for each number of people."""
    sizes = [int(float(word)) for word in sys.argv[1:]] or SIZES
    print(f"{'people':>10}{'file, MB':>10}{'ours, s':>10}{'GB':>8}{'read_csv, s':>13}{'GB':>8}{'ratio':>8}")
    for people in sizes:
        with tempfile.TemporaryDirectory() as folder:
            project = write_project(Path(folder), people)
            file = Path(folder) / "data" / "raw" / "large" / "survey.csv"
            other, other_memory = measured(PANDAS, file)
            ours, memory = measured(OURS, project)
            size = file.stat().st_size / 1e6
            print(
                f"{people:>10}{size:>10.0f}{ours:>10.1f}{memory:>8.2f}{other:>13.1f}{other_memory:>8.2f}"
                f"{ours / other:>8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
