"""How people write days, months and years: the patterns that `dates` moves or replaces."""

import re

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
SHORT = [name[:3] for name in MONTHS]
NO_NAME = [name for name in MONTHS if name not in ("march", "may")]  # nothing else, where it has a capital

OTHER_MONTHS = """
    januar jänner februar märz maerz mai juni juli oktober dezember mrz okt dez
    janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro januari februari maart mei augustus
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
    ocak şubat subat mart nisan mayıs mayis haziran temmuz ağustos agustos eylül eylul ekim kasım kasim aralık aralik
""".split()  # noqa: SIM905 - of German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish, where not English

_S = r"(?:[^\S\n]{1,3}|[^\S\n]?\n)"
_MONTH = r"(?:" + "|".join([*MONTHS, "sept", *SHORT]) + r")(?![^\W\d_])"
_OTHER = r"(?:" + "|".join(OTHER_MONTHS) + r")(?![^\W\d_])\.?"
_ROMAN = r"(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})"
_CUT = r"(?:(?:(?<![^\W\d_]{4})|(?<=sept))\.)"  # after a name in full a stop ends the sentence
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_YEARS = rf"(?:{_YEAR}|['’‘]\d\d(?!\d|s\b))"  # and ’26
_SIGN = r"[-./_~·−‐‑–:;,|•*\\]"
_TO = rf"{_S}?(?:--|\.\.|[–‑−/&+-]){_S}?|{_S}to{_S}(?:the{_S})?|,?{_S}(?:and|or){_S}(?:the{_S})?"
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?-i:Mo|Di|Mi|Fr|Sa|(?:Do|So)(?=[.,])))"
)
_FEAST = r"(?:birthday|b-?day|anniversary|geburtstag|jahrestag|our\ day)"
_BEFORE_TIME = (
    "in|to|since|until|till|by|early|every|last|late|mid|next|this|of|before|after|from|during|around|through"
)
_BEFORE_SMALL = r"in|since|until|till|early|late|mid|(?:end|start|beginning|middle)\ of"  # “next may” goes on otherwise
_BEFORE_FOREIGN = "im|seit|ab|bis|anfang|mitte|ende|en|desde|hasta|depuis"  # a month or a year
_BEFORE_YEAR = f"{_BEFORE_TIME}|{_BEFORE_FOREIGN}|(?:im[ ])?jahr|vor|nach|año|année"
_AFTER_TIME = "was|is|has|had|came|went|began|ended|felt|passed"
_ON = "on|since|until|till|from|by|before|after"
_ON_GERMAN = r"(?<!i\ )(?<!\d\ )am|vom|zum"  # am 12.8, and not “I am 12.8”
_GOES_ON = "i|we|he|she|they|it|you|and|but|when|was"  # after a day; after 12.8 of something its unit stands
_ENDS = rf"(?=[.,;:!?)]|\s*\Z|{_S}(?:{_GOES_ON})\b)"  # nothing that was counted follows the number
_SEASON = (
    "spring|summer|autumn|fall|winter|frühling|frühjahr|sommer|herbst|primavera|verano|otoño|invierno|printemps|été|"
    "automne|hiver"
)
_HOLIDAY = (
    "christmas(?: eve| day)?|xmas|boxing day|new year['’]?s?(?: eve| day)?|nye|easter(?: sunday| monday)?|good friday|"
    "halloween|thanksgiving|valentine['’]?s?(?: day)?|pentecost|ascension(?: day)?|ramadan|eid|diwali|"
    "hanukkah|passover|carnival|weihnachten|heiligabend|silvester|sylvester|neujahr|ostern|karfreitag|pfingsten|"
    "fasching|fasnacht|karneval|navidad|nochebuena|nochevieja|semana santa|noël|pâques|ramazan|bayram|yılbaşı"
).replace(" ", _S)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[\ -]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|"
    r"twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)


def _days_before(nth: str) -> str:
    """The earlier days of one month: 16./, 16, 17 and."""
    return rf"(?:(?:{_DAY}{nth},{_S}){{0,2}}{_DAY}{nth}(?:{_TO}))?"


BY_NUMBER = re.compile(
    rf"""
    (?P<iso>(?P<iso_y>{_YEAR})(?P<iso_sep>{_SIGN}|{_S})(?P<iso_m>\d\d?)(?P=iso_sep)(?P<iso_d>\d\d?)(?!\d)
      (?:(?P<iso_to>[/_–-]|--|\.\.|{_S}to{_S}|{_S}[–-]{_S}(?=\d\d(?:[.,;!?)]|\s*\Z)))
      (?:(?P<iso_last_m>\d\d)(?P=iso_sep))?(?P<iso_last>\d\d)(?![\d:]|[-_./]\d))?)
    | (?P<run>(?P<run_y>(?:19|20)\d\d)(?P<run_m>0[1-9]|1[0-2])(?P<run_d>0[1-9]|[12]\d|3[01])(?!\d)
      (?:(?P<run_to>[/–-])(?P<run_last>\d\d)(?![\d:]|[-_./]\d))?)
    | (?P<iso_week>{_YEAR}(?:-|{_S})?w\d\d(?:-?\d)?(?!\w))
    | (?P<quarter_of>{_YEAR}(?:[-/]|{_S})?q[1-4](?!\w))
    | (?P<ymd>(?P<ymd_y>{_YEAR})(?P<ymd_a>,?{_S}|[-_/.]|)(?P<ymd_m>{_MONTH})(?P<ymd_b>\.?{_S}|[-_/.]|)(?P<ymd_d>{_DAY})
      (?P<ymd_nth>{_NTH})(?!:|[^\W_]))
    | (?P<ym>{_YEAR}(?:,?{_S}|[-_/.]|)(?P<ym_m>{_MONTH}))
    | (?<!\d,)(?:(?<=\d(?P<num_prev>[./_-]))|(?<!\d[./_-]))
      (?P<num>(?P<num_days>{_days_before(r"[.]?")})
      (?P<num_a>\d{{1,2}})(?!(?P=num_prev))(?P<sep>{_S}?[-./~·−‐‑–|]{_S}?|{_SIGN}|{_S})(?P<num_b>\d{{1,2}})(?P=sep)
      (?P<num_y>['’]?(?:19|20)\d\d|(?<=[./_-])['’]?\d\d))(?!\d|(?P=sep)\d)
    | (?<!\d\ )(?<![\d.,+:/-])(?P<apart>(?P<apart_d>0[1-9]|[12]\d|3[01])\ (?P<apart_m>0[1-9])\ (?P<apart_y>[12]\d))
      (?!\d|\ \d|[.,:/-]\d)
    | (?P<other_day>{_DAY}(?:\.|er|º|°)?{_S}?(?:de{_S}|d['’])?{_OTHER}(?:,?{_S}(?:del?{_S})?{_YEARS})?
      |{_DAY}te[nrs]?{_S}(?:{_MONTH}|{_OTHER})(?:,?{_S}{_YEARS})?
      |{_DAY}[-./\ ]\ ?{_ROMAN}[-./\ ]\ ?{_YEAR}|{_YEAR}\ ?年\ ?\d\d?\ ?月\ ?\d\d?\ ?日)
    | (?P<cjk_month>{_YEAR}\ ?年\ ?\d\d?\ ?月)
    | (?<!\d[.,/])
      (?P<dm>(?P<dm_days>{_days_before(rf"(?:{_NTH}|[.])")})
      (?P<dm_d>{_DAY}|(?:0?[1-9]|[12]\d|3[01]))(?P<dm_nth>{_NTH})(?P<dm_gap>\.?{_S}(?:of{_S})?|\.?[-_/]|\.|)(?P<dm_m>{_MONTH})
      (?:(?P<dm_c>(?:\.?,?{_S}|[-_/.,]|)(?={_YEARS})|\.?{_S}(?=\d\d(?:[.,;!?)]|\s*\Z))|(?P=dm_gap)(?<!\s)(?=\d\d(?!\d)))
      (?P<dm_y>['’‘]?\d+))?(?P<dm_ends>{_ENDS})?)
    | (?<!\d[.,])(?P<mn>(?:0?[1-9]|1[0-2])[-./_]{_YEAR}(?![-./_]?\d\d?(?!\d)))
    | (?P<mn_y>{_YEAR}[-./_](?:0[1-9]|1[0-2])(?:[/–](?:0[1-9]|1[0-2]))?(?!\d|[-./_]\d\d?(?!\d)))
    | (?<![\w.,/-])(?P<year_was>{_YEAR})(?={_S}(?:{_AFTER_TIME})\b|['’][dt][ae]n?\b)
    | (?<![\w.,/-])(?P<years>{_YEAR}\ ?[–/-]\ ?{_YEAR})(?![./-]?\d)
    | (?<!\d[.,/-])(?P<span>(?P<span_a>\d{{1,2}})/(?P<span_b>\d{{1,2}})(?P<span_to>{_TO})
      (?P<span_c>\d{{1,2}})/(?P<span_d>\d{{1,2}}))(?!\d|[./-]\d)
    | (?<!\d[.,/-])(?P<slash_first>(?<=[.!?]\s)|(?<![^\n]))?(?P<slash>(?P<slash_a>\d{{1,2}})/(?P<slash_b>\d{{1,2}}))
      (?:(?={_S}(?:(?:is|was){_S}(?:(?:his|her|my|our|the){_S})?{_FEAST}|(?:at{_S})?\d\d?[:.]\d\d(?!\d)|at{_S}(?:night|noon)))
        |(?P<slash_stop>(?=[.!?](?!\d))))
    | (?<!\d[.,/-])(?P<dot>(?P<dot_on>(?<=\d\.[–/-]))?(?P<dot_days>{_days_before(r"[.]?")})
      (?=\d\d?\.\d|(?:1[3-9]|2\d|3[01])\.{_S})
      (?P<dot_a>\d{{1,2}})\.(?P<dot_gap>{_S}?)(?P<dot_b>\d{{1,2}})\.)(?!\d)(?P<dot_end>\s*\Z|\s+(?=(?-i:[A-Z])))?
    """,
    re.VERBOSE | re.IGNORECASE,
)

BY_WORD = re.compile(
    rf"""
    (?P<md>(?P<md_m>{_MONTH})(?P<md_gap>{_CUT}?{_S}(?:the{_S})?|[-_/.]|)(?P<md_d>{_DAY})(?P<md_nth>{_NTH})
      (?P<md_more>(?:(?:,{_S}{_DAY}{_NTH}){{0,2}}(?:{_TO}){_DAY}{_NTH})?)(?!:|[^\W_])
      (?:(?P<md_c>,?{_S}|,)(?P<md_y>{_YEARS}))?(?P<md_ends>{_ENDS})?)
    | (?P<months>{_MONTH}\.?\ ?[/–-]\ ?{_MONTH}(?:,?{_S}{_YEARS})?(?!{_S}?\d))
    | (?P<my>{_MONTH}(?:\.?,?{_S}?(?:of{_S})?|[-_/.]){_YEARS})
    | (?P<other_month>{_OTHER}{_S}(?:del?{_S})?{_YEARS})
    | (?P<nth_day>(?:(?:{_ORDINAL}){_S}(?:of{_S})?{_MONTH}|{_MONTH}{_S}(?:the{_S})?(?:{_ORDINAL})(?!\w))
      (?:,?{_S}{_YEARS})?)
    | (?<!-)(?P<small_in>(?:{_BEFORE_SMALL}){_S})
      (?P<small>(?-i:march|mar)(?![^\W_])|(?-i:may)(?={_ENDS}|{_S}(?:the|my|his|our|too|with|for|because)\b))(?!{_S}\d)
    | (?P<other_in>(?:{_BEFORE_FOREIGN}){_S})(?P<other>{_OTHER})(?!{_S}\d)
    | (?P<m_in>(?:{_BEFORE_TIME})(?:{_S}|-))(?P<m>{_MONTH})(?!\.?,?{_S}(?:of{_S}|the{_S})?\d)
    | (?P<month>{_MONTH}(?={_S}(?:{_AFTER_TIME})\b)|(?<!\d\ )(?:{"|".join(NO_NAME)})(?![^\W_]))
    | (?P<season>(?:{_SEASON})(?:{_S}(?:of|del?))?,?{_S}{_YEARS}(?:[/–-]\d\d(?:\d\d)?(?!\d))?)
    | (?P<holiday>(?:{_HOLIDAY})(?:{_S}(?:of|in))?,?{_S}{_YEARS})
    | (?P<week>(?:week|wk|cw|kw|w)\.?{_S}?\d\d?(?:,?{_S}(?:of{_S})?|[-/]){_YEARS})
    | (?P<quarter>q[1-4](?:[-/]|{_S}(?:of{_S})?)?{_YEARS})
    | (?P<y_in>(?:{_BEFORE_YEAR}|end{_S}of)(?:{_S}|-)(?:the{_S}year{_S})?)
      (?P<year>{_YEARS}(?:\ ?[–-]\ ?{_YEAR})?)(?![.,/_-]\d)
    | (?P<day>(?P<day_on>(?:(?:{_ON}){_S}(?:the{_S})?|(?P<day_sure>{_WEEKDAY}[.,]?{_S}|(?:{_ON_GERMAN}){_S}
      |{_FEAST}(?:['’]?s|:|{_S}(?:is|was|on|ist|war))?{_S}\(?)))
      (?!\d\d?\.\d\d?\.)(?P<day_a>\d{{1,2}})(?P<day_sep>[./])(?P<day_b>\d{{1,2}})
      (?:(?P<day_to>{_TO})(?P<day_c>\d{{1,2}})(?P=day_sep)(?P<day_d>\d{{1,2}}))?(?!\d|[./-]\d)
      (?P<day_ends>{_ENDS})?)
    | (?P<nth_on>(?:(?:{_ON}){_S}the|{_WEEKDAY},?(?:{_S}the)?
      |(?:today|tomorrow|yesterday)(?:['’]s|{_S}(?:is|was))?{_S}the){_S})
      (?P<nth_d>{_DAY})(?:st|nd|rd|th)(?P<nth_more>(?:(?:{_TO}){_DAY}(?:st|nd|rd|th))?)
      {_ENDS}
    """,
    re.VERBOSE | re.IGNORECASE,
)
