"""Fields that are credentials: masked wherever a record is shown."""

import copy
import json
import pickle
from types import SimpleNamespace

import pytest

from adplatforms.core.masked import MaskedText, declare_secret, mask_members, mask_row

declare_secret("pass_word")


def test_masked_text_shows_nothing_and_keeps_its_value() -> None:
    masked = MaskedText.of("s3cret")
    shown = [str(masked), repr(masked), f"{masked}", json.dumps([masked]), f"{vars(SimpleNamespace(a=masked))}"]
    assert not any("s3cret" in text for text in shown)
    assert (masked.reveal(), str(masked)) == ("s3cret", "***")
    assert copy.deepcopy([masked])[0].reveal() == copy.copy(masked).reveal() == "s3cret"


def test_masked_texts_are_equal_by_what_they_stand_for() -> None:
    assert MaskedText.of("one") == MaskedText.of("one") == "one"
    assert MaskedText.of("one") != MaskedText.of("two")
    assert MaskedText.of("one") != "***"
    assert hash(MaskedText.of("one")) == hash("one")


def test_a_pickle_has_no_value() -> None:
    pickled = pickle.dumps({"pass_word": MaskedText.of("s3cret")})
    assert b"s3cret" not in pickled
    masked = pickle.loads(pickled)["pass_word"]
    assert masked.withheld
    assert masked not in (MaskedText.of("***"), "***", MaskedText.of("s3cret"))
    with pytest.raises(ValueError, match="left out of a pickle"):
        masked.reveal()


@pytest.mark.parametrize(
    "text",
    [
        '{"id": 7, "pass_word": "s3\\"cret", "name": "x"}',
        '{"pass_word":"s3cr',
        "{'pass_word': 's3cret', 'name': \"it's\"}",
        '{"pass_word": 53.7}',
        '<prop name="pass_word" value="s3cret"/>',
        "id=7&pass_word=s3cret&name=x",
    ],
)
def test_members_are_masked_by_name_in_every_format(text: str) -> None:
    masked = mask_members(text)
    assert "***" in masked
    assert not {"s3", "cret", "53"} & {part for part in ("s3", "cret", "53") if part in masked}
    assert masked.count("name") == text.count("name")


@pytest.mark.parametrize(
    "text", ['{"pass_word": null}', '{"pass_word": ""}', "my_pass_word=1", "the pass_word is wrong"]
)
def test_what_is_no_value_stays(text: str) -> None:
    assert mask_members(text) == text


def test_a_row_is_masked_at_any_depth_and_only_where_it_has_to_be() -> None:
    row = {"id": 7, "parents": [{"id": 8, "pass_word": "s3cret"}], "tags": ["a"]}
    masked = mask_row(row)
    assert "s3cret" not in repr(masked)
    assert (masked["tags"], masked["parents"][0]["id"], row["parents"][0]["pass_word"]) == (["a"], 8, "s3cret")
    plain = {"id": 7, "parents": [{"pass_word": ""}, {"pass_word": None}]}
    assert mask_row(plain) is plain
