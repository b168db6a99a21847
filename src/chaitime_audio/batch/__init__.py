"""Many episodes: found in a folder, planned, made with the same workers, and told about."""

from .events import Begun, Event, Moved, Outcome, Plan, Planned, SetAside, Stopping, Tell
from .planning import plan_of
from .running import Terms, run_all
from .search import Found, find, newest_first, only

__all__ = [
    "Begun",
    "Event",
    "Found",
    "Moved",
    "Outcome",
    "Plan",
    "Planned",
    "SetAside",
    "Stopping",
    "Tell",
    "Terms",
    "find",
    "newest_first",
    "only",
    "plan_of",
    "run_all",
]
