"""3.5 Reading the message again: whether a night lies between its last edit and now, and it has not been read since."""

from typing import Any

from .readiness.inputs import read_inputs


def is_due(**tables: Any) -> bool:
    """Whether reading it again would count now. tables: as `gate` takes them."""
    given = read_inputs(**tables)
    message = given.message
    if message is None or message.edited is None or not message.text.strip():
        return False
    morning = given.zones.night_after(message.edited, given.now)
    is_read = message.reread is not None and message.reread >= morning
    return morning <= given.now and not is_read
