"""CSV: the declared columns, typed values as text, and nothing that a spreadsheet would run."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, NotLoaded, UnknownNameError
from adplatforms.data.export import write_csv


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_query_is_written_row_by_row(sandbox: Any, tmp_path: Path) -> None:
    t1 = sandbox.t1()
    path = tmp_path / "campaigns.csv"
    query = t1.campaigns.take(150)  # short rows would lack all but id and name
    assert query.to_csv(path, ["id", "name", "status", "start_date", "merit_pixel_id"]) == 150
    head, *body = rows(path.read_text("utf-8"))
    assert head == ["id", "name", "status", "start_date", "merit_pixel_id"]
    first = query.full().first()
    assert body[0][:4] == [str(first.id), first.name, str(first.status), first.start_date.isoformat()]
    assert len(body) == 150


def test_nested_values_are_json_and_nulls_empty(sandbox: Any) -> None:
    with sandbox.ttd() as ttd:
        ad_group = ttd.ad_groups.first()
        out = io.StringIO()
        assert write_csv([ad_group], out, ["id", "budget_summary", "description"]) == 1
    _, (id, budget, missing) = rows(out.getvalue())
    assert id == ad_group.id
    assert budget.startswith("{")
    assert missing == (ad_group.description or "")


def test_what_is_not_loaded_is_never_an_empty_cell(sandbox: Any) -> None:
    with sandbox.ttd() as ttd:
        ad_group = ttd.ad_groups.first()
        out = io.StringIO()
        with pytest.raises(NotLoaded, match="flight_budgets is not loaded"):
            write_csv([ad_group], out, ["id", "flight_budgets"])
        assert out.getvalue() == ""
        write_csv([ad_group], out)
    head, body = rows(out.getvalue())
    assert dict(zip(head, body, strict=True))["flight_budgets"] == "NotLoaded"
    short = sandbox.t1().campaigns.first()
    with pytest.raises(NotLoaded, match="full=True"):
        write_csv([short], io.StringIO(), ["status"])


@pytest.mark.parametrize("platform", ["t1", "ttd", "pinterest"])
def test_the_default_is_all_that_can_be_read(sandbox: Any, platform: str) -> None:
    session = getattr(sandbox, platform)()
    out = io.StringIO()
    assert session.campaigns.take(2).to_csv(out) == 2
    head, *body = rows(out.getvalue())
    model = session.campaigns.model
    assert head[:2] == ["id", "name"]
    assert set(head) == {name for name, field in model.__model__.fields.items() if not field.write_only}
    assert list(session.campaigns.first().to_dict())[:2] == ["id", "name"]
    if platform != "ttd":  # GraphQL does not have all fields of Workflows and REST
        assert not any("NotLoaded" in row for row in body)


def test_short_listings_are_asked_for_where_they_are_enough(sandbox: Any) -> None:
    t1 = sandbox.t1()
    for columns, wanted in ((["name"], None), (["name", "status"], "campaign"), (None, "campaign")):
        t1.campaigns.take(1).to_csv(io.StringIO(), columns)
        assert dict(sandbox.calls[-1].query).get("full") == wanted
    t1.campaigns.full().take(1).to_csv(io.StringIO(), ["status"])
    assert dict(sandbox.calls[-1].query)["full"] == "*"


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
