"""Reports: figures as CSV, streamed. Source: wire.md sections 9 and 11, recorded replies reports_meta.json and
performance.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from adplatforms.core.errors import (
    AdPlatformsError,
    APIError,
    ClientError,
    ParserException,
    UnknownFieldError,
    UnknownNameError,
    UnreadableValueError,
    did_you_mean,
)
from adplatforms.core.messages import Answer, Pairs, Request, Stream
from adplatforms.core.parsing import parse_bool, parse_date, parse_datetime, parse_int

from .report_filters import conditions, text
from .report_rows import read_report

if TYPE_CHECKING:
    from .session import T1

__all__ = ["PARAMETERS", "Report"]

SERVICES = {None: "reporting/v1/std", "beta": "reporting-beta/v1/std"}
PARAMETERS = (
    "dimensions",
    "metrics",
    "filter",
    "having",
    "order",
    "time_rollup",
    "time_window",
    "start_date",
    "end_date",
    "precision",
    "page_limit",
    "page_offset",
)
"""The parameters that the vendor's documents name. Others are sent as they are."""

_CONDITIONS = ("filter", "having")
_OWN = ("session", "report", "version", "parameters")


class Report:
    """One report of T1's reporting service: set its parameters, then `get` its rows.

    report: its name, such as "performance"; it may carry a query (``deals?v1``). properties: parameters to start
    with. version: None, "beta", or the path of another reporting service. Parameters are attributes:

    | parameter | value |
    | --- | --- |
    | dimensions, metrics, order | a list of names, or their text joined by commas; order: ``-clicks`` is descending |
    | filter, having | ``{"campaign_id": 7}``; ``{"clicks": (">", 10)}``; a list of (name, operator, value) |
    | | or text as T1 writes it: ``clicks>10&campaign_id=7``. `filters.EQUALS` becomes the ``=`` that reports have |
    | start_date, end_date | a date, a datetime, or text: YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh[:mi[:ss]] |
    | time_window | yesterday, last_X_days, month_to_date, campaign_to_date: what the report's metadata lists |
    | time_rollup | by_day, by_week, by_month or all |
    | precision, page_limit, page_offset, any other | sent as they are |

    A datetime with a zone is sent in UTC: the documents do not say which zone a report reads, its metadata names one.
    Several values of one filter, ``{"campaign_id": [1, 2]}``, are joined by commas as all lists are; no document
    shows one. None and an empty list take a parameter back.

    >>> report = t1.new("report", "performance", dimensions=["campaign_id"], metrics=["clicks"])
    >>> report.filter = {"organization_id": 100001}
    >>> report.start_date, report.end_date = "2026-01-01", "2026-01-31"
    >>> report
    <Report performance dimensions=['campaign_id'] metrics=['clicks'] ...>
    """

    session: T1
    report: str | None
    version: str | None
    parameters: dict[str, Any]

    def __init__(
        self,
        session: T1,
        report: str | None = None,
        properties: Mapping[str, Any] | None = None,
        version: str | None = None,
        **more: Any,
    ) -> None:
        if version not in SERVICES and "/" not in str(version):
            raise UnknownNameError(
                f"no version {version!r} of the reports", hint='None, "beta" or the path of a service'
            )
        self.session, self.report, self.version = session, report, version
        self.parameters = {}
        # Past `__setattr__`, which takes every name for a parameter.
        self.__dict__["_metadata"] = {}
        if properties is not None and not isinstance(properties, Mapping):
            raise ClientError(
                f"the parameters of a report are a dict, not {properties!r}",
                hint='properties={"dimensions": ["campaign_id"]}',
            )
        self.set({**(properties or {}), **more})

    # parameters

    def set(self, data: Mapping[str, Any]) -> None:
        """Sets several parameters."""
        for name, value in data.items():
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _OWN:
            self.__dict__[name] = value
            return
        if name.startswith("_") or hasattr(type(self), name):
            raise UnknownFieldError(f"{name!r} is not a parameter of a report")
        from difflib import get_close_matches

        # Parameters that no document names are sent as they are, so only what looks like a misspelt one is refused.
        close = get_close_matches(name, PARAMETERS, 1, 0.75)
        if close and name not in PARAMETERS:
            raise UnknownFieldError(
                f"reports have no {name!r}",
                hint=f"did you mean {close[0]!r}? parameters[{name!r}] = ... sends it all the same",
            )
        self.parameters[name] = value

    def __getattr__(self, name: str) -> Any:
        # Copying and pickling ask for attributes before there are any.
        parameters = self.__dict__.get("parameters", {})
        if name in parameters:
            return parameters[name]
        if name in PARAMETERS:
            return None
        raise UnknownFieldError(f"reports have no {name!r}", hint=did_you_mean(name, PARAMETERS, most=1))

    def __dir__(self) -> Iterable[str]:
        return sorted({*object.__dir__(self), *PARAMETERS, *self.parameters})

    def __repr__(self) -> str:
        given = [f"{name}={value!r}" for name, value in self.parameters.items() if value is not None]
        return f"<Report {' '.join([self.report or '(no name)', *given])}>"

    def params(self) -> Pairs:
        """The query, as it is sent. Raises `ClientError` for what cannot be written."""
        given = {name: value for name, value in self.parameters.items() if value is not None}
        texts = {name: conditions(v) if name in _CONDITIONS else text(v, name) for name, v in given.items()}
        return tuple((name, written) for name, written in texts.items() if written)

    # what there is

    @property
    def metadata(self) -> dict[str, Any]:
        """What T1 says about this report (Name, Description, structure, time_windows, ...), or, without a name, about
        all: ``{"reports": {name: {...}}}``. Asked for once."""
        return self._about(self.report)

    def report_uri(self, report: str | None = None) -> str:
        """The name that a report has in URLs, which may differ from its own; by default this one's.

        Raises `ClientError` for one that does not exist.
        """
        name = report or self._name()
        if name == self.report and name in self.__dict__["_metadata"]:
            found = self.metadata
        else:
            known = self._about(None).get("reports", {})
            if name not in known:
                raise UnknownNameError(f"no report {name!r}", hint=did_you_mean(name, known))
            found = known[name]
        return str(found["URI_Data"]).rstrip("/").rpartition("/")[2]

    def _about(self, name: str | None) -> dict[str, Any]:
        """The metadata of a report, or of all; asked for once."""
        cache: dict[str | None, dict[str, Any]] = self.__dict__["_metadata"]
        if name not in cache:
            request = self._request(name, "/meta") if name else self._request("meta")
            cache[name] = self.session.exchange(request, self._json)
        return cache[name]

    # rows

    def get(self, as_dict: bool = False) -> tuple[list[str], Any]:
        """Runs the report: the headers and an iterator of its rows, which are lists of text, or dicts of text.

        Rows are read while they arrive, so a report may be larger than memory. Raises `ClientError` or `APIError`
        with T1's message and its `reason`; between rows `TransportError` when the connection breaks, and
        `ParserException` for a row that is not whole, which it names (see `read_report`).
        """
        request = self._request(self._name(), params=self.params())
        headers, rows = read_report(self.session.stream(request, self._check))
        if as_dict:
            return headers, (dict(zip(headers, row, strict=True)) for row in rows)
        return headers, rows

    def rows(self) -> Iterator[dict[str, Any]]:
        """Runs the report: each row as a dict of typed values.

        int, float, bool, date and aware datetime where the metadata gives the type of a column, text elsewhere, None
        for an empty value. Raises what `get` does, and `UnreadableValueError` for a value that is not of its type.
        """
        columns = self._columns()
        headers, rows = self.get()
        readers = [columns.get(name, str) for name in headers]
        for number, row in enumerate(rows, 1):
            cells = zip(headers, readers, row, strict=True)
            yield {name: _typed(name, reader, value, number) for name, reader, value in cells}

    def validate(self) -> None:
        """Asks T1 whether the report could run as it is set, without running it; raises what `get` would raise."""
        request = self._request(self._name(), "/validate", self.params())
        self.session.exchange(request, self._confirmed)

    def _columns(self) -> dict[str, Callable[[str], Any]]:
        """How each column reads, by name."""
        structure = self.metadata.get("structure") or {}
        found: dict[str, Callable[[str], Any]] = {"start_date": parse_date, "end_date": parse_date}
        for part in ("dimensions", "metrics"):
            # Read in two forms: the sources do not say whether it is a dict by name or a list of columns.
            for name, kind in _types(structure.get(part)):
                found[name] = _reader(kind)
        return found

    def _name(self) -> str:
        """The name of the report. Raises `ClientError` without one."""
        if not self.report:
            raise ClientError("the report has no name", hint='t1.new("report", "performance")')
        return self.report

    def _request(self, name: str, below: str = "", params: Pairs = ()) -> Request:
        """A path of the service. A name's own query comes first: ``deals?v1`` below "/meta" is ``deals/meta?v1``."""
        # The beta service has names with a query of their own, deals?v1 (wire.md section 9).
        name, mark, query = name.partition("?")
        base = SERVICES.get(self.version, self.version)
        # Whatever is asked for, figures come as CSV (wire.md section 9).
        return Request("GET", f"{base}/{name}{below}{mark}{query}", params, headers={"Accept": "*/*"})

    # answers

    def _check(self, stream: Stream) -> None:
        """Raises the error of an answer that is not CSV. T1 says with HTTP status what went wrong with a report, and
        sends an envelope in XML with it; a success may come without a content type."""
        kind = stream.headers.get("content-type", "").lower()
        if 200 <= stream.status < 300 and not any(word in kind for word in ("xml", "json", "html")):
            return
        answer = stream.answer()
        self._confirmed(answer)
        raise APIError(
            f"no figures but {answer.content_type}: {answer.excerpt()}",
            status=answer.status,
            request=answer.request.label,
        )

    def _confirmed(self, answer: Answer) -> None:
        """Raises the error of an envelope, with the reason that reports give."""
        try:
            self.session.dialect.page(answer)
        except AdPlatformsError as error:
            reason = re.search(rb"<status\b[^>]*\breason=[\"']([^\"']*)", answer.content)
            if reason and not isinstance(error, ParserException):
                from html import unescape

                text = unescape(reason.group(1).decode("utf-8", "replace"))
                vars(error).update(reason=text, hint=f"reason: {text}")
            raise

    def _json(self, answer: Answer) -> dict[str, Any]:
        """The metadata of an answer: JSON without T1's envelope."""
        if not (200 <= answer.status < 300 and "json" in answer.content_type):
            self._confirmed(answer)
        try:
            found = orjson.loads(answer.content)
        except orjson.JSONDecodeError as problem:
            raise ParserException(f"T1 sent metadata that cannot be read: {problem}") from None
        if isinstance(found, dict) and isinstance(found.get("meta"), dict):
            self._confirmed(answer)  # an envelope instead: the error in it
        if not isinstance(found, dict) or not {"reports", "structure", "URI_Data", "Name"} & found.keys():
            raise ParserException("T1 sent metadata of an unknown shape")
        return found


def _types(part: Any) -> Iterator[tuple[str, str]]:
    """Names and types out of the metadata's structure: a dict by name, or a list of columns that name themselves."""
    columns: Iterable[tuple[Any, Any]] = ((None, column) for column in part or ())
    if isinstance(part, Mapping):
        columns = part.items()
    for name, column in columns:
        if isinstance(column, Mapping):
            yield str(name or column.get("name")), str(column.get("type") or "").lower()


def _reader(kind: str) -> Callable[[str], Any]:
    """How a type reads. The documents do not list the types' names, so they are recognised by their first letters."""
    found = (read for start, read in _READERS.items() if kind.startswith(start))
    return next(found, str)


def _typed(name: str, read: Callable[[str], Any], value: str, number: int) -> Any:
    """A cell as its type reads; None for an empty one. name, number: its column and row, for messages."""
    if value == "":
        return None
    try:
        return read(value)
    except ValueError:
        raise UnreadableValueError(f"{name} in row {number} is {value!r}, which is not of its type") from None


# The first that fits counts, so the longer names stand before the shorter ones.
_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("int", "long", "count"), parse_int),
    **dict.fromkeys(("float", "double", "decimal", "num", "currency", "money", "percent"), float),
    "bool": parse_bool,
    "datetime": parse_datetime,
    "timestamp": parse_datetime,
    "date": parse_date,
}
