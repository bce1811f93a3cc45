from tests.figures.cases import CASES
from tests.figures.reading import by_gid, said, x_of

from evaluation.figures import draw
from evaluation.figures.caterpillar import HIGHEST


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


def test_projects_stand_in_order_of_their_estimates():
    table, labels, figure = figure_of("caterpillar_usual")
    places = [x_of(figure, f"estimate-{place}")[0] for place in range(4)]
    assert places == sorted(places)
    assert len(set(places)) == 4
    smallest = labels.rows[1:][table["estimate"].iloc[1:].to_numpy().argmin()]
    assert said(figure, "row-0") == smallest


def test_the_mean_lies_between_its_projects():
    _, _, figure = figure_of("caterpillar_usual")
    assert (
        x_of(figure, "estimate-0")[0]
        < by_gid(figure)["mean"][0].get_xdata()[0]
        < x_of(figure, "estimate-3")[0]
    )
    assert {"conf_low", "predicted_low"} <= set(by_gid(figure))


def test_many_projects_are_a_curve_without_names():
    _, _, figure = figure_of("caterpillar_many")
    assert "row-0" not in by_gid(figure)
    assert "estimate-299" in by_gid(figure)
    assert figure.get_size_inches()[1] * 72 < HIGHEST + 150


def test_what_is_not_known_has_no_band():
    _, _, figure = figure_of("caterpillar_without_intervals")
    assert not {"conf_low", "predicted_low"} & set(by_gid(figure))
