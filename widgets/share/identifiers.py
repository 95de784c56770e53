"""What leads to a person without being listed: addresses, telephone numbers, handles, links to profiles."""

import re
from calendar import monthrange
from collections.abc import Iterator

from widgets.catalogue import DATA, read_yaml

from .date_forms import MONTHS
from .folded import BREAK, LARGE, Folded
from .known import is_known

KINDS = E_MAIL, PHONE, HANDLE, LINK, TAG = "e-mail", "phone number", "handle", "link", "tag"

_W = r"[\w\u0308\u030a]"
_IN_NAME = rf"{_W}(?:{_W}|[.-](?={_W})){{0,63}}"  # jonas.weber-2
_LABEL = rf"{_W}(?:{_W}|-){{0,62}}"  # between the dots of a domain
_UNSEEN = r"[ \0]{0,3}"
_REST = r"[^\s<>\"”]{1,2000}"
_NETWORKS = (
    "insta(?:gram)?|ig|snap(?:chat)?|telegram|tiktok|twitter|threads|discord|skype|facebook|fb|bluesky|signal|steam|"
    "linkedin|whatsapp"
)


def _endings(kind: str) -> str:
    """Endings of domains, as alternatives: plain ones, and those that are also words (“home.it was”)."""
    return "|".join(read_yaml(DATA / "wording" / "share.yaml")["endings"][kind])


_EMAIL = re.compile(
    rf"(?<!{_W}){_W}(?:{_W}|[.+%'-]){{0,63}}+{_UNSEEN}(?:@|[(\[{{] ?at ?[)\]}}]){_UNSEEN}{_LABEL}"
    rf"(?:{_UNSEEN}(?:\.|[(\[{{] ?dot ?[)\]}}]){_UNSEEN}{_LABEL}){{1,8}}"
    rf"|(?<!{_W}){_W}{{1,64}} at {_W}{{1,64}} dot {_W}{{2,12}}"
    rf"|(?<!{_W}){_W}(?:{_W}|[.+%-]){{0,63}}+@(?=[^\W\d_]){_W}{{2,63}}"  # jw@localhost
)
_PROVIDERS = "gmail|googlemail|gmx|yahoo|hotmail|outlook|icloud|proton|posteo"
_AT = re.compile(
    rf"(?<![\w.@])({_W}(?:{_W}|[.+%-]){{0,63}}+) at (?:({_PROVIDERS})\.|{_LABEL}\.)(?:{_LABEL}\.){{0,8}}"
    rf"(?:{_endings('plain')}|{_endings('words')})(?!{_W})"
)
_URL = re.compile(
    rf"(?:https?|ftp|mailto|tel|sms|tg|whatsapp):/{{0,2}}(?=\w|\+){_REST}|(?<!{_W})www\.{_REST}"
    rf"|(?<![\w.@-])(?<![\u0308\u030a])(?:{_LABEL}\.){{1,8}}(?:(?:{_endings('plain')}|(?P<word>{_endings('words')}))(?!{_W}|-{_W})(?:[/?#]{_REST})?|[a-z]{{2,24}}/{_REST})"
)
_HANDLE = re.compile(
    rf"(?<!{_W})@\0{{0,3}}(?=[\d_.]{{0,64}}[^\W\d_])(?!\d\d?(?::\d\d)?(?:am|pm|h|uhr)?(?!{_W})){_IN_NAME}(?:[@:]{_IN_NAME})?"
    rf"|(?<![\w/])u/{_W}(?:{_W}|-){{1,63}}"
    rf"|(?<!{_W}){_W}{{2,32}}#\d{{4}}(?!\d)"
)
_NAMED_HANDLE = re.compile(  # insta: jw, my username is jw
    rf"(?<!\w)(?:(?:{_NETWORKS})(?: name| is)?(?: ?[:=]| name is)"
    rf"|(?:(?:{_NETWORKS})[ -])?(?:handle|user ?name|account(?: name)?)(?: on (?:{_NETWORKS}))?(?: ?[:=]| is| was))"
    rf" ?[\"'“‘(]?(?P<handle>{_IN_NAME})"
)
_SHAPED_HANDLE = re.compile(  # insta is jonas.w, snap lena_k; after “as” what has no vowel, insta as jw
    rf"(?<!\w)(?:{_NETWORKS})(?:'s| is| was|,)?(?P<as> as)?(?: [-(]?|[-/]) ?[\"'“‘(]?(?=[^\W\d_])"
    rf"(?P<handle>(?=\w*\d|\w*[^\W_]_+[^\W_]|\w*\.\w|(?(as)[^\W\daeiou_]+(?!\w)|(?!))){_IN_NAME})"
)
_NAMED_NUMBER = re.compile(
    r"(?<!\w)(?:tel|phone|telephone|mobile|cell|handy|call|ring|dial|fax|whatsapp)\.?(?: is| me on| me at)? ?:? ?"
    r"(?!(?:19|20)\d\d(?!\d))(\+?\d[\d \0./()-]{2,30}\d)"
)
_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,])(?:[+(] ?){0,3}\d(?:[ \0./()-]{0,3}\d)+")
_PAIRS = re.compile(r"(?<!\d)\+?\d\d(?:[:_·•|*~;']\d\d){3,}(?!\d)")  # further signs, where they part pairs of digits
_BY = r" ?[,;'|:_·•*~] ?\n?|(?: ?\n){1,2}(?:[-*>•] )?"
_PARTED = re.compile(  # by commas, or a group a line, where it begins as a number that is dialled
    r"(?<!\d)(?:\+\d{1,3}(?: ?[,;'] ?\d(?!\d))?|0\d{1,5}(?: \d\d){0,3}\)?)"
    rf"(?P<by>{_BY})\d{{2,8}}(?: \d\d){{0,4}}(?:(?P=by)\d{{2,8}}(?: \d\d){{0,4}})*(?!\d)"
)
_LIST = re.compile(r"\d\d(?:\D+\d\d){,3}")  # 01, 02, 03
_RANGE = re.compile(r"(\d{1,3}) ?- ?(\d{1,3})")
_BOOK = re.compile(r"(?<!\w)isbn(?:-1[03])?:? ?\d[\d -]{8,15}[\dx]")
_APART = r"(?<!\d)(?<!\d[./:-])"  # no date or time goes on from a longer run of digits,
_NOT_ON = r"(?!\d|[./:-]\d)"  # nor into one
_D, _M, _Y = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_FULL = "|".join(rf"{_Y}{by}{_M}{by}{_D}|{_D}{by}{_D}{by}{_Y}" for by in (r"\.", "/", "-", r"\. ", " / ", " - "))
_FULL += rf"|{_Y}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_BRIEF = "|".join(rf"{_D}{by}{_D}{by}\d\d" for by in (r"\.", "/", "-"))  # 22.11.26
_FROM = rf"(?:{_D}\.?(?:{_M}\.?)? ?- ?)?"  # 20.-22.11.2026
_TO = " ?[-/] ?"
_DATE = re.compile(
    r"(?<!\d)(?=\d{8}|\d{1,4}(?:[./-]| [/-]| ?[^\W\d_]))(?:"  # first, for speed: every one begins so
    rf"{_APART}{_FROM}(?:{_FULL})(?:{_TO}(?:{_FULL}))?{_NOT_ON}"
    rf"|{_APART}(?:{_Y}-{_M}-{_D}|{_Y}(?:0[1-9]|1[0-2])[0-3]\d){_TO}(?:{_M}-)?{_D}{_NOT_ON}"
    rf"|{_APART}(?<!\d\d ){_FROM}(?:{_BRIEF})(?: ?- ?(?:{_BRIEF}))?{_NOT_ON}(?! \d\d(?: ?\d\d|\d))"
    rf"|{_APART}{_M}[./-]{_Y}{_NOT_ON}"
    rf"|(?<!\d){_D}(?:st|nd|rd|th)?\.? (?:of )?[^\W\d_]{{3,9}}\.?,? {_Y}(?!\d))"
)
_SPACED = re.compile(  # 16 08 2026, 2026 08 16; a time of that day may follow
    rf"(?<![\d+(])(?<!\d )(?P<y>{_Y})?(?(y) +)(?P<a>\d\d?) +(?P<b>\d\d?)(?(y)| +(?P<last_y>{_Y}))"
    r"(?!\d| +\d(?!\d?[:.]\d\d))"
)
_CLOCK = r"(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|\.[0-5]\d)"
_TIME = re.compile(rf"{_APART}{_CLOCK}(?: ?- ?{_CLOCK})?{_NOT_ON}")
_NO_PHONE = re.compile(
    r"(?:(?:19|20)\d\d[ ./-]{1,3})+(?:19|20)\d\d|\d{1,3}(?: \d{3})*(?: 000)|[1-9]\d?(?:[. ]\d{3})+|\d{1,2}\.\d+"
    r"|(?!0)(?:10|\d)(?: (?:10|\d)){2,9}|\d(?: \d){15,}"  # ratings in a row
    r"|(?:\d\.\d\d?|\d\d\.\d)(?: ?[ /-] ?(?:\d\.\d\d?|\d\d\.\d))+"
)
_SPACES = re.compile(f"[ {BREAK}]+")
_TAG = re.compile(rf"#{_W}+")


def identifiers(folded: Folded) -> Iterator[tuple[int, int, str]]:
    """(start, end, what it is), as places in the folded text. They may overlap."""
    text = folded.text
    yield from ((m.start(), m.end(), E_MAIL) for m in _EMAIL.finditer(text))
    yield from ((m.start(), m.end(), E_MAIL) for m in _AT.finditer(text) if m[2] or not is_known(m[1]))
    yield from (
        (m.start(), _without_stop(text, m), LINK) for m in _URL.finditer(text) if not _is_next_sentence(folded, m)
    )
    yield from ((m.start(), m.end(), HANDLE) for m in _HANDLE.finditer(text))
    for pattern in (_NAMED_HANDLE, _SHAPED_HANDLE):
        places = (match.span("handle") for match in pattern.finditer(text))
        yield from ((*place, HANDLE) for place in places if not _says_how(folded, *place))
    yield from ((*m.span(1), PHONE) for m in _NAMED_NUMBER.finditer(text) if _digits(m[1]) >= 4 and not _is_range(m[1]))
    yield from ((start, end, PHONE) for start, end in _phones(text))


def tags(folded: Folded) -> Iterator[tuple[int, int]]:
    """Where the #tags are."""
    yield from (m.span() for m in _TAG.finditer(folded.text))


def _says_how(folded: Folded, start: int, end: int) -> bool:
    """Does it say how an account is: facebook: great, my account was hacked? A sentence may follow without a space."""
    first, _, rest = folded.text[start:end].partition(".")
    if not rest:
        return is_known(first)
    is_capital = folded.case[end - len(rest)] == LARGE
    return first.isalpha() and rest.isalpha() and (is_capital or (is_known(first) and is_known(rest)))


def _is_next_sentence(folded: Folded, match: re.Match[str]) -> bool:
    """Is it “home.It” or “him.me”, a full stop without a space? Then an ordinary word stands before it."""
    if match["word"] is None or match["word"] != match[0][len(match[0]) - len(match["word"]) :]:
        return False
    first, _ = folded.span(*match.span("word"))
    before = match[0].split(".")[-2]
    return is_known(before) or (folded.original[first].isupper() and not folded.original[first + 1].isupper())


def _without_stop(text: str, match: re.Match[str]) -> int:
    """A link's end: the full stop after it is the sentence's, not its own."""
    return match.start() + len(match[0].rstrip(".,;:!?)]}'"))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Numbers long enough to call, which are neither dates nor times nor sums nor books."""
    known = _TIME.sub(_blank, _SPACED.sub(_blank_day, _DATE.sub(_blank, _BOOK.sub(_blank, text))))
    yield from (match.span() for match in _PAIRS.finditer(known))
    yield from (m.span() for m in _PARTED.finditer(known) if _digits(m[0]) >= 8 and not _LIST.fullmatch(m[0]))
    for match in _NUMBER.finditer(known):
        number = match[0]
        begins_as_phone = number.lstrip("( ").startswith(("+", "0"))
        if _digits(number) >= (6 if begins_as_phone else 7) and not _NO_PHONE.fullmatch(_SPACES.sub(" ", number)):
            yield match.span()


def _is_range(text: str) -> bool:
    """10-15, and not 15-10."""
    ends = _RANGE.fullmatch(text)
    return ends is not None and int(ends[1]) < int(ends[2])


def _blank(match: re.Match[str]) -> str:
    return "\x01" * len(match[0])


def _blank_day(match: re.Match[str]) -> str:
    """Only a day that there is: other figures parted by spaces alone are dialled."""
    year, a, b = int(match["y"] or match["last_y"]), int(match["a"]), int(match["b"])
    orders = [(a, b)] if match["y"] else [(b, a), (a, b)]
    return _blank(match) if any(_is_day(year, month, day) for month, day in orders) else match[0]


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= len(MONTHS) and 1 <= day <= monthrange(year, month)[1]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
