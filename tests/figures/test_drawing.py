"""A figure is shown by a notebook without pyplot."""

from evaluation.figures.drawing import new_figure


def test_a_notebook_gets_a_picture_in_its_own_size():
    picture, size = new_figure()._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert size == {"width": round(new_figure().get_figwidth() * 96)}
