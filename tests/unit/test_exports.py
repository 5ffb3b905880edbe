"""What `adplatforms` offers at its top: each name is imported when it is first asked for."""

import subprocess
import sys

import pytest

import adplatforms
import adplatforms.core.errors
import adplatforms.core.filters
import adplatforms.pinterest
import adplatforms.ttd
import terminalone
from adplatforms.sandbox import Sandbox


def test_the_sessions_the_sandbox_and_the_modules_are_offered() -> None:
    assert adplatforms.T1 is terminalone.T1
    assert adplatforms.TTD is adplatforms.ttd.TTD
    assert adplatforms.Pinterest is adplatforms.pinterest.Pinterest
    assert adplatforms.Sandbox is Sandbox
    assert adplatforms.errors is adplatforms.core.errors
    assert adplatforms.filters is adplatforms.core.filters


def test_all_of_it_is_listed() -> None:
    assert {"T1", "TTD", "Pinterest", "errors", "filters"} <= {*adplatforms.__all__} & {*dir(adplatforms)}
    assert "Sandbox" in dir(adplatforms)


def test_all_of_it_is_imported_without_the_extra_of_the_sandbox() -> None:
    script = "import sys; sys.modules['flask'] = None; from adplatforms import *; print(T1.__name__, filters.__name__)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "T1 adplatforms.core.filters\n"


def test_the_filters_of_terminalone_are_the_same() -> None:
    assert terminalone.filters.__all__ == adplatforms.filters.__all__
    assert all(
        getattr(terminalone.filters, name) is getattr(adplatforms.filters, name) for name in terminalone.filters.__all__
    )


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'adplatforms' has no attribute 'T2'"):
        _ = adplatforms.T2  # type: ignore[attr-defined]


def loaded(statement: str) -> set[str]:
    """The modules of ours that a new process has after a statement."""
    script = f"import sys; {statement}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name for name in run.stdout.split() if name.partition(".")[0] in ("adplatforms", "terminalone")}


def test_importing_the_package_imports_nothing_else() -> None:
    assert loaded("import adplatforms") == {"adplatforms", "adplatforms._version"}


def test_asking_for_one_platform_imports_no_other() -> None:
    found = loaded("from adplatforms import TTD, errors, filters")
    assert "adplatforms.ttd" in found
    assert not {"terminalone", "adplatforms.pinterest", "adplatforms.sandbox"} & found
