"""All operations of Pinterest's API v5 (description 5.28.0) as one table: what they take, and what they are.

``OPERATIONS["campaigns/list"]`` is an `Operation`; its `request` checks parameters and body and builds the call. The
table is `table.json` and `since_5_28.json`, one operation, parameter and type a line; they are read when the first
operation is asked for.
"""

from .operation import Body, Operation, Param, Success
from .table import OPERATIONS, Operations
from .undescribed import BODIES, call_of, method_in

__all__ = ["BODIES", "OPERATIONS", "Body", "Operation", "Operations", "Param", "Success", "call_of", "method_in"]
