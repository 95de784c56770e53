"""What is particular to one exercise between its form and the journal: one class for each that has something."""

from widgets.catalogue import Exercise
from widgets.journal import Journal, Tables

from .base import DAY, Answers, Message, NotWhileClosed, Rules
from .check_in import CheckIn, OwnScales
from .decision import Board, Decision
from .gate import GateRun
from .his_terms import Answer, ContactLog, Flaws, LettingGo, Review
from .lonely_or_love import Audit
from .pattern import PatternRun
from .say_it_once import ForAMessage, MessageRules, Steadiness, UnsentLetter
from .show_it import Lessons, Plans, Practice
from .steps import Steps
from .what_happened import Forecast, SafeStart, Timeline

RULES: dict[str, type[Rules]] = {
    "safe-start": SafeStart,
    "timeline": Timeline,
    "forecast": Forecast,
    "check-in": CheckIn,
    "own-scales": OwnScales,
    "pattern": PatternRun,
    "love-note": NotWhileClosed,
    "audit": Audit,
    "board": Board,
    "decision": Decision,
    "lessons": Lessons,
    "plans": Plans,
    "practice": Practice,
    "message": MessageRules,
    "replies": ForAMessage,
    "steadiness": Steadiness,
    "unsent-letter": UnsentLetter,
    "gate": GateRun,
    "contact-log": ContactLog,
    "answer": Answer,
    "letting-go": LettingGo,
    "flaws": Flaws,
    "review": Review,
}


def rules_of(exercise: Exercise, journal: Journal) -> Rules:
    """The rules of an exercise over a journal."""
    return _kind_of(exercise)(exercise, journal)


def is_asked(exercise: Exercise, tables: Tables) -> bool:
    """Whether an exercise is asked of this reader, now."""
    return _kind_of(exercise).asks(exercise, tables)


def _kind_of(exercise: Exercise) -> type[Rules]:
    return RULES.get(exercise.id, Steps if exercise.open_for else Rules)


__all__ = ["DAY", "Answers", "Message", "Rules", "is_asked", "rules_of"]
