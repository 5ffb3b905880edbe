"""Analytics of ads: figures per ad account, campaign, ad group, ad, product group and pin. Source: wire.md section 11.

What a row of figures is: see `figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack

from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.parsing import parse_date

from .. import arguments, success
from ..account import Account
from ..answers import record, rows_of
from ..arguments import check_columns, days, listed, listed_ids, pieces, spans
from ..description import OPERATIONS, Operation
from ..figures import Figures, figures
from .record import RecordOperations

if TYPE_CHECKING:

    class Windows(TypedDict, total=False):
        """What analytics take besides columns and dates; each operation takes some of them."""

        click_window_days: int
        engagement_window_days: int
        view_window_days: int
        conversion_report_time: str
        reporting_timezone: str
        aggregate_report_rows: bool
        attribution_types: Iterable[str] | str


__all__ = ["BACK", "LEVELS", "LONG", "Analytics", "AnalyticsOperations", "Level"]


class Level(NamedTuple):
    """Where the figures of a kind of record come from: the operations, and the parameter that takes the ids."""

    analytics: str
    targeting: str
    ids: str


LEVELS = {
    "ad_accounts": Level("ad_account/analytics", "ad_account_targeting_analytics/get", ""),
    "campaigns": Level("campaigns/analytics", "campaign_targeting_analytics/get", "campaign_ids"),
    "ad_groups": Level("ad_groups/analytics", "ad_groups_targeting_analytics/get", "ad_group_ids"),
    "ads": Level("ads/analytics", "ad_targeting_analytics/get", "ad_ids"),
    "ad_pins": Level("ad_pins/analytics", "", "pin_ids"),
    # Under the name of catalog product groups: these are promotions (wire.md, section 10).
    "product_group_promotions": Level("product_groups/analytics", "", "product_group_ids"),
}
"""The kinds of records that have figures. Ad pins are the pins of one campaign, named by ``campaign_id=``."""

BACK = {"HOUR": 8}
"""How many days back figures reach by granularity; 90 for all others. Source: wire.md, section 11."""
LONG = {"HOUR": 3}
"""How many days a call may cover by granularity; 90 for all others."""


def _rows(body: Any) -> list[Figures]:
    """The rows of an answer: a list of them, or targets with their metrics."""
    if not isinstance(body, Mapping):
        return [figures(record(row)) for row in rows_of(body)]
    rows = []
    for target in map(record, rows_of(body, "data")):
        metrics = figures(record(target.pop("metrics", None) or {}))
        rows.append({**target, **metrics})
    return rows


def _level(name: str) -> Level:
    """The level of a name; an `UnknownNameError` with what is close to it."""
    if name not in LEVELS:
        raise UnknownNameError(f"there are no analytics of {name!r}", hint=did_you_mean(name, LEVELS))
    return LEVELS[name]


def _ranges(start: Any, end: Any, granularity: str) -> Iterator[tuple[date, date]]:
    """The ranges to ask for, each as long as one call may be; a `ClientError` for what only a report reaches."""
    first, last = days(start, end)
    back, longest = BACK.get(granularity, 90), LONG.get(granularity, 90)
    if (arguments.today() - first).days > back:
        if granularity == "HOUR":
            raise ClientError(
                f"analytics by HOUR reach back {back} days, not to {first}",
                hint='granularity="DAY" reaches back 90 days',
            )
        raise ClientError(f"analytics reach back {back} days, not to {first}", hint="report(...) reaches back 914 days")
    if granularity in ("DAY", "HOUR"):
        yield from spans(first, last, longest)
    elif (last - first).days > longest:
        # A week or a month that two calls share would come as two rows, each with a part of its figures.
        raise ClientError(
            f"one call covers {longest} days, and figures by {granularity} of parts do not add up",
            hint='granularity="DAY", or report(...)',
        )
    else:
        yield first, last


class Analytics(Account):
    """The figures of ads, for many records at once."""

    def analytics(
        self,
        level: str,
        ids: Any = None,
        columns: Iterable[str] | str = (),
        start: Any = None,
        end: Any = None,
        granularity: str = "DAY",
        *,
        ad_account_id: Any = None,
        campaign_id: Any = None,
        campaign_ids: Any = None,
        pin_ids: Any = None,
        **windows: Unpack[Windows],
    ) -> list[Figures]:
        """Figures of records: ``pin.analytics("campaigns", ["7"], ["SPEND_IN_DOLLAR"], "2026-10-01", "2026-10-31")``.

        level: "ad_accounts" (ids may be left out: the session's), "campaigns", "ad_groups", "ads", "ad_pins" (ids of
            pins, and campaign_id=) or "product_group_promotions".
        ids: ids or entities, any number: 250 (pins: 100) go into one call. For ads, campaign_ids= and pin_ids= may
            stand in place of ids.
        columns: any of Pinterest's, a list or text; ones that the description does not know are sent with a warning.
        start, end: days in UTC, both counted.
        granularity: "TOTAL", "DAY", "HOUR", "WEEK" or "MONTH".
        click_window_days, engagement_window_days, view_window_days: 0, 1, 7, 14, 30 or 60 (Pinterest takes 30, 30 and
            1 where they are left out).
        conversion_report_time: "TIME_OF_AD_ACTION" or "TIME_OF_CONVERSION".
        reporting_timezone, aggregate_report_rows: in beta, not for all levels.

        Pinterest gives figures of the last 90 days, by HOUR of the last 8 and 3 days a call: longer ranges by HOUR are
        split and joined, older ones refused; `report` reaches back 914 days. Returns a row per record and period.
        Source: wire.md, section 11.
        """
        found = _level(level)
        more = {"campaign_id": campaign_id, "campaign_ids": campaign_ids, "pin_ids": pin_ids}
        common = {"columns": columns, "granularity": granularity, **more, **windows}
        return self._figures(OPERATIONS[found.analytics], found, ids, start, end, ad_account_id, common)

    def targeting_analytics(
        self,
        level: str,
        ids: Any = None,
        targeting_types: Iterable[str] | str = (),
        columns: Iterable[str] | str = (),
        start: Any = None,
        end: Any = None,
        granularity: str = "DAY",
        *,
        ad_account_id: Any = None,
        **windows: Unpack[Windows],
    ) -> list[Figures]:
        """Figures of records by what they target: rows have `targeting_type` and `targeting_value` with their columns.

        level: "ad_accounts", "campaigns", "ad_groups" or "ads".
        targeting_types: "AGE_BUCKET", "GENDER", "KEYWORD" and others, 1 to 14 (ad accounts: 15).
        attribution_types: "INDIVIDUAL", "HOUSEHOLD".

        All else as for `analytics`. Source: wire.md, section 11.
        """
        found = _level(level)
        if not found.targeting:
            raise ClientError(f"Pinterest has no targeting analytics of {level}", hint="use analytics()")
        common = {"columns": columns, "granularity": granularity, "targeting_types": listed(targeting_types), **windows}
        if "attribution_types" in common:
            common["attribution_types"] = listed(common["attribution_types"])
        return self._figures(OPERATIONS[found.targeting], found, ids, start, end, ad_account_id, common)

    def _figures(
        self, operation: Operation, level: Level, ids: Any, start: Any, end: Any, account: Any, common: Figures
    ) -> list[Figures]:
        """The rows of all calls that cover the records and the days. common: what all of them ask for."""
        columns = listed(common.pop("columns"))
        check_columns(columns, operation.params["columns"].values, operation.id)
        ranges = list(_ranges(start, end, common["granularity"]))
        rows: list[Figures] = []
        for named in self._named(operation, level, ids, account, common):
            for first, last in ranges:
                params = {**common, **named, "columns": columns, "start_date": first, "end_date": last}
                # Columns are free, for more of them come than the description knows; all else is checked.
                request = operation.request(self._scoped(operation, params), free=("columns",))
                rows += self.exchange(request, lambda answer: _rows(success.checked_body(answer, operation)))
        return rows

    def _named(self, operation: Operation, level: Level, ids: Any, account: Any, common: Figures) -> Iterator[Figures]:
        """Whom the calls are about: ids, as many at once as the operation takes."""
        name = next(known for known, each in LEVELS.items() if each == level)
        model = self.registry.find("pins" if name == "ad_pins" else name)
        if not level.ids:
            accounts = [account]
            if ids is not None:
                accounts = listed_ids(ids, model, "ids")
            for one in accounts:
                yield {"ad_account_id": one}
            return
        where = {"ad_account_id": account}
        pairs = [common.get("campaign_ids"), common.get("pin_ids")]
        # By campaigns and pins: the second way to name ads, and both are wanted (wire.md, section 11).
        if level.ids == "ad_ids" and pairs != [None, None]:
            if ids is not None or None in pairs:
                raise ClientError("ads are named by their ids, or by campaign_ids= and pin_ids= together")
            yield where
            return
        given = [] if ids is None else ids
        many = list(dict.fromkeys(listed_ids(given, model, "ids")))  # an id named twice would be counted twice
        if not many:
            raise ClientError(f"{operation.id} needs the ids of {level.ids.removesuffix('_ids')}s")
        most = operation.params[level.ids].most or len(many)
        for some in pieces(many, most):
            yield {**where, level.ids: some}

    def metrics_ready(self, day: Any) -> Any:
        """Whether the figures of a day are complete. day: a date, in UTC.

        Source: the operation metrics_ready_state/get.
        """
        return self.call("metrics_ready_state/get", date=parse_date(day))


class AnalyticsOperations(RecordOperations):
    """Operations of a record that has figures of its own."""

    __slots__ = ()

    def analytics(
        self, columns: Iterable[str] | str, start: Any, end: Any, granularity: str = "DAY", **windows: Unpack[Windows]
    ) -> list[Figures]:
        """The figures of this record: a row per period.

        Arguments, limits and rows are those of `Pinterest.analytics`.

        >>> ad_group.analytics("SPEND_IN_DOLLAR", "2026-10-01", "2026-10-31", click_window_days=0)   # doctest: +SKIP
        """
        return self._account().analytics(
            self.collection, [self.id], columns, start, end, granularity, ad_account_id=self._account_id(), **windows
        )

    def targeting_analytics(
        self,
        targeting_types: Iterable[str] | str,
        columns: Iterable[str] | str,
        start: Any,
        end: Any,
        granularity: str = "DAY",
        **windows: Unpack[Windows],
    ) -> list[Figures]:
        """The figures of this record by what it targets: as `Pinterest.targeting_analytics`."""
        account = self._account_id()
        return self._account().targeting_analytics(
            self.collection,
            [self.id],
            targeting_types,
            columns,
            start,
            end,
            granularity,
            ad_account_id=account,
            **windows,
        )
