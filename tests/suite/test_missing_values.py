"""What stands for a missing value in a data frame is refused by every field of a record that was read."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from platforms import Platform

from adplatforms.core.errors import InvalidValueError

np, pd = pytest.importorskip("numpy"), pytest.importorskip("pandas")

MISSING = {
    "NaN": float("nan"),
    "infinity": float("inf"),
    "NumPy's NaN": np.float32("nan"),
    "NaT": pd.NaT,
    "NA": pd.NA,
    "NumPy's NaT": np.datetime64("NaT", "s"),
    "decimal NaN": Decimal("NaN"),
    "signalling NaN": Decimal("sNaN"),
}


@pytest.mark.parametrize("missing", MISSING)
def test_every_field_refuses_it(missing: str, session: Any, platform: Platform) -> None:
    """A field that came with a value compares the new one with it: NA does not answer that with true or false."""
    one = session.get(platform.collection, session.query(platform.collection).first().id)
    tried = [name for name, field in one.__model__.fields.items() if not (field.readonly or field.create_only)]
    assert tried
    for name in tried:
        with pytest.raises(InvalidValueError, match=rf"{name}\b"):
            setattr(one, name, MISSING[missing])
    assert one.changes() == {}


def test_arrays_and_frames_are_refused_by_name(session: Any, platform: Platform) -> None:
    one = session.get(platform.collection, session.query(platform.collection).first().id)
    for wrong in (np.array([1, 2]), pd.Series([1, 2]), pd.DataFrame({"a": [1]}), datetime.timedelta(1)):
        with pytest.raises(InvalidValueError, match="name"):
            one.name = wrong
