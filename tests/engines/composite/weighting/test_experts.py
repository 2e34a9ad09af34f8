import numpy as np
import pytest

from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.weighting.experts import allocated, budget, compared, hierarchy

VALUES = np.ones((4, 3))
SAATY = [[1, 5, 1 / 3], [1 / 5, 1, 1 / 7], [3, 7, 1]]


def test_experts_count_the_same_however_many_points_they_give():
    assert allocated(np.array([[10.0, 0.0], [0.0, 1000.0]])).weights.tolist() == [0.5, 0.5]


def test_how_far_experts_differ_is_said_with_the_name_of_the_child():
    found = budget(VALUES, points={"a": [50, 25, 25], "b": [20, 25, 55]})
    assert found.weights.tolist() == pytest.approx([0.35, 0.25, 0.4])
    assert found.said(["press", "law", "courts"])[1] in (
        "experts differ most on press: from 20 % to 50 %",
        "experts differ most on courts: from 25 % to 55 %",
    )


def test_one_expert_has_no_dispersion():
    assert np.isnan(allocated(np.array([[60.0, 40.0]])).spread).all()
    assert budget(VALUES, points={"a": [1, 1, 2]}).notes == ("by one expert",)


@pytest.mark.parametrize("points", [{"a": [0, 0, 0]}, {"a": [1, -1, 2]}, {"a": [1, 2]}, {}])
def test_points_that_can_not_be_shared_out_are_refused(points):
    with pytest.raises(Unusable):
        budget(VALUES, points=points)


def test_comparisons_of_saaty_have_the_weights_and_the_consistency_ratio_of_the_textbook():
    found = compared(np.array(SAATY))
    assert found.weights == pytest.approx([0.279, 0.072, 0.649], abs=0.001)
    assert found.largest == pytest.approx(3.065, abs=0.001)
    assert found.ratio == pytest.approx(0.0325 / 0.58, abs=0.001)
    assert found.consistent


def test_comparisons_that_contradict_each_other_are_used_with_a_warning():
    found = hierarchy(VALUES, comparisons=[9, 1 / 9, 9])
    assert "contradict" in found.notes[1]


def test_two_children_can_not_contradict_each_other():
    assert compared(np.array([[1.0, 9.0], [1 / 9, 1.0]])).ratio == 0


@pytest.mark.parametrize("comparisons", [[1, 2], [1, 0, 2], [1, -2, 2]])
def test_comparisons_that_are_incomplete_or_not_above_0_are_refused(comparisons):
    with pytest.raises(Unusable):
        hierarchy(VALUES, comparisons=comparisons)


def test_a_matrix_that_is_not_reciprocal_is_refused():
    with pytest.raises(Unusable, match="contradict"):
        compared(np.array([[1.0, 2.0], [2.0, 1.0]]))
