"""What a reader touches: each control a `.py` beside its script and its style."""

from .archive import Archive
from .control import Control
from .form import Form
from .handout import Handout
from .reading import Reading
from .tasks import Tasks

__all__ = ["Archive", "Control", "Form", "Handout", "Reading", "Tasks"]
