"""Import paths, signatures and attributes of the classic SDK."""

import inspect
import pkgutil
import subprocess
import sys
from typing import Any

import pytest

import terminalone
from terminalone import T1, entities


@pytest.mark.parametrize(
    "statement",
    [
        "from terminalone import T1, T1Service, filters, errors, models",
        "from terminalone.service import T1, T1Service",
        "from terminalone.errors import APIError, AuthRequiredError, ClientError, LoginError, NotFoundError",
        "from terminalone.errors import ParserException, T1APIError, T1ClientError, T1Error, ValidationError",
        "from terminalone.filters import CASE_INS_STRING, EQUALS, GREATER, GREATER_OR_EQUAL, IN",
        "from terminalone.utils.filters import LESS, LESS_OR_EQUAL, NOT_EQUALS, NOT_NULL, NULL",
        "from terminalone.utils import FixedOffset, compose, credentials, filters, generate_pmpd_tag, suppress",
        "from terminalone.utils.credentials import credentials",
        "from terminalone.utils.pmpd import generate_pmpd_tag",
        "from terminalone.reports import Report",
        "from terminalone import t1types",
        "from terminalone.metadata import __version__",
        "from terminalone.vendor import six; six.text_type",
        "from terminalone.vendor.six import string_types, iteritems",
        "from terminalone.vendor.six.moves.urllib.parse import urlencode; urlencode({'a': 1})",
        "import terminalone.vendor.six.moves.urllib.request",
        "import terminalone; terminalone.vendor.six.moves.range(1); terminalone.utils.compose",
        "import terminalone; terminalone.metadata.__version__",
        "import terminalone; terminalone.service.T1; terminalone.t1types.FixedOffset",
        "from terminalone import __version__; assert __version__",
    ],
)
def test_an_import_path(statement: str) -> None:
    """Defects 1 and 3: on today's Pythons, without a warning."""
    subprocess.run([sys.executable, "-W", "error", "-c", statement], check=True)


def test_an_import_reads_no_env_file(tmp_path: Any) -> None:
    """Defect 3: a `.env` in the working directory is nobody's business."""
    (tmp_path / ".env").write_text("T1_API_USERNAME=from-the-file\n")
    script = "from terminalone.utils import credentials; print(credentials()['username'])"
    env = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("None", "")


def test_six_is_the_package_itself() -> None:
    """Defect 1: no bundled copy, whose import hook Python 3.12 dropped."""
    import six

    from terminalone.vendor import six as bundled

    assert bundled is six


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'util'"):
        _ = terminalone.util


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (
            T1.__init__,
            (
                "username password api_key client_id client_secret auth_method session_id environment api_base json "
                "redirect_uri token token_updater access_token realm scope"
            ),
        ),
        (
            T1.get,
            (
                "collection entity child limit include full page_limit page_offset sort_by get_all parent query "
                "other_params count"
            ),
        ),
        (T1.find, "collection variable operator candidates"),
        (T1.get_all, "collection"),
        (T1.new, "collection report properties version"),
        (T1.authenticate, "auth_method"),
    ],
)
def test_the_order_of_arguments(call: Any, names: str) -> None:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    found = [name for name, parameter in inspect.signature(call).parameters.items() if parameter.kind in kinds]
    assert found[1:] == names.split()


def test_the_attributes_of_a_session(t1: Any, sandbox: Any) -> None:
    import requests

    assert isinstance(t1.session, requests.Session)
    assert (t1.environment, t1.api_base, t1.json) == ("production", sandbox.url, True)
    assert isinstance(t1.user_id, int)
    assert t1.username == "demo"
    assert len(t1.session_id) == 40
    params = t1.auth_params
    assert {"method", "username", "password", "api_key"} <= set(params)
    assert params["api_key"].reveal() == sandbox.api_key
    assert sandbox.api_key not in repr(params)


def test_the_session_is_this_threads(t1: Any) -> None:
    import threading

    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(t1.session))
    thread.start()
    thread.join()
    assert t1.session is t1.session
    assert found[0] is not t1.session


def test_return_shapes(t1: Any) -> None:
    """Defects 13 and 14: a tuple where count=True, whatever is asked for, and only there."""
    assert inspect.isgenerator(t1.get("campaigns", page_limit=2))
    listing, total = t1.get("campaigns", page_limit=2, count=True)
    assert (len(list(listing)), total) == (2, 2500)
    assert inspect.isgenerator(t1.get_all("agencies"))
    listing, total = t1.get_all("agencies", count=True)
    assert len(list(listing)) == total
    assert t1.get("campaigns", 7).id == 7
    campaign, total = t1.get("campaigns", 7, count=True)
    assert (campaign.id, total) == (7, 1)
    listing, total = t1.find("campaigns", "id", terminalone.filters.IN, [7, 8], count=True)
    assert ([campaign.id for campaign in listing], total) == ([7, 8], 2)


def test_the_classic_modules_hand_on_the_same_objects() -> None:
    """Each module below `terminalone.models` is found as an attribute too, as the classic SDK imports them all."""
    names = [module.name for module in pkgutil.iter_modules(terminalone.models.__path__)]
    assert set(names) <= set(dir(terminalone.models))
    offered = {name: getattr(terminalone.models, module) for module in names for name in _offered(module)}
    assert set(offered) == set(entities.__all__) - {"T1Entity"}
    for name, module in offered.items():
        assert getattr(module, name) is getattr(terminalone.models, name) is getattr(entities, name)


def _offered(module: str) -> list[str]:
    found: list[str] = getattr(terminalone.models, module).__all__
    return found


def test_a_module_that_is_not_below_models() -> None:
    with pytest.raises(AttributeError, match=r"models' has no attribute 'campain'"):
        _ = terminalone.models.campain


def test_the_classic_names_of_fields_and_session() -> None:
    from terminalone import fields, service, session, t1types

    assert set(t1types.__all__) >= set(fields.__all__)
    assert all(getattr(t1types, name) is getattr(fields, name) for name in fields.__all__)
    assert (service.T1, service.T1Service) == (session.T1, session.T1Service)
