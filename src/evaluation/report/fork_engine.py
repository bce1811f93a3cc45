"""The papermill engine `fork`: a notebook's cells run in a fork of this process, without starting a kernel.

What is recorded is what a kernel would have sent: streams, displays, results and errors of every cell, in
order. Nothing that a cell does reaches the process that was forked.
"""

import os
import pickle
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine
from traitlets import Type
from traitlets.config import Config

from evaluation.report.forks import start
from evaluation.report.watched import READS, watched

INLINE = "module://matplotlib_inline.backend_inline"


class ForkEngine(Engine):
    """Runs a notebook in a fork of the process that calls papermill."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run all cells until one fails, and record what they show."""
        nb = nb_man.nb
        # papermill writes the notebook at the end; before and after every cell that takes seconds.
        nb_man.output_path = ""
        sources = [cell.source if cell.cell_type == "code" else None for cell in nb.cells]
        pid, file = start(lambda write: run_cells(sources, write))
        try:
            with file:
                for index, cell in enumerate(nb.cells):
                    nb_man.cell_start(cell, index)
                    failed = sources[index] is not None and _receive(nb, index, file)
                    if failed:
                        nb_man.cell_exception(cell, cell_index=index)
                    nb_man.cell_complete(cell, cell_index=index)
                    if failed:
                        return
        finally:
            os.waitpid(pid, 0)


def _receive(nb: NotebookNode, index: int, file: BinaryIO) -> bool:
    """Put what a cell has shown into the notebook, and tell whether it failed."""
    try:
        outputs, count, failed, reads = pickle.load(file)
    except EOFError:
        raise RuntimeError("the process of the notebook ended before its last cell") from None
    nb.metadata[READS] = reads
    nb.cells[index].execution_count = count
    for place, shown in outputs.items():
        nb.cells[place].outputs = shown
    return failed


def run_cells(sources: list[str | None], file: BinaryIO) -> None:
    """Run cells in a shell of their own; called in the fork.

    Parameters
    ----------
    sources
        The code of every cell; None where a cell holds text.
    file
        Gets, for every cell of code, the outputs of all cells that changed, its number, whether it failed, and
        what has been read of the data so far.
    """
    with watched() as reads:
        _run_cells(sources, file, reads)


def _run_cells(sources: list[str | None], file: BinaryIO, reads: Callable[[], list[str] | None]) -> None:
    shell = _shell()
    recorder = Recorder()
    shell.display_pub.recorder = shell.displayhook.recorder = shell.recorder = recorder
    sys.stdout, sys.stderr = Stream("stdout", recorder), Stream("stderr", recorder)
    for index, source in enumerate(sources):
        if source is None:
            continue
        recorder.begin(index)
        done = shell.run_cell(source, store_history=True)
        count = shell.execution_count - 1 if source.strip() else None
        pickle.dump((recorder.changed(), count, not done.success, reads()), file)
        file.flush()
        if not done.success:
            return


class Recorder:
    """What the cells of a notebook have shown so far."""

    def __init__(self) -> None:
        self.outputs: dict[int, list[NotebookNode]] = {}
        self.named: dict[str, list[tuple[int, NotebookNode]]] = {}
        self.touched: set[int] = set()
        self.here = 0
        self.clear_next = False

    def begin(self, index: int) -> None:
        """Start to record a cell."""
        self.here, self.touched, self.clear_next = index, {index}, False
        self.outputs[index] = []

    def add(self, output: NotebookNode, name: str = "") -> None:
        """Record one output; text of one stream is joined."""
        if self.clear_next:
            self.clear(wait=False)
        shown = self.outputs[self.here]
        last = shown[-1] if shown else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last["text"] += output.text
            return
        shown.append(output)
        if name:
            self.named.setdefault(name, []).append((self.here, output))

    def update(self, name: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Change what was displayed under a name."""
        for index, output in self.named.get(name, []):
            output["data"], output["metadata"] = data, metadata
            self.touched.add(index)

    def clear(self, wait: bool) -> None:
        """Forget what the cell has shown, at once or when it shows more."""
        self.clear_next = wait
        if not wait:
            self.outputs[self.here].clear()

    def changed(self) -> dict[int, list[NotebookNode]]:
        """Return the outputs of the cells that changed."""
        return {index: self.outputs[index] for index in sorted(self.touched)}


class Stream:
    """Takes what is printed."""

    encoding = "utf-8"

    def __init__(self, name: str, recorder: Recorder) -> None:
        self.name, self.recorder = name, recorder

    def write(self, text: str) -> int:
        """Record text."""
        if text:
            self.recorder.add(new_output("stream", name=self.name, text=text))
        return len(text)

    def flush(self) -> None:
        """Do nothing: all is recorded at once."""

    def isatty(self) -> bool:
        """Tell that nobody looks."""
        return False


class Publisher(DisplayPublisher):
    """Records what is displayed."""

    recorder: Recorder

    def publish(self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False,
                **options: Any) -> None:  # fmt: skip
        """Record a display, or change an earlier one."""
        clean, name = json_clean(encode_images(data)), (transient or {}).get("display_id", "")
        if update:
            self.recorder.update(name, clean, metadata or {})
        else:
            self.recorder.add(new_output("display_data", data=clean, metadata=metadata or {}), name)

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has displayed."""
        self.recorder.clear(wait)


class Hook(DisplayHook):
    """Records the value of a cell."""

    recorder: Recorder

    def start_displayhook(self) -> None:
        """Print nothing before the value."""

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Record the value in all its forms."""
        data = json_clean(encode_images(format_dict))
        value = new_output(
            "execute_result", data=data, metadata=md_dict or {}, execution_count=self.prompt_count
        )
        self.recorder.add(value)

    def finish_displayhook(self) -> None:
        """Print nothing after the value."""


class Shell(InteractiveShell):
    """A shell that records instead of printing."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)
    recorder: Recorder

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there are no windows."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.recorder.add(
            new_output("error", ename=str(etype.__name__), evalue=str(evalue), traceback=list(stb))
        )


def _shell() -> Shell:
    """Make the shell of the fork; figures of pyplot are shown as a kernel shows them."""
    os.environ["MPLBACKEND"] = INLINE
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = INLINE
    InteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.separate_in = ""
    return Shell.instance(config=config)
