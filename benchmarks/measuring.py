"""What benchmarks share: a command's seconds and peak memory, the machine's load, results as JSON, a table and a plot."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing that was measured.

    Parameters
    ----------
    what
        What was done.
    rows
        Over how many rows.
    seconds
        From the process's start to its end.
    mebibytes
        The process's peak of resident memory.
    load
        The machine's load in the minute before: other work on it makes everything slower.
    """

    what: str
    rows: int
    seconds: float
    mebibytes: float
    load: float


def run(what: str, rows: int, arguments: Sequence[str], said: Path | None = None) -> Measured:
    """Run the command line in a process of its own; return what it took, its start included.

    Parameters
    ----------
    said
        A file for what it prints; without it, that is thrown away.
    """
    code = "import sys; from cenotaph.cli.main import main; main(sys.argv[1:])"
    return run_program(what, rows, ["-c", code, *arguments], said)


def run_program(what: str, rows: int, arguments: Sequence[str], said: Path | None = None) -> Measured:
    """Run Python in a process of its own; return what it took, its start included."""
    load = os.getloadavg()[0]
    with (said or Path(os.devnull)).open("wb") as output:
        begun = time.perf_counter()
        with subprocess.Popen([sys.executable, *arguments], stdout=output) as process:
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{what} ended with {process.returncode}")
    return Measured(what, rows, round(seconds, 3), round(_mebibytes(used), 1), round(load, 2))


def _mebibytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024


def print_table(measured: Sequence[Measured]) -> None:
    """Print a line for each thing that was measured."""
    width = max(len(m.what) for m in measured)
    print(f"{'what':{width}}  {'rows':>10}  {'seconds':>8}  {'MiB':>7}  {'load':>5}")
    for m in measured:
        print(f"{m.what:{width}}  {m.rows:>10,}  {m.seconds:>8.2f}  {m.mebibytes:>7.0f}  {m.load:>5.2f}")


def write(name: str, measured: Sequence[Measured], limits: dict[str, float] | None = None) -> None:
    """Write what was measured as JSON, and seconds against rows as a plot.

    Parameters
    ----------
    name
        The files' name without its ending.
    limits
        Seconds that are promised for the largest size, by what is done.
    """
    OUT.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "system": platform.platform()}
    values = {"machine": machine, "limits": limits or {}, "measured": [asdict(m) for m in measured]}
    (OUT / f"{name}.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    (OUT / f"{name}.svg").write_text(draw(measured), encoding="utf-8")
    print(f"Wrote {name}.json and {name}.svg in {OUT.name}.")


def draw(
    measured: Sequence[Measured], value: str = "seconds", title: str = "seconds, the process's start included"
) -> str:
    """Draw something against rows, both on logarithmic scales, a line for each thing done; return SVG.

    Parameters
    ----------
    value, title
        The field of :class:`Measured`, and what stands beside the axis.
    """
    import altair as alt
    import vl_convert

    values = [asdict(m) for m in measured]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_line(point=True)
        .encode(
            x=alt.X("rows:Q", scale=alt.Scale(type="log"), title="rows"),
            y=alt.Y(f"{value}:Q", scale=alt.Scale(type="log"), title=title),
            color=alt.Color("what:N", title=None, legend=alt.Legend(orient="bottom", columns=2, labelLimit=400)),
        )
        .properties(width=560, height=340)
    )
    return str(vl_convert.vegalite_to_svg(chart.to_json()))
