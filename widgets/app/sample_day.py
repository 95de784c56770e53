"""The sample's clock: the day it stands on, which its visitor may move on. Kernels find it in their environment."""

import os
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

EVENING = time_of_day(22)  # the invented reader's last entry of a day is before it


def show_day(moment: datetime) -> None:
    """For kernels that start from now on it is now this moment (aware), and time goes on from it."""
    os.environ.update(WORKBOOK_NOW=moment.isoformat(), WORKBOOK_NOW_AT=str(time.monotonic()))


def shown_day() -> date:
    """The day it stands on."""
    return datetime.fromisoformat(os.environ["WORKBOOK_NOW"]).date()


def go_on() -> None:
    """To the evening of the next day, in this machine's zone."""
    show_day(datetime.combine(shown_day() + timedelta(days=1), EVENING).astimezone())
