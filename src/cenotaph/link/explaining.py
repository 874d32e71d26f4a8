"""Why two reports are taken for one person or for two: the weight of every field, in words and as a picture."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cenotaph.domain.errors import InputError, NotFoundError
from cenotaph.link.levels import FIELDS, KIN, TOGETHER
from cenotaph.link.model import Model
from cenotaph.link.namesakes import LEVELS, NAME

if TYPE_CHECKING:
    import pyarrow as pa

_STATED = {
    "given": ("name_full", "name_given"),
    "father": ("name_full", "name_patronymic"),
    "family": ("name_full", "name_family"),
    "birth": ("birth_date_text", "age"),
    "death": ("death_date_text",),
    "published": ("published_on",),
    "place": ("place_text", "region", "country_text"),
    "nationality": ("nationality_text",),
    "unit": ("unit_text",),
    "rank": ("rank",),
    "source": ("source",),
}
_TITLES = {
    "together": "names from one stock",
    "kin": "what relatives share",
    "namesakes": "what namesakes share",
    "twins": "births of relatives",
    "order": "order of the name",
}


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """What one field says.

    Parameters
    ----------
    field
        Its name.
    left, right
        What the two reports say; empty where nothing.
    level
        How they agree.
    weight
        Log2 of how many times more probable this is for one person than for two.
    """

    field: str
    left: str
    right: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two reports are taken for one person or for two.

    Parameters
    ----------
    left_id, right_id
        The reports.
    prior
        Log2 of the odds before anything is compared.
    fields
        What every field says, where both reports say something.
    weight, probability
        Log2 of the odds, and the probability, that the two are one person.
    veto
        What forbids it whatever the weight, or None.
    """

    left_id: str
    right_id: str
    prior: float
    fields: tuple[FieldWeight, ...]
    weight: float
    probability: float
    veto: str | None


def explain(reports: pa.Table, left_id: str, right_id: str, model: Model | None = None, seed: int = 1) -> Explanation:
    """Explain a pair of reports.

    Parameters
    ----------
    reports
        All the reports that were linked: how common a name is, is counted on them.
    left_id, right_id
        Two of their ids.
    model
        The model that linked them; without it, one is trained on the reports.

    Raises
    ------
    NotFoundError
        There is no report with that id, or it names nobody, so that it is compared with none.
    """
    import numpy as np
    import pyarrow.compute as pc
    from splink import DuckDBAPI, Linker

    from cenotaph.link.blocking import add_keys
    from cenotaph.link.engine import open_engine
    from cenotaph.link.frequencies import level_frequencies, register_frequencies
    from cenotaph.link.model import make_settings, to_probability, to_weight, with_prior
    from cenotaph.link.preparing import prepare
    from cenotaph.link.reading import check_reports
    from cenotaph.link.tabling import find_named
    from cenotaph.link.training import train
    from cenotaph.link.traits import read_traits
    from cenotaph.link.vetoes import cause_name, find_vetoes

    if left_id == right_id:
        raise InputError(f"{left_id!r} is one report, not two.", "Give the ids of two reports.")
    reports = check_reports(reports)
    prepared = prepare(reports)
    rows = []
    for identifier in (left_id, right_id):
        row = pc.index(reports["report_id"], identifier).as_py()
        if row < 0:
            raise NotFoundError(f"There is no report {identifier!r}.", "Ids are those of the column report_id.")
        rows.append(row)
    named = find_named(prepared)
    for row, identifier in zip(rows, (left_id, right_id), strict=True):
        if not named[row].as_py():
            raise NotFoundError(f"The report {identifier!r} names nobody.", "It is compared with none, and belongs to nobody.")
    with open_engine() as connection:
        connection.register("prepared", prepared.filter(named))
        add_keys(connection, "prepared", "blocked")
        used = model or train(connection, "blocked", seed)
        api = DuckDBAPI(connection)
        registered = api.register("blocked")
        settings = make_settings(with_prior(used, 0.5), ("l.row = r.row",), details=True)
        linker = Linker(registered, settings, log_level=logging.ERROR)
        register_frequencies(api, linker, level_frequencies(connection, "blocked", used))
        records = connection.sql(f"SELECT * FROM blocked WHERE row IN ({rows[0]}, {rows[1]})").to_arrow_table().to_pylist()
        by_row = {record["row"]: record for record in records}
        scored = linker.inference.score_pair(by_row[rows[0]], by_row[rows[1]]).as_record_list()[0]
    prior = to_weight(used.prior)
    fields = (*_field_weights(scored, reports, rows), *_compare_generations(prepared, reports, rows))
    weight = prior + sum(field.weight for field in fields)
    at = np.array(rows, dtype=np.int32)
    veto = cause_name(int(find_vetoes(read_traits(prepared, used.loose), at[:1], at[1:])[0]))
    return Explanation(left_id, right_id, prior, fields, weight, float(to_probability(np.array([weight]))[0]), veto)


def _field_weights(scored: dict[str, object], reports: pa.Table, rows: list[int]) -> list[FieldWeight]:
    """Return the weights of the fields that both reports tell, from what Splink gives."""
    labels = {field.name: [level.label for level in field.levels] for field in FIELDS}
    labels |= {name: [row.label for row in levels] for name, levels in KIN.items()}
    labels[NAME] = [level.label for level in LEVELS]
    labels["together"] = [label for label, _, _ in TOGETHER]
    labels["order"] = ["given and family name exchanged", "given and family name in one word"]
    found = []
    for name, levels in labels.items():
        gamma = scored.get(f"gamma_{name}")
        if gamma is None or int(str(gamma)) < 0:
            continue
        extra = 0 if name in _STATED or name == "sex" else 1  # the level of nothing of the kind
        at = len(levels) + extra - 1 - int(str(gamma))
        weight = sum(float(str(scored.get(column) or 0.0)) for column in (f"mw_{name}", f"mw_tf_adj_{name}"))
        if at >= len(levels) or (extra and abs(weight) < 0.05):
            continue
        left, right = (_stated(reports, row, name) for row in rows)
        found.append(FieldWeight(_TITLES.get(name, name), left, right, levels[at], weight))
    return found


def _compare_generations(prepared: pa.Table, reports: pa.Table, rows: list[int]) -> list[FieldWeight]:
    """Return what is said of the generation: it weighs nothing, and two different ones forbid."""
    told = [prepared["generation"][row].as_py() for row in rows]
    if None in told:
        return []
    level = f"both the {told[0]}" if told[0] == told[1] else f"the {told[0]} and the {told[1]} of the name"
    left, right = (_stated(reports, row, "given") for row in rows)
    return [FieldWeight("generation", left, right, level, 0.0)]


def _stated(reports: pa.Table, row: int, name: str) -> str:
    words = [reports[column][row].as_py() for column in _STATED.get(name, ())]
    return ", ".join(word for word in words if word)


def explanation_lines(explained: Explanation) -> list[str]:
    """Return an explanation in words, a line for each field, the most telling first."""
    lines = [f"{explained.left_id} and {explained.right_id}"]
    for field in sorted(explained.fields, key=lambda f: (-abs(f.weight), f.field)):
        said = f"  {field.left} | {field.right}" if field.left or field.right else ""
        lines.append(f"{field.weight:+6.1f}  {field.field}: {field.level}{said}")
    lines.append(f"{explained.prior:+6.1f}  before anything is compared: few pairs of reports are about one person")
    lines.append(f"{explained.weight:+6.1f}  together: one person with probability {explained.probability:.4f}")
    if explained.veto:
        lines.append(f"        forbidden whatever the weight: {explained.veto} contradicts")
    return lines


def draw_explanation(explained: Explanation) -> str:
    """Return an explanation as SVG: a bar for each field, to the right for one person, to the left for two."""
    import altair as alt
    import vl_convert

    rows: list[dict[str, str | float]] = [{"what": f"{f.field}: {f.level}", "bits": round(f.weight, 3)} for f in explained.fields]
    rows.append({"what": "before anything is compared", "bits": round(explained.prior, 3)})
    rows.append({"what": "together", "bits": round(explained.weight, 3)})
    order = [str(row["what"]) for row in rows]
    title = f"One person with probability {explained.probability:.4f}" + (
        f"; forbidden: {explained.veto}" if explained.veto else ""
    )
    chart = (
        alt.Chart(alt.InlineData(values=rows), title=title)
        .mark_bar()
        .encode(
            x=alt.X("bits:Q", title="for two people   ←   bits   →   for one person"),
            y=alt.Y("what:N", sort=order, title=None, axis=alt.Axis(labelLimit=420)),
            color=alt.condition(alt.datum.bits > 0, alt.value("#2a6f97"), alt.value("#b5532a")),
        )
        .properties(width=420)
    )
    return str(vl_convert.vegalite_to_svg(chart.to_json()))
