"""Who may import whom. The order of the core is the order a newcomer can read it in."""

import subprocess
import sys

import pytest
from source import Module, modules, within

CORE, NET = "adplatforms.core", "adplatforms.net"
PLATFORMS = ("terminalone", "adplatforms.ttd", "adplatforms.pinterest")
OPTIONAL = ("flask", "werkzeug", "graphql", "IPython", "tqdm", "pandas", "pyarrow")

MODEL = [
    "errors", "values", "expr", "field", "fields", "record", "nested", "relations", "registry", "entity", "export",
    "query",
]  # fmt: skip
READERS = ["changes", "display"]
MAY_IMPORT = {
    **{name: MODEL[:place] for place, name in enumerate(MODEL)},
    "changes": MODEL,
    "display": MODEL,
    "auth": ["errors", "values"],
    "paging": ["errors", "values"],
    "line": ["errors", "values", "auth", "paging"],
    "dialect": [*MODEL, "paging"],
    "lost": MODEL,
    "saving": [*MODEL, "line", "dialect", "lost"],
    "session": [*MODEL, *READERS, "line", "paging", "dialect", "saving"],
}
"""For each module of the core, the modules of the core it may import. `testing` may import all of them."""

ALL = modules()
BY_NAME = [pytest.param(module, id=module.name) for module in ALL]
CORE_MODULES = [pytest.param(m, id=m.name) for m in ALL if within(m.name, CORE) and m.name != CORE]


@pytest.mark.parametrize("module", CORE_MODULES)
def test_core_modules_import_only_those_below_them(module: Module) -> None:
    name = module.name.removeprefix(CORE + ".")
    if name == "testing":
        return
    assert name in MAY_IMPORT, f"core/{name}.py has no place in the order of imports: give it one here"
    allowed = {f"{CORE}.{lower}" for lower in MAY_IMPORT[name]}
    wrong = [i for i in module.imports() if within(i.target, "adplatforms") and i.target not in allowed]
    assert not wrong, f"{module.name} may import of the core only {MAY_IMPORT[name]}"


NET_MAY_IMPORT = {
    "": [],
    "retry": [],
    "readers": [],
    "options": ["retry"],
    "limits": [],
    "transport": ["options"],
    "line": ["limits", "options", "readers", "retry"],
    "jobs": ["line"],
}


@pytest.mark.parametrize("module", [pytest.param(m, id=m.name) for m in ALL if within(m.name, NET)])
def test_net_imports_the_core_and_what_is_below_it(module: Module) -> None:
    lower = NET_MAY_IMPORT[module.name.removeprefix(NET).removeprefix(".")]
    ours = [i.target for i in module.imports() if within(i.target, "adplatforms") or within(i.target, "terminalone")]
    assert not [t for t in ours if not within(t, CORE) and t not in [f"{NET}.{name}" for name in lower]]


@pytest.mark.parametrize("module", CORE_MODULES)
def test_the_core_knows_no_platform(module: Module) -> None:
    assert not [i for i in module.imports() if any(within(i.target, p) for p in PLATFORMS)]


@pytest.mark.parametrize("platform", [p for p in PLATFORMS if any(within(m.name, p) for m in ALL)])
def test_platforms_import_core_and_net_and_nothing_else_of_ours(platform: str) -> None:
    own = [m for m in ALL if within(m.name, platform)]
    wrong = [
        (module.name, found.target)
        for module in own
        for found in module.imports()
        if (within(found.target, "adplatforms") or within(found.target, "terminalone"))
        and not any(within(found.target, allowed) for allowed in (CORE, NET, platform))
    ]
    assert not wrong


@pytest.mark.parametrize("module", BY_NAME)
def test_only_the_transport_imports_requests(module: Module) -> None:
    if module.name != f"{NET}.transport":
        assert not [i for i in module.imports() if within(i.target, "requests")]


@pytest.mark.parametrize("module", BY_NAME)
def test_only_auth_modules_import_oauth_libraries(module: Module) -> None:
    if module.path.name != "auth.py":
        libraries = ("requests_oauthlib", "oauthlib")
        assert not [i for i in module.imports() if i.target.split(".")[0] in libraries]


@pytest.mark.parametrize("module", [p for p in BY_NAME if within(str(p.id), "adplatforms.sandbox")])
def test_the_sandbox_is_written_from_the_vendors_facts_alone(module: Module) -> None:
    """Only its front door, `Sandbox.t1()` and its like, opens a client."""
    clients = [i for i in module.imports() if any(within(i.target, p) for p in (CORE, NET, *PLATFORMS))]
    assert not [i for i in clients if i.function not in ("t1", "ttd", "pinterest")]


@pytest.mark.parametrize("module", BY_NAME)
def test_optional_libraries_are_imported_inside_functions(module: Module) -> None:
    """The servers themselves need Flask, so there it stands at the top."""
    server = within(module.name, "adplatforms.sandbox")
    refused = OPTIONAL[3:] if server else OPTIONAL
    assert not [i for i in module.imports() if i.function is None and i.target.split(".")[0] in refused]


def test_importing_the_packages_loads_no_optional_library() -> None:
    script = "import sys, terminalone, adplatforms, adplatforms.cli; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {name.split(".")[0] for name in run.stdout.split()} & set(OPTIONAL)
