"""Puts passage, form, reading and navigation together."""

from .page import Page, open_page

__all__ = ["Page", "open_page"]
