"""The part of an entity that knows of time zones: what "1 December" means where a record runs."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar

from .currency import zone_of
from .errors import ClientError, NaiveTimeWarning, NotLoaded, warn
from .moments import read_on_clock, taken_as_utc, zone_named
from .record import Record
from .state import EntityState

if TYPE_CHECKING:
    from .field import Field

__all__ = ["Zoned"]


class Zoned(Record):
    """A record that runs in a time zone, as far as the platform tells it."""

    __slots__ = ()

    _zone_at: ClassVar[tuple[str, ...]] = ()
    """Where the name of the time zone stands: fields of this record or, with dots, of related ones."""

    def local(
        self,
        year: int,
        month: int,
        day: int,
        hour: int = 0,
        minute: int = 0,
        second: int = 0,
        *,
        zone: str | tzinfo | None = None,
        fold: int = 0,
    ) -> datetime:
        """The moment at which the clocks where this record runs show a date and time, as an aware datetime.

        ``campaign.local(2026, 12, 1)`` is the start of that day in the campaign's time zone, and
        ``campaign.local(2026, 12, 1, 9, 30)`` half past nine. zone: another one, an IANA name or a `tzinfo`. fold:
        1 for the second of two equal times, where clocks are turned back; without it the first one counts. A time
        that is left out where clocks are put forward is as long after the change: 2:30 becomes 3:30.

        Sends nothing. Raises `NotLoaded` where the zone stands in a field that did not come along, `ClientError`
        where no fact says which field would have it, `InvalidValueError` for what is not a zone, a date or a time.
        """
        clock = zone_named(self._zone() if zone is None else zone)
        return read_on_clock(clock, year, month, day, hour, minute, second, fold=fold)

    def _zone(self) -> str:
        """The name of the time zone, which must be loaded."""
        found = zone_of(self)  # type: ignore[arg-type]
        if found:
            return found
        cure = 'or name the zone: local(..., zone="America/New_York")'
        paths = self.__model__.zone_paths
        if not paths:
            platform = self.__model__.registry.platform
            raise ClientError(
                f"{platform} does not say in which time zone a {self.__model__.label} runs", hint=cure[3:]
            )
        own = [path for path in paths if path in self.__model__.fields]
        where = " or ".join(own or paths)
        is_new = EntityState(self).is_new
        if is_new:
            raise NotLoaded(f"{self._label()} has no time zone yet", hint=f"set {where} first, {cure}")
        raise NotLoaded(
            f"the time zone of {self._label()} is not loaded, {where} would tell it", hint=f"refresh() loads it, {cure}"
        )

    def _taken_as_utc(self, field: Field[Any], value: Any) -> None:
        state = EntityState(self)
        cure = 'local(2026, 12, 1, zone="America/New_York") is a day elsewhere'
        zone = zone_of(self)  # type: ignore[arg-type]
        if zone:
            cure = f"this record runs in {zone}, and local(2026, 12, 1) is a day there"
        elif self.__model__.zone_paths:
            cure = "local(2026, 12, 1) is a day in the time zone of the record"
        message = f"{state.label}.{field.name}: {taken_as_utc(value)} (told once a session); {cure}"
        if state.session is None:
            warn(message, NaiveTimeWarning)
        else:
            state.session.warn_once(message, NaiveTimeWarning)
