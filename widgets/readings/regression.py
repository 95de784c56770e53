"""One reader's line: an outcome on a driver, with time and weekend terms and errors that linger from day to day.

The errors are AR(1) over calendar gaps: two answered days g days apart correlate rho ** g. rho is not estimated and
then believed; every rho of a grid is fitted and weighs in by its posterior (flat prior on rho and the coefficients,
1/sigma on the scale). What is known of a coefficient is then a weighted mixture of Student t distributions. Nothing
is drawn at random. Settings and error rates: benchmarks/results/pattern.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, stdtr, stdtrit  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float64]

RHOS: Floats = np.linspace(0, 0.95, 39)
ROUNDING = 1 / 12  # variance that rounding to whole numbers hides: no fit is more exact than that
SAME_LINE = 1e-8  # columns this close to one plane cannot be told apart
TAIL = 0.025
CLOSE = 1e-9  # points, where the search for an interval's end stops
STEPS = 100  # by then halving alone has arrived


@dataclass(frozen=True)
class Mixture:
    """What is known of m quantities: t(df) around `centre`, scale `spread` (m, rhos), weighed by `weight` (rhos)."""

    weight: Floats
    centre: Floats
    spread: Floats
    df: int

    def mean(self) -> Floats:
        """The posterior means (m)."""
        return np.asarray(self.centre @ self.weight)

    def above_zero(self) -> Floats:
        """P(quantity > 0), each (m)."""
        return np.asarray(stdtr(self.df, self.centre / self.spread) @ self.weight)

    def interval(self) -> tuple[Floats, Floats]:
        """The lower and upper ends of the equal-tailed 95 % intervals (m)."""
        return self._quantile(TAIL), self._quantile(1 - TAIL)

    def _quantile(self, share: float) -> Floats:
        """Root of the distribution function between the components' own: Newton's step, or half-way where it leaves."""
        ends = self.centre + self.spread * stdtrit(self.df, share)
        low, high = ends.min(axis=1), ends.max(axis=1)
        at = ends @ self.weight
        for _ in range(STEPS):
            t = (at[:, None] - self.centre) / self.spread
            over = stdtr(self.df, t) @ self.weight - share
            low, high = np.where(over < 0, at, low), np.where(over < 0, high, at)
            step = at - over / (_density(t, self.df) / self.spread @ self.weight)
            before, at = at, np.where((low <= step) & (step <= high), step, (low + high) / 2)
            if np.abs(at - before).max() < CLOSE:
                break
        return np.asarray(at)


def _density(t: Floats, df: int) -> Floats:
    """Student's t density."""
    scale = np.exp(gammaln((df + 1) / 2) - gammaln(df / 2)) / np.sqrt(df * np.pi)
    return np.asarray(scale * (1 + t**2 / df) ** (-(df + 1) / 2))


@dataclass(frozen=True)
class Fit:
    """The fitted line, at every rho of the grid: `weight` (rhos), `coefficients` (rhos, k), `covariance` (rhos, k, k).

    Columns: intercept on a typical day, driver, and whatever stands for the calendar. `centre`: the driver's mean.
    """

    weight: Floats
    coefficients: Floats
    covariance: Floats
    df: int
    centre: float

    def rho(self) -> float:
        """The posterior mean of rho, the likeness of one day to the next."""
        return float(self.weight @ RHOS)

    def slope(self) -> Mixture:
        """Points of outcome for each point of driver (m = 1)."""
        return self._along(np.array([[0.0, 1.0]]))

    def line(self, driver: Floats) -> Mixture:
        """The outcome to expect on a typical day with each of these driver values (m)."""
        return self._along(np.column_stack([np.ones(len(driver)), driver - self.centre]))

    def _along(self, rows: Floats) -> Mixture:
        """rows (m, 2): how much of the intercept, and how much of the slope."""
        variance = np.einsum("mi,rij,mj->mr", rows, self.covariance[:, :2, :2], rows)
        return Mixture(self.weight, rows @ self.coefficients[:, :2].T, np.sqrt(variance), self.df)


def fit(day: npt.NDArray[np.int64], driver: Floats, outcome: Floats) -> Fit | None:
    """Fit the line to n days. None where the days cannot separate the driver from the calendar, or are too few.

    day: days since 1970-01-01, ascending, each once; driver, outcome: the day's values (n), finite.
    """
    columns = _columns(day, driver)
    size = np.linalg.norm(columns, axis=0)
    df = len(day) - columns.shape[1]
    if df < 1 or np.linalg.matrix_rank(columns / np.where(size > 0, size, 1), tol=SAME_LINE) < columns.shape[1]:
        return None
    products, log_v = _whitened(day, np.column_stack([columns / size, outcome - outcome.mean()]))
    gram, shared = products[:, :-1, :-1], products[:, :-1, -1]
    inverse = np.linalg.inv(gram)
    beta = (inverse @ shared[:, :, None])[:, :, 0]
    left = products[:, -1, -1] - (beta * shared).sum(axis=1)
    left = np.maximum(left, df * ROUNDING)
    log_weight = -log_v - np.linalg.slogdet(gram).logabsdet / 2 - df / 2 * np.log(left)
    weight = np.exp(log_weight - log_weight.max())
    coefficients = beta / size
    coefficients[:, 0] += outcome.mean()
    covariance = inverse * (left / df)[:, None, None] / np.outer(size, size)
    return Fit(weight / weight.sum(), coefficients, covariance, df, float(driver.mean()))


def _columns(day: npt.NDArray[np.int64], driver: Floats) -> Floats:
    """Intercept, driver, time and, where she answered on both kinds of day, weekend; all but the first centred."""
    weekend = (day + 3) % 7 >= 5  # 1970-01-01 was a Thursday
    calendar = [day, weekend] if weekend.any() and not weekend.all() else [day]
    moving = np.column_stack([driver, *calendar]).astype(np.float64)
    return np.column_stack([np.ones(len(day)), moving - moving.mean(axis=0)])


def _whitened(day: npt.NDArray[np.int64], columns: Floats) -> tuple[Floats, Floats]:
    """The products of all columns (n, k) with each other once they are freed of each rho, (rhos, k, k), and the log of
    what that divided by (rhos).

    A row freed of rho is what it adds to the row before, `now - w * before`, over sqrt(1 - w**2), with w = rho ** gap.
    Few gaps occur; the products over all rows with one gap are the same for every rho, but for w.
    """
    gaps, which = np.unique(np.diff(day), return_inverse=True)
    now, before = columns[1:], columns[:-1]
    products = np.repeat((columns[:1].T @ columns[:1])[None], len(RHOS), axis=0)
    log_v = np.zeros(len(RHOS))
    for place, gap in enumerate(gaps):
        w = RHOS**gap
        rows = which == place
        a, b = now[rows], before[rows]
        across = a.T @ b
        w_, free = w[:, None, None], (1 - w**2)[:, None, None]
        products += (a.T @ a - w_ * (across + across.T) + w_**2 * (b.T @ b)) / free
        log_v += rows.sum() * np.log(1 - w**2) / 2
    return products, log_v
