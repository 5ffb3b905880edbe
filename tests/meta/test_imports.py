"""Who may import whom. The order of the core is the order a newcomer can read it in."""

import subprocess
import sys

import pytest
from source import Import, Module, broken, modules, within

CORE, NET, DATA = "adplatforms.core", "adplatforms.net", "adplatforms.data"
PLATFORMS = ("terminalone", "adplatforms.ttd", "adplatforms.pinterest")
OPTIONAL = ("flask", "werkzeug", "graphql", "IPython", "tqdm", "pandas", "pyarrow")

MODEL = [
    "hints", "masked", "tracebacks", "errors", "ambiguous", "scalars", "state", "ids", "money", "secrets", "messages",
    "parsing", "changes", "moments", "expr", "wirenames", "field", "time_fields", "fields", "record", "reference",
    "nested", "forking", "relations", "model", "currency", "zoned", "registry", "copying", "settling", "entity",
    "hooks", "query",
]  # fmt: skip
MAY_IMPORT = {
    **{name: MODEL[:place] for place, name in enumerate(MODEL)},
    "files": [],
    "filters": ["errors", "expr"],
    "display": MODEL,
    "auth": ["errors", "messages", "secrets"],
    "runtime": [],
    "concurrent": ["runtime"],
    "paging": ["errors", "messages", "runtime"],
    "offsets": ["errors", "messages", "paging"],
    "connection": ["errors", "messages", "auth", "runtime"],
    "reader": [],
    "dialect": [*MODEL, "paging", "reader"],
    "creating": [*MODEL, "runtime"],
    "lost": MODEL,
    "unsaved": MODEL,
    "saving": [*MODEL, "concurrent", "connection", "creating", "dialect", "identity", "lost", "unsaved"],
    "rounds": [*MODEL, "creating", "saving", "unsaved"],
    "batches": [*MODEL, "concurrent", "creating", "dialect", "lost", "rounds", "saving", "unsaved"],
    "making": MODEL,
    "identity": [*MODEL, "paging"],
    "loading": [*MODEL, "paging"],
    "listing": [*MODEL, "runtime", "paging", "connection", "dialect", "identity", "loading"],
    "classic": [*MODEL, "dialect", "listing"],
    "session": [*MODEL, "batches", "classic", "connection", "creating", "dialect", "making", "saving"],
}
"""For each module of the core, the modules of the core it may import. `testing` may import all of them."""

ALL = modules()
CORE_MODULES = [module for module in ALL if within(module.name, CORE) and module.name != CORE]


def test_core_modules_import_only_those_below_them() -> None:
    def wrong(module: Module) -> str:
        name = module.name.removeprefix(CORE + ".")
        if name == "testing":
            return ""
        if name not in MAY_IMPORT:
            return f"core/{name}.py has no place in the order of imports: give it one here"
        allowed = {f"{CORE}.{lower}" for lower in MAY_IMPORT[name]}
        found = [i for i in module.imports() if within(i.target, "adplatforms") and i.target not in allowed]
        return f"{found}: it may import of the core only {MAY_IMPORT[name]}" if found else ""

    assert not broken(CORE_MODULES, wrong)


NET_MAY_IMPORT = {
    "": [],
    "retry": [],
    "prefetch": [],
    "deadlines": [],
    "options": ["deadlines", "retry"],
    "limits": [],
    "runtime": ["prefetch"],
    "forked": [],
    "logs": [],
    "read_only": [],
    "failures": ["deadlines"],
    "current": ["deadlines"],
    "adapter": ["current", "deadlines"],
    "prepared": ["adapter"],
    "redirects": [],
    "own_links": ["logs"],
    "links": [],
    "routes": ["links"],
    "streams": ["deadlines"],
    "transport": [
        *("adapter", "current", "deadlines", "failures", "forked", "links", "logs", "options", "prepared", "read_only"),
        *("routes", "streams"),
    ],
    "signing": [],
    "budget": ["retry"],
    "token_updates": ["logs"],
    "connection": [
        *(
            "budget",
            "deadlines",
            "limits",
            "logs",
            "options",
            "own_links",
            "prefetch",
            "redirects",
            "retry",
            "runtime",
            "signing",
        )
    ],
    "session": ["connection", "limits", "options", "signing"],
    "jobs": ["session"],
}


def test_net_imports_the_core_and_what_is_below_it() -> None:
    def wrong(module: Module) -> list[str]:
        lower = NET_MAY_IMPORT[module.name.removeprefix(NET).removeprefix(".")]
        ours = [i.target for i in _of_ours(module)]
        return [t for t in ours if not within(t, CORE) and t not in [f"{NET}.{name}" for name in lower]]

    assert not broken([module for module in ALL if within(module.name, NET)], wrong)


def test_the_core_knows_no_platform() -> None:
    def wrong(module: Module) -> list[Import]:
        return [i for i in module.imports() if any(within(i.target, p) for p in PLATFORMS)]

    assert not broken(CORE_MODULES, wrong)


def test_data_imports_the_core_alone() -> None:
    def wrong(module: Module) -> list[str]:
        ours = [i.target for i in _of_ours(module)]
        return [target for target in ours if not within(target, CORE) and not within(target, DATA)]

    assert not broken([module for module in ALL if within(module.name, DATA)], wrong)


def test_hooks_are_the_only_way_up_from_the_core() -> None:
    """They import by name, where no import statement shows it: nothing else in the core does."""

    def wrong(module: Module) -> bool:
        return "import_module" in module.path.read_text(encoding="utf-8")

    assert not broken([module for module in CORE_MODULES if module.name != f"{CORE}.hooks"], wrong)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_platforms_import_core_and_net_and_nothing_else_of_ours(platform: str) -> None:
    def wrong(module: Module) -> list[Import]:
        allowed = (CORE, NET, platform)
        return [i for i in _of_ours(module) if not any(within(i.target, one) for one in allowed)]

    assert not broken([module for module in ALL if within(module.name, platform)], wrong)


IMPORT_REQUESTS = [f"{NET}.{name}" for name in ("transport", "adapter", "failures", "prepared", "routes")]


def test_only_the_transport_and_what_it_is_made_of_import_requests() -> None:
    def wrong(module: Module) -> list[Import]:
        return [i for i in module.imports() if within(i.target, "requests")]

    assert not broken([module for module in ALL if module.name not in IMPORT_REQUESTS], wrong)


def test_only_auth_modules_import_oauth_libraries() -> None:
    def wrong(module: Module) -> list[Import]:
        return [i for i in module.imports() if i.target.split(".")[0] in ("requests_oauthlib", "oauthlib")]

    assert not broken([module for module in ALL if module.path.name != "auth.py"], wrong)


def test_the_sandbox_is_written_from_the_vendors_facts_alone() -> None:
    """Only its front door, `Sandbox.t1()` and its like, opens a client."""

    def wrong(module: Module) -> list[Import]:
        clients = [i for i in module.imports() if any(within(i.target, p) for p in (CORE, NET, *PLATFORMS))]
        return [i for i in clients if i.function not in ("t1", "ttd", "pinterest")]

    assert not broken([module for module in ALL if within(module.name, "adplatforms.sandbox")], wrong)


def test_optional_libraries_are_imported_inside_functions() -> None:
    """The servers themselves need Flask, so there it stands at the top."""

    def wrong(module: Module) -> list[Import]:
        server = within(module.name, "adplatforms.sandbox")
        refused = OPTIONAL[3:] if server else OPTIONAL
        return [i for i in module.imports() if i.function is None and i.target.split(".")[0] in refused]

    assert not broken(ALL, wrong)


def _of_ours(module: Module) -> list[Import]:
    """The imports of a module that stay within the two packages. The version is for all."""
    ours = [i for i in module.imports() if within(i.target, "adplatforms") or within(i.target, "terminalone")]
    return [i for i in ours if i.target != "adplatforms._version"]


def test_importing_the_packages_loads_no_optional_library() -> None:
    script = "import sys, terminalone, adplatforms, adplatforms.cli; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {name.split(".")[0] for name in run.stdout.split()} & set(OPTIONAL)
