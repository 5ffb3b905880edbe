"""The rows behind the sandbox: typed tables in SQLite, in memory or in a file, usable from many threads.

Knows no platform. A platform hands in its tables and a function that fills them; the filled tables are kept
once a process and copied from then on, so that a fresh sandbox costs milliseconds.
"""

from __future__ import annotations

import atexit
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

Value = str | int | float | None
Row = dict[str, Value]

MOST_VARIABLES = 500
"""Ids asked for in one statement; SQLite builds differ in how many they take, all take this many."""


@dataclass(frozen=True)
class Table:
    """A table: SQLite type by column; `id` is the key. `indexes` are the columns that are looked up."""

    name: str
    columns: Mapping[str, str]
    indexes: tuple[str, ...] = ()


class Store:
    """Tables of rows.

    All access goes through one connection and `lock`, which a caller may hold around several calls to see
    one state. Column and table names come from the declared tables, values are always bound.

    Args:
        tables: what to keep.
        fill: puts the seed rows into empty tables; called once a process. None leaves them empty.
        path: an SQLite file, filled when it is new or empty and reused when not. None keeps all in memory.
        note: what `note` calls, once the change is committed.

    Raises:
        sqlite3.Error: the file cannot be opened or is not a database.
        ValueError: it is one, but not with these tables: made by another program, or by another version.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        fill: Callable[[Store], None] | None,
        path: str | None = None,
        note: Callable[[str, str, str | int], object] | None = None,
    ) -> None:
        self.tables = {table.name: table for table in tables}
        self.lock = threading.RLock()
        self._fill = fill
        self._note = note
        self._after: list[Callable[[], object]] | None = None
        self._connection = _open(path or ":memory:")
        try:
            if not self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                self.reset()
            self._check(path)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Closes the file; the store cannot be used any more."""
        with self.lock:
            self._connection.close()

    def reset(self) -> None:
        """Puts the seed rows back and forgets everything else."""
        with self.lock:
            if self._fill is None:
                self._connection.executescript(_schema(self.tables.values()))
                return
            seed = _seeds.get(self._fill)
            if seed is None:
                seed = _seeds[self._fill] = Store(list(self.tables.values()), None)
                with seed.transaction():
                    self._fill(seed)
            seed._connection.backup(self._connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are kept, or none when an exception leaves the block."""
        with self.lock:
            self._connection.execute("BEGIN")
            after = self._after = []
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._after = None
            for call in after:
                call()

    def after(self, call: Callable[[], object]) -> None:
        """Calls something once the open transaction is committed, never when it is undone; at once without one."""
        with self.lock:
            if self._after is None:
                call()
            else:
                self._after.append(call)

    def note(self, action: str, kind: str, id: Value) -> None:
        """Enters a row that was changed into the journal: create, update or delete, its type, its id."""
        if self._note is not None and isinstance(id, str | int):
            self.after(partial(self._note, action, kind, id))

    def query(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """The rows a SELECT answers."""
        with self.lock:
            cursor = self._connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def _check(self, path: str | None) -> None:
        for table in self.tables.values():
            found = {row["name"] for row in self.query(f"PRAGMA table_info({table.name})")}
            if found != {"id", *table.columns}:
                raise ValueError(
                    f"{path} was not made by this version of the sandbox (table {table.name} differs): "
                    "name another file, or delete it to start again from the seed"
                )

    def count(self, table: str, where: str = "1", values: Sequence[Value] = ()) -> int:
        """How many rows of a table satisfy a condition."""
        found = self.query(f"SELECT COUNT(*) AS n FROM {table} WHERE {where}", values)[0]["n"]
        assert isinstance(found, int)
        return found

    def get(self, table: str, id: int) -> Row | None:
        """One row, or None."""
        rows = self.query(f"SELECT * FROM {table} WHERE id = ?", (id,))
        return rows[0] if rows else None

    def rows_where_in(self, table: str, column: str, wanted: Iterable[Value]) -> list[Row]:
        """The rows whose column holds one of the values, by id."""
        values = list(dict.fromkeys(wanted))
        rows: list[Row] = []
        for start in range(0, len(values), MOST_VARIABLES):
            some = values[start : start + MOST_VARIABLES]
            marks = ",".join("?" * len(some))
            rows += self.query(f"SELECT * FROM {table} WHERE {column} IN ({marks}) ORDER BY id", some)
        return rows

    def insert(self, table: str, row: Mapping[str, Value]) -> int:
        """Adds a row and returns its id, the next free one unless the row brings it."""
        with self.lock:
            cursor = self._connection.execute(_insert(table, row), list(row.values()))
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def insert_many(self, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """Adds rows that all have the same columns."""
        with self.lock:
            if rows:
                self._connection.executemany(_insert(table, rows[0]), [tuple(row.values()) for row in rows])

    def update(self, table: str, id: int, changes: Mapping[str, Value]) -> None:
        """Sets columns of one row."""
        setters = ", ".join(f"{name} = ?" for name in changes)
        with self.lock:
            self._connection.execute(f"UPDATE {table} SET {setters} WHERE id = ?", (*changes.values(), id))

    def delete(self, table: str, id: int) -> None:
        """Removes one row."""
        with self.lock:
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (id,))

    def function(self, name: str, arguments: int, call: Callable[..., Value]) -> None:
        """Makes a Python function callable in conditions."""
        self._connection.create_function(name, arguments, call, deterministic=True)


_seeds: dict[Callable[[Store], None], Store] = {}


@atexit.register
def _close_seeds() -> None:
    for seed in _seeds.values():
        seed.close()


def _open(path: str) -> sqlite3.Connection:
    # Autocommit: transactions are opened by hand. The lock of the store keeps threads apart.
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def _schema(tables: Iterable[Table]) -> str:
    statements = []
    for table in tables:
        columns = [f"{name} {kind}" for name, kind in table.columns.items() if name != "id"]
        # AUTOINCREMENT: the id of a deleted row is not given out again.
        columns.insert(0, "id INTEGER PRIMARY KEY AUTOINCREMENT")
        statements.append(f"CREATE TABLE {table.name} ({', '.join(columns)});")
        statements += [f"CREATE INDEX {table.name}_by_{column} ON {table.name} ({column});" for column in table.indexes]
    return "\n".join(statements)


def _insert(table: str, row: Mapping[str, Value]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
