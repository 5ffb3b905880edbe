"""Export: entities as CSV, columns read off the declarations."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from json import dumps
from os import PathLike
from pathlib import Path
from typing import Any, TextIO

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, NotLoaded, UnknownNameError, did_you_mean
from adplatforms.core.query import Query

__all__ = ["columns", "write_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula."""


def write_csv(
    entities: Iterable[Entity],
    file: str | PathLike[str] | TextIO,
    fields: Sequence[str] | None = None,
    guard_formulas: bool = False,
) -> int:
    """Writes entities, or those of a query, as CSV, one row each as they come; the number of rows.

    file: a path (UTF-8), or an open text file. fields: names of columns; by default all fields of the first entity's
    class that can be read, id and name first. Dates and times are ISO 8601, nested values JSON, null is empty.
    guard_formulas: text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.

    Of a query, complete records are asked for where a column needs them. Nothing else is loaded to fill a cell: a
    column that was asked for and that a record came without raises `NotLoaded`; a default one says ``NotLoaded`` in its
    cell.
    """
    if isinstance(fields, str):
        raise ClientError(f"fields takes a list of names, not {fields!r}", hint=f"fields=[{fields!r}]")
    if isinstance(entities, Query):
        entities = _with_columns(entities, fields)
    rows = 0
    with _opened(file) as out:
        writer = csv.writer(out)
        for entity in entities:
            if not rows:
                names = columns(type(entity), fields)
            cells = [_cell(entity, name, guard_formulas, asked=fields is not None) for name in names]
            # Once the first row is sure: an export that fails at once leaves an empty file, not one of no rows.
            if not rows:
                writer.writerow(names)
            writer.writerow(cells)
            rows += 1
    return rows


def _with_columns(query: Query[Any], fields: Sequence[str] | None) -> Query[Any]:
    """The query, of complete records where those that a list brings lack a column."""
    model = query.model.__model__
    wanted = columns(query.model, fields)
    comes_short = model.listed_fields and not set(wanted) <= set(model.listed_fields)
    if comes_short and not {"*", model.type} & set(query.full_types):
        return query.full(*query.full_types, model.type)
    return query


def columns(entity_class: type[Entity], names: Sequence[str] | None) -> list[str]:
    """The columns of a class: these, checked, or all that can be read, what people know a record by first."""
    fields = entity_class.__model__.fields
    if names is None:
        readable = [name for name, field in fields.items() if not field.write_only]
        return entity_class.__model__.leading_first(readable)
    for name in names:
        if name not in fields:
            raise UnknownNameError(f"{entity_class.__name__} has no field {name!r}", hint=did_you_mean(name, fields))
    return list(names)


def _cell(entity: Entity, name: str, guard: bool, asked: bool) -> Any:
    """One cell, as `csv` writes it. asked: whether the caller named the column."""
    try:
        value = entity.__model__.fields[name].plain(getattr(entity, name))
    except NotLoaded:
        if asked:
            raise
        # An empty cell would read as null.
        return "NotLoaded"
    if isinstance(value, (dict, list)):
        value = dumps(value, default=str, ensure_ascii=False)
    elif hasattr(value, "isoformat"):
        value = value.isoformat()
    # Spreadsheets run what begins like a formula, and names of campaigns come from whoever may create one.
    if guard and isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


@contextmanager
def _opened(file: str | PathLike[str] | TextIO) -> Iterator[TextIO]:
    """The file to write to. One that was opened by the caller stays open."""
    if isinstance(file, (str, PathLike)):
        # Line ends are the writer's: translated once more, each row would end in two on Windows.
        with Path(file).open("w", encoding="utf-8", newline="") as out:
            yield out
    else:
        yield file
