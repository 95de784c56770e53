"""Kernels that start at once: forked from one process that has the workbook imported (Linux), else plain ones."""

from .ending import allow_gone, free, free_later
from .process import Forked, NotForked, Warmed
from .provisioner import NAME, PromptClient, register

__all__ = ["NAME", "Forked", "NotForked", "PromptClient", "Warmed", "allow_gone", "free", "free_later", "register"]
