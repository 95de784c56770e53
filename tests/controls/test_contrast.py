"""The colours of base.css, computed again from the file: WCAG contrast of every pair that is used."""

import re
from pathlib import Path

import pytest

from widgets import controls

CSS = (Path(controls.__file__).parent / "base.css").read_text(encoding="utf-8")
PAIRS = dict(re.findall(r"--(\w+): light-dark\((.*?)\);", CSS))
FALLBACK = dict(re.findall(r"--(\w+): (#\w{6});", CSS))
TEXT, SIGN = 4.5, 3.0  # what text needs, and what a border or an axis needs
NEEDS = [
    *[(front, back, TEXT) for front in ("ink", "soft", "accent", "stop") for back in ("page", "card")],
    *[(front, "sunk", TEXT) for front in ("ink", "soft", "accent")],
    *[("edge", back, SIGN) for back in ("page", "card", "sunk")],
    *[("ink", back, TEXT) for back in ("fill", "warnbg")],
    ("accent", "fill", TEXT),
    ("soft", "fill", TEXT),
    ("warn", "warnbg", TEXT),
    ("card", "accent", TEXT),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "need"), NEEDS)
def test_every_pair_can_be_read(front: str, back: str, need: float, scheme: int) -> None:
    colours = {name: pair.split(", ")[scheme] for name, pair in PAIRS.items()}
    assert contrast(colours[front], colours[back]) >= need


def test_older_browsers_get_the_light_values() -> None:
    assert {name: pair.split(", ")[0] for name, pair in PAIRS.items()} == FALLBACK
