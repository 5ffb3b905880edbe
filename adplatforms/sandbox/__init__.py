"""Local servers that speak the platforms' wire formats, for trying things out and for tests.

They are written from the vendors' documents alone and share no code with the clients, so that they can catch
the clients' mistakes. Needs Flask: `pip install "adplatforms[sandbox]"`.
"""

try:
    from adplatforms.sandbox.calls import Call, Calls
    from adplatforms.sandbox.faults import Fault, Faults
    from adplatforms.sandbox.foreground import serve
    from adplatforms.sandbox.journal import Entry, Journal
    from adplatforms.sandbox.server import Sandbox
except ModuleNotFoundError as error:
    if error.name not in ("flask", "werkzeug"):
        raise
    raise ImportError('The sandbox needs Flask: pip install "adplatforms[sandbox]"') from error

__all__ = ["Call", "Calls", "Entry", "Fault", "Faults", "Journal", "Sandbox", "serve"]
