"""The classic path of `terminalone.entities.budget_flight`."""

from ..entities.budget_flight import BudgetFlight

__all__ = ["BudgetFlight"]
