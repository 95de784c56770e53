"""Dates in her sentences move with all others, and keep their form and their weekday."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.share.date_forms import MONTHS
from widgets.share.dates import moved

NEAR = dt.date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("2026-11-22 and 2026-11-22T21:14", "2026-11-01 and 2026-11-01T21:14"),
        ("22.11.2026, 22/11/26, 11/22/2026, 05.11.2026", "1.11.2026, 1/11/26, 11/1/2026, 15.10.2026"),
        ("Sunday 22 November", "Sunday 1 November"),
        ("on the 22nd of November 2026", "on the 1st of November 2026"),
        ("November 22, 2026; Nov 22nd; NOV 3", "November 1, 2026; Nov 1st; OCT 13"),
        ("5 January", "15 December"),  # the one of the winter that follows, and a year is not told
        ("5 January 2027", "15 December 2026"),
        ("22. November", "1. November"),
        ("20–23 November", "30 October–2 November"),
        ("2026/08/16, 2026.08.16, 20260816, IMG_20260816_2114", "2026/07/26, 2026.07.26, 20260726, IMG_20260726_2114"),
        ("16.8. was hard, until 16.8.", "26.7. was hard, until 26.7."),
        ("on 3.8. and his mum, from 3.8. to 5.8. away", "on 13.7. and his mum, from 13.7. to 15.7. away"),
        ("Sat 16/8, Sunday, 16/8", "Sat 26/7, Sunday, 26/7"),
        ("16Aug2026, 16-Aug-2026", "26Jul2026, 26-Jul-2026"),
        ("1.–3. August 2026", "11.–13. July 2026"),
        ("20-22.11.2026, 20.–22.11.2026", "30.10-1.11.2026, 30.10.–1.11.2026"),
        ("20.–22.11. was good", "30.10.–1.11. was good"),
        ("August 1–3, 2026; November 20 to 22", "July 11–13, 2026; October 30 to November 1"),
        ("since November 22, on 16/08/2026", "since November 1, on 26/07/2026"),
        ("the 1st to the 3rd of August", "the 11th to the 13th of July"),
        ("on 22/11 and until 22.11.", "on 1/11 and until 1.11."),
        ("29 February", "8 February"),
        ("2026-08-16/18, 20260816-18, 2026-11-20/11-23", "2026-07-26/28, 20260726-28, 2026-10-30/11-02"),
        ("2026-08-16 to 18, 2026-08-16 – 18.", "2026-07-26 to 28, 2026-07-26 – 28."),
        ("16./17.8., 16./17.8.2026, 31./1.9.2026", "26./27.7., 26./27.7.2026, 10./11.8.2026"),
        ("16.8.-18.8., 16.8.26-18.8.26, 16/8-18/8", "26.7.-28.7., 26.7.26-28.7.26, 26/7-28/7"),
        ("30.8./1.9.", "9.8./11.8."),
        ("2026/08/16-2026/08/18", "2026/07/26-2026/07/28"),
        ("16, 17 and 18 August; August 16, 17 and 18", "26, 27 and 28 July; July 26, 27 and 28"),
        ("16_08_2026, 2026_08_16, 16·8·2026, 16~8~2026", "26_07_2026, 2026_07_26, 26·7·2026, 26~7~2026"),
        ("16 08 2026, 16. 8. 2026, 16 / 8 / 2026, 16−08−2026", "26 07 2026, 26. 7. 2026, 26 / 7 / 2026, 26−07−2026"),
        ("16 Aug '26, 16-Aug-26, 5 Jan ’27, 16.8.’26", "26 Jul '26, 26-Jul-26, 15 Dec ’26, 26.7.’26"),
        ("Aug16, Aug-16, 2026-Aug-16, 2026 August 16", "Jul26, Jul-26, 2026-Jul-26, 2026 July 26"),
        ("16\u00a0August\u00a02026, 16\nAugust", "26\u00a0July\u00a02026, 26\nJuly"),
        ("on the 16th. Since the 16th I cry", "on the 26th. Since the 26th I cry"),
        ("Aug.16, 2025, Aug.16, Jan 3,2027, 3 Jan,2027", "Jul.26, 2025, Jul.26, Dec 13,2026, 13 Dec,2026"),
        ("16|08|2026, 16 | 8 | 2026, 16*08*2026, 16\\08\\2026", "26|07|2026, 26 | 7 | 2026, 26*07*2026, 26\\07\\2026"),
        ("on 12.8 I wept, until 12.10, since 05.08", "on 22.7 I wept, until 21.9, since 15.07"),
        ("tomorrow's the 22nd. Yesterday was the 21st and", "tomorrow's the 1st. Yesterday was the 31st and"),
        ("16 08 26 was hard. Since 16 08 2026", "26 07 26 was hard. Since 26 07 2026"),
        ("am 12.8 war es, vom 1.8 an", "am 22.7 war es, vom 11.7 an"),
        ("5 years. 24/9. He said nothing", "5 years. 3/9. He said nothing"),
        ("his birthday (24/3), 24/9 is our day, his bday's 24/3", "his birthday (3/3), 3/9 is our day, his bday's 3/3"),
        ("24/11 11:40pm, Mo 28.9 um zehn, sunday the 22nd.", "3/11 11:40pm, Mo 7.9 um zehn, sunday the 1st."),
        (
            "on 24 march he left, the 24th of may. may 24th; 24 may 2026",
            "on 3 march he left, the 3rd of may. may 3rd; 3 may 2026",
        ),
    ],
)
def test_a_date_moves_and_keeps_its_form(text: str, then: str) -> None:
    """By 21 days back."""
    assert moved(text, -21, NEAR) == then


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("since November 2026, 08/2026", "since [a month], [a month]"),
        ("2026-08, 2026/08, 2026-08/09, 2026-08 alone", "[a month], [a month], [a month], [a month] alone"),
        ("Aug '26, August ’26, Aug-2026, 2026 Aug", "[a month], [a month], [a month], [a month]"),
        ("August, then (JULY)", "[a month], then ([a month])"),
        ("summer '26, since ’26.", "[a season], since [a year]."),
        ("2026-W33, week 33 of 2026, Q3 2026", "[a week], [a week], [a quarter]"),
        ("the sixteenth of August, August the first, 2026", "the [a day], [a day]"),
        ("in December, not in may", "in [a month], not in [a month]"),
        (
            "till october. end of august, in feb, july was hard",
            "till [a month]. end of [a month], in [a month], [a month] was hard",
        ),
        ("since march i cry, in may the flat", "since [a month] i cry, in [a month] the flat"),
        ("3 Eylül 2025, 14 temmuz'da, Mart 2026", "[a day], [a day]'da, [a month]"),
        ("Silvester 2022, im Sommer 2025, verano de 2024", "[a holiday], im [a season], [a season]"),
        (
            "seit 2021, im Jahr 2019, desde 2020, 2021'de",
            "seit [a year], im Jahr [a year], desde [a year], [a year]'de",
        ),
        ("till october. 3 weeks. In August. 2 days", "till [a month]. 3 weeks. In [a month]. 2 days"),
        ("am 3ten sept, am 14ten märz 2026", "am [a day], am [a day]"),
        ("Jul-Aug 2026, from june to sept, july/august", "[a month], from [a month] to [a month], [a month]"),
        ("im März, seit juli, en julio", "im [a month], seit [a month], en [a month]"),
        ("August was hard. May was too.", "[a month] was hard. [a month] was too."),
        ("16 août 2026, 16 de agosto de 2026, le 1er mars, 3. Oktober 2026", "[a day], [a day], le [a day], [a day]"),
        ("16.VIII.2026, 16 viii 2026, 2026年8月16日, 2026年8月", "[a day], [a day], [a day], [a month]"),
        ("im März 2026, agosto de 2026, Mars", "im [a month], [a month], Mars"),
        ("summer of 2025, winter 2025/26", "[a season], [a season]"),
        ("Christmas 2025, New Year’s Eve 2025, Easter of 2026", "[a holiday], [a holiday], [a holiday]"),
        ("in 2025; since 2019; 2025 was hard; 2019–2024", "in [a year]; since [a year]; [a year] was hard; [a year]"),
    ],
)
def test_what_is_no_day_but_tells_the_time_is_replaced(text: str, then: str) -> None:
    """Moved, a month or a year would tell by how much the days are moved."""
    assert moved(text, -21, NEAR) == then


@pytest.mark.parametrize(
    "text",
    [
        "I slept 7.5. Then",
        "2025 steps",
        "room 2025",
        "summer, Christmas",
        "1.2.3.4",
        "7/10",
        "24/7",
        "31 February",
        "2026-13-40",
        "1.5 hours",
        "you may 3 times",
        "Room 22",
        "99.99.9999",
        "21:14",
        "I sat 1.5 hours",
        "on 1.5 tablets",
        "on 12.5 mg, on 7.5, from 10.5 or by 12.5 and I am 12.8, at 9 am 12.8",
        "scored 12.8, 7.8 °C, on 12.30 we left",
        "from 6/10 to 4/10",
        "rated 10.5. It",
        "21:14:05",
        "5, 6, 2020",
        "the '90s",
        "from 6/10-4/10",
        "on the 16th floor, the 2nd time",
        "16:8",
        "week 3, I may",
        "scores 10 12 25, 16 08 99, 20 05 19 31",
        "Better. 7/10. Worse. 4/5. So 12.8 kg, Fri 4th floor, 6/8 of us, 5/10 at 21:30",
        "a check-in may help, the mood I was in may pass, the 9th may be late",
    ],
)
def test_what_is_no_date_stays(text: str) -> None:
    """A number is not a day."""
    assert moved(text, -21, NEAR) == text


@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), st.integers(-60, 60).map(lambda weeks: weeks * 7))
def test_moving_there_and_back_changes_nothing(day: dt.date, days: int) -> None:
    """The distance of two dates of one text stays what it was, and so does the weekday."""
    month = MONTHS[day.month - 1].capitalize()
    written = ["%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d%B%Y", "%d-%B-%Y"]
    for text in (
        *(day.strftime(form).lstrip("0") if "%B" in form else day.strftime(form) for form in written),
        day.isoformat(),
        f"{day:%A} {day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
    ):
        there = moved(text, days, NEAR)
        assert moved(there, -days, NEAR) == text
        assert text not in there or not days


@pytest.mark.parametrize("text", ["1, ", "1 ", "16./", "aug 1, ", "2026-", "1\n", "on the ", "1" + " " * 9], ids=repr)
def test_a_long_text_takes_seconds(text: str) -> None:
    """Lists and spans of days do not make the patterns run away."""
    moved(text * (200000 // len(text)), -21, NEAR)
