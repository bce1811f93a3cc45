"""The table of ordered answers at two waves: what is shifted, what is alike, and what is not assessed."""

import numpy as np
import pandas as pd
import pytest

from evaluation.measurement.ordinal_comparability import joined_answers, ordinal_wave_comparability
from evaluation.measurement.ordinal_waves import ordinal_wave_invariance
from evaluation.text.catalogue import languages

from .made_up import ordered_waves

ITEMS = ["a", "b", "c", "d"]


def long(first, later):
    parts = [pd.DataFrame(part, columns=ITEMS).assign(person=range(len(part))) for part in (first, later)]
    return pd.concat([parts[0].assign(wave="w1"), parts[1].assign(wave="w3")])


def assessed(table):
    return ordinal_wave_comparability(table, items=ITEMS, before="w1", after="w3")


def reasons(table):
    return assessed(table).shift.table["reason"].tolist()


def test_the_table_is_that_of_the_kernel():
    waves = ordered_waves(np.random.default_rng(1), 400, rise=0.3, bump=(0, 0.6, 0, 0))
    found, kernel = assessed(long(*waves)), ordinal_wave_invariance(waves)
    shift = found.shift.table
    assert shift["estimate"].iloc[0] == pytest.approx(kernel.effect[0])
    assert shift["reason"].iloc[0] == "alike_metric"
    assert shift["estimate"].iloc[1:].tolist() == pytest.approx(kernel.item_shift[0])
    assert shift["item"].iloc[1:].tolist() == ITEMS
    fit = found.fit.table.set_index("term")
    assert fit["estimate"].tolist() == [step.estimates.scaled.cfi for step in kernel.steps]
    assert fit["reason"].tolist()[1:] == ["fit_kept", "fit_kept", "fit_worse"]
    assert fit.loc["scalar", "rmsea_difference"] > 0.05
    for result in (found.shift, found.fit):
        for lang in languages():
            assert all(str(finding) for finding in result.describe(lang))


def test_below_its_size_nothing_is_assessed():
    waves = ordered_waves(np.random.default_rng(2), 200)
    assert reasons(long(*(wave[:199] for wave in waves))) == ["fewer_than_200"]
    assert reasons(long(*waves))[0] != "fewer_than_200"


def test_answers_must_be_ordered_and_few():
    x, y = ordered_waves(np.random.default_rng(3), 250)
    assert reasons(long(np.minimum(x, 2), np.minimum(y, 2))) == ["fewer_than_three_answers"]
    many = np.arange(250)[:, None] % 8 + np.zeros((1, 4))
    assert reasons(long(many, many)) == ["more_than_seven_answers"]


def test_two_traits_are_no_scale():
    own = np.random.default_rng(4)
    x, y = (
        np.hstack([part[:, :2] for part in pair])
        for pair in zip(*(ordered_waves(own, 600) for _ in "ab"), strict=True)
    )
    assert reasons(long(x, y))[0] == "alike_none"


def test_a_question_that_no_longer_goes_with_the_others_has_another_weight():
    own = np.random.default_rng(5)
    x, y = ordered_waves(own, 600)
    some = own.permutation(600)[:400]
    y[some, 1] = own.permutation(y[some, 1])
    assert reasons(long(x, y))[0] == "alike_thresholds"


def test_answers_out_of_use_at_one_wave_are_joined_with_a_neighbour():
    first = np.array([[1, 2, 2, 3, 4, 4, 5.0]]).T
    later = np.array([[2, 2, 3, 4, 4, 5, 5.0]]).T
    joined = joined_answers([first, later])
    assert joined[0].ravel().tolist() == pytest.approx([1.8, 1.8, 1.8, 3, 4, 4, 5])
    assert joined[1].ravel().tolist() == pytest.approx([1.8, 1.8, 3, 4, 4, 5, 5])
    turned = joined_answers([6 - first, 6 - later])
    assert np.vstack(turned) == pytest.approx(6 - np.vstack(joined))
    assert np.vstack(joined).sum() == pytest.approx(np.vstack([first, later]).sum())


def test_an_answer_that_nobody_gives_after_does_not_stop_the_assessment():
    x, y = ordered_waves(np.random.default_rng(5), 400, rise=0.5)
    found = assessed(long(x, np.maximum(y, 2)))
    assert np.isfinite(found.shift.table["estimate"]).all()
    assert len(found.fit.table) == 4
