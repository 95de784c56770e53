"""What a reader touches: each control a `.py` beside its script and its style."""

from .control import Control
from .form import Form
from .handout import Handout
from .reading import Reading

__all__ = ["Control", "Form", "Handout", "Reading"]
