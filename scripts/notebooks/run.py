"""Runs the cells of a notebook (standard input) and prints the outputs of each, or where it failed: JSON.

    python3 run.py FOLDER SECONDS    the kernel's working directory, and what a cell may take
"""

import json
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync

# What a cell prints, and its value, may come after the kernel said that it is done. So each cell is followed by these words, on
# all the ways that its outputs take.
LAST = "run-notebook: that was all"
SAY_LAST = f"console.log({LAST!r}); console.error({LAST!r}); {LAST!r};"
WAYS = {"stdout", "stderr", "execute_result"}


class Client(NotebookClient):
    def late_outputs(self):
        """What a finished cell showed and was not yet heard."""
        self.kc.execute(SAY_LAST, store_history=False)
        late, waited = [], set(WAYS)
        while waited:
            message = run_sync(self.kc.iopub_channel.get_msg)(timeout=60)
            kind, content = message["msg_type"], message["content"]
            if kind not in ("stream", "execute_result", "display_data"):
                continue
            text = content["text"] if kind == "stream" else content["data"].get("text/plain", "")
            if LAST in text:
                waited.discard(content.get("name", kind))
            else:
                late.append(nbformat.v4.output_from_msg(message))
        return late


notebook = nbformat.read(sys.stdin, as_version=4)
client = Client(
    notebook,
    kernel_name="deno",
    timeout=int(sys.argv[2]),
    startup_timeout=120,
    resources={"metadata": {"path": sys.argv[1]}},
)
at = None
try:
    with client.setup_kernel():
        for at, cell in enumerate(notebook.cells):
            client.execute_cell(cell, at)
            if cell.cell_type == "code":
                cell.outputs += client.late_outputs()
    answer = {"outputs": [cell.get("outputs", []) for cell in notebook.cells]}
except CellExecutionError as fault:
    # So Deno says it where a cell is not well-formed.
    unsaid = " (is the code well-formed?)" if fault.evalue == "Execution failed" else ""
    answer = {"cell": at, "fault": f"{fault.ename}: {fault.evalue}{unsaid}"}
except CellTimeoutError:
    answer = {"cell": at, "fault": f"not done after {sys.argv[2]} s"}
except DeadKernelError:
    answer = {"cell": at, "fault": "the kernel ended"}
except KeyboardInterrupt:
    answer = {"cell": at, "fault": "stopped"}
except Exception as fault:
    answer = {"cell": at, "fault": f"{type(fault).__name__}: {fault}"}
json.dump(answer, sys.stdout)
