"""Single values: parsing, escaping, secrets, requests and answers."""

import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.auth import Auth
from adplatforms.core.errors import ClientError, ConnectError
from adplatforms.core.files import write_atomically
from adplatforms.core.messages import Answer, Request, path_segment
from adplatforms.core.parsing import from_epoch, parse_bool, parse_date, parse_datetime, parse_decimal, parse_int
from adplatforms.core.secrets import Secret, redact

NINE = datetime(2016, 11, 7, 9, 7, 57, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        "2016-11-07T09:07:57+0000",
        "2016-11-07T09:07:57+00:00",
        "2016-11-07T09:07:57",
        "2016-11-07T09:07:57Z",
        "2016-11-07 09:07:57",
        "2016-11-07T09:07:57 +0000",
        "2016-11-07T04:07:57-0500",
        "2016-11-07T14:37:57+05:30",
        "2016-11-07T09:07:57.000+0000",
        datetime(2016, 11, 7, 9, 7, 57),
        NINE,
    ],
)
def test_every_form_of_a_moment(given: Any) -> None:
    found = parse_datetime(given)
    assert found == NINE
    assert found.tzinfo is not None


def test_moments_keep_their_fraction_and_dates_become_midnight() -> None:
    assert parse_datetime("2016-11-07T09:07:57.25Z").microsecond == 250_000
    assert parse_datetime("2016-11-07") == parse_datetime(date(2016, 11, 7)) == datetime(2016, 11, 7, tzinfo=UTC)


@pytest.mark.parametrize("given", ["", "soon", "2016-13-01T00:00:00", "0000-00-00T00:00:00", 7, None, True, b"2016"])
def test_what_is_no_moment(given: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_datetime(given)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@settings(deadline=None, database=None)
@given(
    st.datetimes(min_value=datetime(1900, 1, 1), timezones=OFFSETS),
    st.sampled_from(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z"]),
)
def test_a_written_moment_reads_as_the_same(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_datetime(moment.strftime(form)) == moment


@pytest.mark.parametrize(
    ("given", "expected"),
    [(True, True), (0, False), ("1", True), ("0", False), ("TRUE", True), (" off ", False), ("on", True)],
)
def test_booleans(given: Any, expected: bool) -> None:
    assert parse_bool(given) is expected


@pytest.mark.parametrize("given", ["yes", "", 2, None, [], "10", -1])
def test_what_is_no_boolean(given: Any) -> None:
    with pytest.raises(ValueError, match="True or False"):
        parse_bool(given)


@pytest.mark.parametrize(("given", "expected"), [(7, 7), ("7", 7), (7.0, 7), ("-12", -12), (10**30, 10**30)])
def test_whole_numbers(given: Any, expected: int) -> None:
    assert parse_int(given) == expected


NO_NUMBER = r"whole number|finite number|invalid literal|int\(\) argument|Exceeds the limit|cannot convert"


@pytest.mark.parametrize("given", [True, 7.5, "7.5", "seven", "", None, float("nan"), float("inf"), "9" * 5000])
def test_what_is_no_whole_number(given: Any) -> None:
    with pytest.raises((ValueError, TypeError), match=NO_NUMBER):
        parse_int(given)


@pytest.mark.parametrize(("given", "expected"), [("1.10", "1.10"), (0.1, "0.1"), (3, "3"), (Decimal("2.50"), "2.50")])
def test_decimals_are_exact(given: Any, expected: str) -> None:
    assert str(parse_decimal(given)) == expected


@pytest.mark.parametrize("given", ["NaN", "Infinity", float("inf"), True, "1,5", None, ""])
def test_what_is_no_decimal(given: Any) -> None:
    with pytest.raises(ValueError, match="expected a"):
        parse_decimal(given)


def test_dates_and_epochs() -> None:
    assert parse_date("2026-02-28") == parse_date(datetime(2026, 2, 28, 23)) == date(2026, 2, 28)
    assert parse_date("2026-02-28T23:00:00+0000") == date(2026, 2, 28)
    assert from_epoch(0) == from_epoch("0") == datetime(1970, 1, 1, tzinfo=UTC)
    assert from_epoch(-86_400).year == 1969
    with pytest.raises(ValueError, match=r"."):
        parse_date(7)


@pytest.mark.parametrize(
    ("given", "expected"), [("1/../users", "1%2F..%2Fusers"), ("a?b#c&d", "a%3Fb%23c%26d"), (7, "7"), ("é", "%C3%A9")]
)
def test_a_path_segment_stays_one_segment(given: object, expected: str) -> None:
    assert path_segment(given) == expected


@pytest.mark.parametrize("given", ["", ".", "..", "a\nb", "\x00"])
def test_what_cannot_be_a_path_segment(given: str) -> None:
    with pytest.raises(ClientError, match="cannot be part of a URL"):
        path_segment(given)


def test_a_secret_is_never_shown() -> None:
    secret = Secret("hunter2")
    assert secret.reveal() == "hunter2"
    assert bool(secret)
    assert not Secret("")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]} {vars(Auth())}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secret)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Auth())


def test_secrets_are_masked_plain_and_as_they_stand_in_a_url() -> None:
    secrets = [Secret("p@ss word/1"), Secret(""), Secret("abc")]
    text = "p@ss word/1 p%40ss%20word%2F1 p%40ss+word%2F1 abc"
    assert redact(text, secrets) == "*** *** *** abc"


def test_a_request_shows_its_query_and_its_label_does_not() -> None:
    request = Request("GET", "api/v2.0/campaigns", (("q", "a"),)).adding(("q", "b"))
    assert str(request) == "GET api/v2.0/campaigns  q=a  q=b"
    assert request.label == "GET api/v2.0/campaigns"


def test_an_answer_is_excerpted_as_text() -> None:
    answer = Answer(502, {"content-type": "Text/HTML; charset=x"}, b"<h1>Bad\n gateway</h1>" + b"x " * 500, None)  # type: ignore[arg-type]
    assert answer.content_type == "text/html"
    assert answer.excerpt(30) == "Bad gateway x x x x x x x x x…"
    assert len(answer.excerpt(30)) == 30
    assert Answer(200, {}, b"\xff", None).content_type == ""  # type: ignore[arg-type]


def test_a_download_that_is_cut_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    assert write_atomically(iter([b"whole ", b"file"]), path) == 10

    def cut() -> Iterator[bytes]:
        yield b"half"
        raise ConnectError("cut off")

    with pytest.raises(ConnectError, match="cut off"):
        write_atomically(cut(), path)
    assert (path.read_bytes(), [each.name for each in tmp_path.iterdir()]) == (b"whole file", ["report.csv"])


def test_a_download_takes_the_place_of_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path, link = tmp_path / "report.csv", tmp_path / "latest.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to(path)
    write_atomically(iter([b"new"]), link)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o600, True)
    fresh = tmp_path / "fresh.csv"
    write_atomically(iter([b"new"]), fresh)
    (tmp_path / "usual").write_bytes(b"")
    assert fresh.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_secret_of_four_characters_is_masked() -> None:
    """Shorter ones are no credentials, and masking them would garble words."""
    assert redact("wxyz, and w%2Fyz, abc", [Secret("wxyz"), Secret("w/yz"), Secret("abc")]) == "***, and ***, abc"
