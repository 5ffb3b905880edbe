"""CSV: the declared columns, typed values as text, and nothing that a spreadsheet would run."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, UnknownNameError
from adplatforms.core.export import write_csv


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_query_is_written_row_by_row(sandbox: Any, tmp_path: Path) -> None:
    t1 = sandbox.t1()
    path = tmp_path / "campaigns.csv"
    query = t1.campaigns.full().take(150)
    assert query.to_csv(path, ["id", "name", "status", "start_date", "merit_pixel_id"]) == 150
    head, *body = rows(path.read_text("utf-8"))
    assert head == ["id", "name", "status", "start_date", "merit_pixel_id"]
    first = query.first()
    assert body[0][:4] == [str(first.id), first.name, str(first.status), first.start_date.isoformat()]
    assert len(body) == 150


def test_nested_values_are_json_and_missing_ones_empty(sandbox: Any) -> None:
    with sandbox.ttd() as ttd:
        ad_group = ttd.ad_groups.first()
        out = io.StringIO()
        assert write_csv([ad_group], out, ["id", "budget_summary", "flight_budgets"]) == 1
    _, (id, budget, missing) = rows(out.getvalue())
    assert id == ad_group.id
    assert budget.startswith("{")
    assert missing == ""


def test_all_declared_fields_are_the_default(sandbox: Any) -> None:
    out = io.StringIO()
    campaign = sandbox.t1().get("campaigns", 7)
    assert write_csv([campaign], out) == 1
    assert rows(out.getvalue())[0] == list(type(campaign)._fields)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-cmd", "@sum", "\tx"])
def test_formulas_are_disarmed_on_request(sandbox: Any, name: str) -> None:
    campaign = sandbox.t1().new("campaign", name=name, goal_value=-1.5)
    written = {}
    for guard in (False, True):
        out = io.StringIO(newline="")
        write_csv([campaign], out, ["name", "goal_value"], guard_formulas=guard)
        written[guard] = next(csv.reader(io.StringIO(out.getvalue().partition("\r\n")[2], newline="")))
    assert written == {False: [name, "-1.5"], True: ["'" + name, "-1.5"]}


def test_an_unknown_column_is_told_and_nothing_written(sandbox: Any) -> None:
    out = io.StringIO()
    with pytest.raises(UnknownNameError, match="did you mean 'name'"):
        sandbox.t1().campaigns.take(3).to_csv(out, ["naem"])
    with pytest.raises(ClientError, match="takes a list"):
        write_csv([], out, "name")
    assert out.getvalue() == ""
