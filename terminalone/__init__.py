"""TerminalOne for Python: the classic SDK's names on the `adplatforms` entity framework.

>>> from terminalone import T1, filters
>>> t1 = T1("user", "password", "api_key")                                     # doctest: +SKIP
>>> t1.find("campaigns", "name", filters.CASE_INS_STRING, "*spring*")          # doctest: +SKIP
"""

from . import errors, filters, models
from .service import T1

__all__ = ["T1", "T1Service", "errors", "filters", "models"]

T1Service = T1
