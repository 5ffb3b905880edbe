"""Audience and targeting segments of a strategy: assign, unassign, estimate the price.

Source: wire.md sections 4 and 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, InvalidValueError
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.relations import Row

from ..entities.base import T1Entity
from ..forms import id_of, numbered, one_of, pairs, several
from ..read import CONTENT
from ..routes import JSON
from ..state import T1State
from .base import accepts

__all__ = ["SegmentOperations", "StrategySegment", "removal_form", "segment_form"]

_MORE = ("group_identifier", "operator", "user_cpm")
"""What a form may say of a segment besides its id."""


def segment_form(kind: str, include: Any, exclude: Any, include_op: str | None, exclude_op: str | None) -> Pairs:
    """``segments.1.id``, ``.restriction`` and so on, then ``include_op`` and ``exclude_op``. `kind`: "audience" or
    "targeting"."""
    included = [_segment(kind, item, "INCLUDE") for item in several(include)]
    excluded = [_segment(kind, item, "EXCLUDE") for item in several(exclude)]
    operators = {"include_op": include_op, "exclude_op": exclude_op}
    checked = {name: one_of(name, op, "AND OR") for name, op in operators.items() if op is not None}
    return (*numbered("segments", [*included, *excluded]), *pairs(checked))


def _segment(kind: str, item: Any, restriction: str) -> Row:
    """A segment as the form has it, from an id, a segment, a strategy's segment, or a dict that says more."""
    values: Mapping[str, Any] = {}
    if _is_link(item, kind):
        values = T1State(item).values
    elif isinstance(item, Mapping):
        values = item
        unknown = sorted(set(item) - {"id", *_MORE})
        if unknown:
            raise InvalidValueError(f"a segment takes its id, {', '.join(_MORE)}, not {', '.join(unknown)}")
    segment = {"id": _segment_id(kind, item), "restriction": restriction}
    return {**segment, **{name: values[name] for name in _MORE if values.get(name) not in (None, "")}}


def _is_link(item: Any, kind: str) -> bool:
    """Whether an item is a strategy's segment, which names the segment itself in a field."""
    return isinstance(item, Entity) and f"{kind}_segment_id" in T1State(item).values


def _segment_id(kind: str, item: Any) -> int:
    """The id of the segment that an item is, or that it links to."""
    key = f"{kind}_segment_id" if _is_link(item, kind) else "id"
    return id_of(item, f"{kind}_segment", key)


class SegmentOperations(T1Entity):
    """Extra operations of a strategy on its segments."""

    def get_audience_segments(self) -> list[Any]:
        """Its `StrategyAudienceSegment`s."""
        return self._children("audience_segments")

    def get_targeting_segments(self) -> list[Any]:
        """Its `StrategyTargetingSegment`s."""
        return self._children("targeting_segments")

    def set_audience_segments(
        self, include: Any = None, exclude: Any = None, include_op: str | None = None, exclude_op: str | None = None
    ) -> None:
        """Assigns audience segments: ``strategy.set_audience_segments(include=[101, 102], exclude=[103])``.

        include, exclude: ids, segments, or dicts such as ``{"id": 101, "group_identifier": "g1"}``. include_op,
        exclude_op: AND or OR, how they are joined; T1's own where left out. The facts do not say whether segments
        that are not named stay assigned: `remove_audience_segments` takes them off for certain.
        """
        self._send_segments("audience", segment_form("audience", include, exclude, include_op, exclude_op))

    def set_targeting_segments(
        self, include: Any = None, exclude: Any = None, include_op: str | None = None, exclude_op: str | None = None
    ) -> None:
        """As `set_audience_segments`, for targeting segments; a dict may also say `operator` and `user_cpm` (price per
        thousand impressions)."""
        self._send_segments("targeting", segment_form("targeting", include, exclude, include_op, exclude_op))

    def remove_audience_segments(self, segments: Any) -> None:
        """Unassigns audience segments: those of `get_audience_segments`, or a list of ids.

        An id goes with the restriction it has now, which costs a look; the segment itself knows it.
        """
        self._remove("audience", segments)

    def remove_targeting_segments(self, segments: Any) -> None:
        """As `remove_audience_segments`, for targeting segments."""
        self._remove("targeting", segments)

    def estimate_audience_segments(
        self, include: Any = None, exclude: Any = None, include_op: str | None = None, exclude_op: str | None = None
    ) -> dict[str, Any]:
        """The price estimate of these segments, as T1 gives it; nothing is assigned. Arguments as for
        `set_audience_segments`. The facts do not name what is in the estimate; it is asked for in JSON, the only
        format they show."""
        return self._estimate("audience", segment_form("audience", include, exclude, include_op, exclude_op))

    def estimate_targeting_segments(
        self, include: Any = None, exclude: Any = None, include_op: str | None = None, exclude_op: str | None = None
    ) -> dict[str, Any]:
        """As `estimate_audience_segments`, for targeting segments."""
        return self._estimate("targeting", segment_form("targeting", include, exclude, include_op, exclude_op))

    def save_audience_segments(self, data: Mapping[str, Any]) -> None:
        """The classic call: sends the form as it is (``segments.1.id``, ``segments.1.restriction``, ...)."""
        self._send_segments("audience", pairs(data))

    def save_targeting_segments(self, data: Mapping[str, Any]) -> None:
        """The classic call: sends the form as it is (``segments.1.id``, ``segments.1.operator``, ...)."""
        self._send_segments("targeting", pairs(data))

    def get_retired_audience_segments(self) -> list[Any]:
        """Its `RetiredStrategyAudienceSegment`s: assigned, but withdrawn by their vendors."""
        return self._children("retired_audience_segments")

    def remove_retired_audience_segments(self, ids: Any) -> None:
        """Takes off retired segments, given by their own ids or as `get_retired_audience_segments` lists them."""
        rows = [{"id": _segment_id("retired_audience", item)} for item in several(ids, required=True)]
        self._call("POST", "retired_audience_segments", numbered("retired_segments", rows))

    def get_retired_targeting_segments(self) -> list[Any]:
        """Its retired targeting segments, as generic entities."""
        return self._children("retired_targeting_segments")

    def _send_segments(self, kind: str, form: Pairs) -> None:
        """Sends a form of segments; those of the strategy are read again when they are touched."""
        self._call("POST", f"{kind}_segments", form)
        # The answer is a list that the classic SDK ignores (wire.md section 4): what is assigned now is read again.
        self._replace(f"strategy_{kind}_segments", None)

    def _remove(self, kind: str, segments: Any) -> None:
        """Unassigns segments, given by id or as the strategy's own. An id is looked up first, for its restriction."""
        items = several(segments, required=True)
        links = [item for item in items if isinstance(item, StrategySegment)]
        ids = {id_of(item, f"{kind}_segment") for item in items if not isinstance(item, StrategySegment)}
        if ids:
            assigned = {_segment_id(kind, link): link for link in self._children(f"{kind}_segments")}
            unknown = sorted(ids - set(assigned))
            if unknown:
                raise ClientError(f"{self._label()} has no {kind} segment {unknown[0]}")
            links += [assigned[number] for number in sorted(ids)]
        if links:
            self._send_segments(kind, removal_form(kind, links))

    def _estimate(self, kind: str, form: Pairs) -> dict[str, Any]:
        """What T1 says of the price of segments. The POST changes nothing, so it is repeated like a read."""
        page = self._call("POST", f"{kind}_segments/cpm", form, accept=JSON, writes=False, reader=CONTENT)
        if not page.rows:
            return {}
        estimate = page.rows[0].get("prop", page.rows[0])
        if isinstance(estimate, list) and estimate:
            estimate = estimate[0]
        return dict(estimate)


def removal_form(kind: str, segments: Iterable[Any]) -> Pairs:
    """The form that unassigns segments: a minus before the id, and the restriction and group that each has."""
    rows = []
    for segment in segments:
        values = T1State(segment).values
        # A minus unassigns, and both operators go along (wire.md section 4, Strategy...Segment.remove).
        row = {"id": -id_of(segment, f"{kind}_segment", f"{kind}_segment_id")}
        rows.append({**row, **{name: values.get(name) for name in ("restriction", "group_identifier")}})
    return (*numbered("segments", rows), ("exclude_op", "OR"), ("include_op", "OR"))


class StrategySegment(T1Entity):
    """Extra operations of the segments of a strategy."""

    _kind = ""

    def remove(self) -> None:
        """Unassigns the segment from its strategy; the object is empty afterwards.

        T1 takes the operators along with it and gets OR for both, as from the classic SDK: where the strategy joins
        its segments by AND, set `audience_segment_include_op` and the like again.
        """
        session = self._attached("remove it from")
        strategy_id = self._values.get("strategy_id") or self.parent_id
        path = T1State(session.reference("strategies", strategy_id)).path()
        form = removal_form(self._kind, [self])
        request = Request("POST", f"{path}/{self._kind}_segments", form=form, headers=accepts(session), writes=True)
        session.fetch_page(request)
        self._emptied(f"{self._label()} was removed from strategy {strategy_id}")
