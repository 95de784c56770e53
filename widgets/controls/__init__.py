"""What a reader touches: each control a `.py` beside its script and its style."""

from .control import Control
from .form import Form
from .reading import Reading
from .tasks import Tasks

__all__ = ["Control", "Form", "Reading", "Tasks"]
