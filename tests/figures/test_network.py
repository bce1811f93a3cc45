from tests.figures.cases import CASES
from tests.figures.reading import by_gid, rows_with, said, x_of

from evaluation.figures import draw


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, draw(table, kind, labels)


def test_every_actor_and_every_tie_is_drawn_where_it_belongs():
    table, figure = figure_of("network_usual")
    actors = table.index[~table["term"].str.contains("-")].tolist()
    assert rows_with(figure, "estimate") == actors
    assert rows_with(figure, "tie") == [i for i in table.index if i not in actors]
    for i in rows_with(figure, "tie"):
        ends = [int(number) - 1 for number in table["term"][i].split("-")]
        assert x_of(figure, f"tie-{i}") == [x_of(figure, f"estimate-{end}")[0] for end in ends]


def test_new_and_lost_ties_differ_by_more_than_colour():
    table, figure = figure_of("network_usual")
    styles = {table["level"][i]: by_gid(figure)[f"tie-{i}"][0] for i in rows_with(figure, "tie")}
    assert styles["lost"].is_dashed()
    assert not styles["new"].is_dashed()
    assert styles["kept"].get_linewidth() > styles["new"].get_linewidth()


def test_a_withheld_network_shows_no_tie():
    _, figure = figure_of("network_withheld")
    assert rows_with(figure, "tie") == rows_with(figure, "estimate") == []
    assert said(figure, "missing-0") == "för få för att visas"
