"""The engine `fork` records what a kernel would have sent, and nothing escapes from it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from evaluation.report.executed import without_times

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks are used on Linux")

CELLS = [
    "import os, sys, warnings\nvalue = 1",
    "print('one'); print('two')",
    "print('three', file=sys.stderr)",
    "value + 1",
    "_ + 1; In[1][:6]",
    "from IPython.display import HTML, clear_output, display\nhandle = display(HTML('<b>a</b>'), display_id='x')\n7",
    "handle.update(HTML('<b>b</b>'))",
    "print('gone'); clear_output(); print('stays')",
    "print('gone'); clear_output(wait=True); print('stays')",
    "class Own:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/plain': 'own', 'application/json': {'a': [1, 2.5]}}\nOwn()",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
    "get_ipython().user_ns['value'] = 5",
    "",
    "async def later():\n    return value\nawait later()",
    "x = 1;",
    "raise ValueError('no')",
    "print('never')",
]
ERROR = "papermill-error"
"""Marks the cells with random names that papermill adds to a notebook that failed."""
RUN = (
    "import sys, papermill\n"
    "try:\n"
    "    papermill.execute_notebook(sys.argv[1], sys.argv[2], engine_name=sys.argv[3], progress_bar=False,"
    " parameters={'value': 3})\n"
    "except papermill.exceptions.PapermillExecutionError as error:\n"
    "    print(error.ename, error.evalue)\n"
)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    cells = [nbformat.v4.new_code_cell(source, id=f"c{place}") for place, source in enumerate(CELLS)]
    cells[0].metadata["tags"] = ["parameters"]
    cells.insert(2, nbformat.v4.new_markdown_cell("Text", id="text"))
    node = nbformat.v4.new_notebook(cells=cells)
    node.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = tmp_path / "torture.ipynb"
    nbformat.write(node, path)
    return path


def executed(notebook: Path, engine: str) -> dict:
    out = notebook.with_name(f"{engine}.ipynb")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, notebook, out, engine],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.stdout == "ValueError no\n", done.stderr
    node = json.loads(out.read_text())
    node["cells"] = [cell for cell in node["cells"] if ERROR not in str(cell["metadata"].get("tags"))]
    node = without_times(node, json.loads(notebook.read_text()))
    return json.loads(re.sub(r"\\u001b\[[0-9;]*m", "", json.dumps(node)))


def test_both_engines_record_the_same(notebook):
    fork, kernel = (executed(notebook, engine) for engine in ("fork", "nbclient"))
    assert len(fork["cells"]) == len(kernel["cells"])
    for one, other in zip(fork["cells"], kernel["cells"], strict=True):
        for output in (*one.get("outputs", []), *other.get("outputs", [])):
            if output["output_type"] == "error":
                output["traceback"] = output["traceback"][-1:]
        assert one == other
    assert fork["metadata"] == kernel["metadata"]
