"""What is made to go wrong on purpose, as asked at the desk."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import DeskError

CALL = ("accept_then_hang", "accept_late", "reset", "half_body", "status", "error", "rate_limit")
SOCKET = ("drop_socket", "black_hole", "refresh")
ONCE = (*CALL, *SOCKET, "slow", "duplicate")
LASTING = ("refuse_method", "refuse_block", "missing_scope", "too_many", "down", "tiers")
OPTIONS: dict[str, dict[str, Any]] = {
    "accept_then_hang": {"seconds": 30.0},
    "accept_late": {"seconds": 1.0, "hold": 0.0},
    "reset": {"accepted": False},
    "half_body": {"accepted": True},
    "status": {"status": 503, "error": "", "accepted": False},
    "error": {"error": "internal_error", "accepted": False},
    "rate_limit": {"seconds": 1.0, "retry_after": True, "accepted": False},
    "slow": {"seconds": 1.0},
    "drop_socket": {},
    "black_hole": {"seconds": 60.0},
    "refresh": {"seconds": 1.0},
    "duplicate": {},
    "refuse_method": {},
    "refuse_block": {"block": ""},
    "missing_scope": {"scope": ""},
    "too_many": {"others": 10},
    "down": {"on": True},
    "tiers": {"on": True, "scale": 1.0, "posts_per_minute": 300},
}


@dataclass
class Fault:
    """`count` uses are left; -1 until cleared. `method` empty means every method; response_url posts are named "response_url"."""

    kind: str
    method: str
    count: int
    options: dict[str, Any] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        return {"kind": self.kind, "method": self.method, "count": self.count, **self.options}


class Faults:
    def __init__(self) -> None:
        self.active: list[Fault] = []

    def add(self, told: Mapping[str, Any]) -> Fault:
        """Raises DeskError for a kind or an option that does not exist."""
        kind = told.get("kind")
        if kind not in OPTIONS:
            raise DeskError(f"no fault {kind!r}; there are {', '.join(OPTIONS)} and clear")
        strange = set(told) - {"kind", "method", "count", *OPTIONS[kind]}
        if strange:
            raise DeskError(f"{kind} takes no {', '.join(sorted(strange))}; accepted are {', '.join(('method', 'count', *OPTIONS[kind]))}")
        count = told.get("count", 1 if kind in ONCE else -1)
        if not isinstance(count, int) or count == 0 or count < -1:
            raise DeskError("count is a whole number above 0, or -1 for until cleared")
        options = {name: _like(kind, name, default, told.get(name, default)) for name, default in OPTIONS[kind].items()}
        fault = Fault(kind, str(told.get("method", "")), count, options)
        self.active.append(fault)
        return fault

    def clear(self, kind: str = "") -> None:
        """All faults, or those of one kind."""
        self.active = [fault for fault in self.active if kind and fault.kind != kind]

    def take(self, kinds: Collection[str], method: str = "") -> Fault | None:
        """The first fault of these kinds that is meant for the method, one use of it spent."""
        for fault in self.active:
            if fault.kind in kinds and fault.method in ("", method):
                fault.count -= 1 if fault.count > 0 else 0
                if fault.count == 0:
                    self.active.remove(fault)
                return fault
        return None

    def standing(self, kind: str) -> Fault | None:
        """The fault of that kind that lasts now, unspent."""
        return next((fault for fault in self.active if fault.kind == kind), None)

    def refused_blocks(self) -> set[str]:
        """The types of block that this workspace does not know."""
        return {fault.options["block"] for fault in self.active if fault.kind == "refuse_block"}

    def taken_scopes(self) -> set[str]:
        return {fault.options["scope"] for fault in self.active if fault.kind == "missing_scope"}


def _like(kind: str, name: str, default: Any, value: Any) -> Any:
    accepted = (int, float) if isinstance(default, float) else type(default)
    if not isinstance(value, accepted) or (isinstance(value, bool) and not isinstance(default, bool)):
        raise DeskError(f"{name} of {kind} is {type(default).__name__}, such as {default!r}, not {value!r}")
    return value
