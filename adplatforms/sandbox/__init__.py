"""Local servers that speak the platforms' wire formats, for trying things out and for tests.

They are written from the vendors' documents alone and share no code with the clients, so that they can catch
the clients' mistakes. Needs Flask: `pip install "adplatforms[sandbox]"`.
"""

from adplatforms.sandbox.server import Call, Calls, Sandbox, serve

__all__ = ["Call", "Calls", "Sandbox", "serve"]
