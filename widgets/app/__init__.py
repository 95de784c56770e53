"""Serving the workbook on the reader's own computer: the command line, the server and the pages' frame."""
