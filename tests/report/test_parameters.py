import pytest

from evaluation.report.parameters import check_parameters, refuse_unknown
from evaluation.vocabulary.errors import ParameterError

DECLARED = 'project_file = "projects/halland/project.yaml"'


def test_known_parameter_of_the_right_type_passes():
    check_parameters(["", DECLARED, '# Parameters\nproject_file = "elsewhere.yaml"', "import sys"])


def test_without_injection_nothing_is_refused():
    check_parameters(["", DECLARED, "anything = 3"])


def test_unknown_parameter_is_an_error_that_suggests_the_right_name():
    with pytest.raises(ParameterError, match=r"projct_file.*Did you mean project_file"):
        check_parameters(["", DECLARED, '# Parameters\nprojct_file = "x"'])


def test_wrong_type_is_an_error():
    with pytest.raises(ParameterError, match="cannot be 3"):
        check_parameters(["", DECLARED, "# Parameters\nproject_file = 3"])


def test_all_problems_are_reported_at_once():
    with pytest.raises(ParameterError) as caught:
        refuse_unknown({"a": 1, "b": 2}, {"project_file": ""}, "04_targets.ipynb")
    assert len(caught.value.problems) == 2
    assert all(problem.where == "04_targets.ipynb" for problem in caught.value.problems)
