"""The same page in every host: six exercises of two scales and a note, 200 rows in a file, a figure of all rows."""
