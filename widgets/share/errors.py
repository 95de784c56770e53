"""What can go wrong when a file is made: a class and a sentence each."""


class ShareError(Exception):
    """The file was not made. Its text is for her."""


class NothingChosen(ShareError):
    """She chose no exercise, or none with an entry in the days she named."""

    def __init__(self) -> None:
        super().__init__("Nothing is chosen yet, or nothing was written in these days. Tick what to show.")


class NoSealing(ShareError):
    """The program that puts a password on a file is not installed."""

    def __init__(self, program: str) -> None:
        super().__init__(
            f"A password needs the program {program}, which is not here. Nothing was made. Install it with "
            "“make password”, open this page again, and choose again; or take the password out."
        )
