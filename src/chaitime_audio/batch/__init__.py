"""Many episodes: finds them in a folder, and makes one after the other."""

from .finding import Found, find
from .running import Outcome, Plan, Terms, plan_of, run_all

__all__ = ["Found", "Outcome", "Plan", "Terms", "find", "plan_of", "run_all"]
