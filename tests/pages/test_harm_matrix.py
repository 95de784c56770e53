"""The harm matrix: what the pages do in each situation in which a workbook like this could hurt somebody.

One test a row; the row stands in the docstring. What needs the composer, the lock or the export is tested with these.
"""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from tests.pages.his_terms import IN, NOON, OUT, choose, journal, lamp, log, open_way, shown
from tests.pages.test_desk import SAFE, desk, save
from tests.pages.test_lonely_or_love import check_in, check_in_for, days_pass, item, words
from widgets.app.frame import TEMPLATES, Frame
from widgets.catalogue import Wording, load_catalogue
from widgets.journal import Journal, JournalError, open_journal
from widgets.pages.shows import SHOWS, plain
from widgets.pages.way import way

__all__ = ["journal", "open_way"]  # fixtures

PAGES = [page.name for page in load_catalogue().pages]
SECTIONS = ("03-say-it-once", "04-show-it", "05-his-terms")


def start(journal: Journal, **answers: Any) -> None:
    """1.1, answered safely but for these."""
    assert "entry" in save(desk(journal, "safe-start"), SAFE | answers)


def choices(journal: Journal) -> list[str]:
    return [code for code, _ in item(desk(journal, "decision").spec(), "choice")["choices"]]


def everything(journal: Journal) -> str:
    """All readings and the line on top of the later pages, as text."""
    panels = [plain(shown(journal, name)) for name in SHOWS]
    return "\n".join([*panels, *(plain(way(page, journal, Wording())) for page in SECTIONS)])


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("no_contact", "He asked for no contact."),
        ("blocked", "He blocked you."),
        ("legal_order", "There is an order."),
    ],
)
def test_he_asked_for_no_contact_blocked_or_a_court_order(journal: Journal, wish: str, why: str) -> None:
    """Send route removed (not greyed with a countdown); unsent writing and let-go path; plain sentence why."""
    start(journal, contact_wish=wish)
    assert "try" not in choices(journal)
    assert lamp(journal)["state"] == "closed"
    assert lamp(journal)["texts"][0].startswith(why)
    assert why in words(shown(journal, "safe-start"))
    [link] = [b for b in shown(journal, "light")["blocks"] if b["kind"] == "link"]
    assert link["text"] == "What is never sent can still be written:"
    assert desk(journal, "letting-go").offered
    assert not desk(journal, "pacing-rules").offered
    log(journal, **IN, tone="welcoming")
    days_pass(journal, 1 / 24)
    log(journal, **IN | {"started_by": "him"}, tone="welcoming")
    assert (lamp(journal)["state"] == "closed") is (wish == "legal_order")


@pytest.mark.parametrize("answer", [{"fear_of_him": "yes"}, {"was_hurt": "physical"}, {"was_hurt": "controlled"}])
def test_violence_or_control_by_him(journal: Journal, answer: dict[str, str]) -> None:
    """No reunion content; support list; quick exit; missing someone who hurt you is common, no reason to go back."""
    start(journal, **answer)
    assert "try" not in choices(journal)
    log(journal, **IN | {"started_by": "him"}, tone="welcoming")
    assert lamp(journal)["state"] == "closed"
    for name in ("safe-start", "light"):
        panel = shown(journal, name)
        assert "missing someone who hurt you is common, and it is not a reason to go back" in words(panel)
        assert "help" in [block["kind"] for block in panel["blocks"]]
    assert not desk(journal, "answer").offered
    item_asked = item(desk(journal, "safe-start").spec(), next(iter(answer)))
    assert next(iter(answer.values())) in item_asked["help_on"]
    save(desk(journal, "audit"), {"reason": "He hit me twice"})
    assert shown(journal, "audit")["blocks"][0]["link"] == "Start"
    assert 'id="close-now"' in (TEMPLATES / "page.html").read_text("utf-8")


@pytest.mark.parametrize("answer", [{"fear_of_him": "yes"}, {"contact_wish": "no_contact"}])
def test_while_the_way_is_closed_the_reasons_of_then_ask_what_she_needs(
    journal: Journal, answer: dict[str, str]
) -> None:
    """And not whether he, or it, has changed since. What she said of that before stays, through an edit too."""
    at = desk(journal, "audit")
    said = {"reason": "The shouting", "whose": "his", "changed": "said", "evidence": "He told me", "deal_breaker": True}
    start(journal)
    assert "need_instead" not in [one["id"] for one in at.spec()["items"]]
    entry = save(at, said)["entry"]
    assert "For it you do not say that a change was shown often." in words(shown(journal, "audit"))
    [safe_start] = journal.entries("safety")
    save(desk(journal, "safe-start"), SAFE | answer, safe_start.entry_id, safe_start.revision)
    spec, panel = at.spec(), shown(journal, "audit")
    assert "{" not in spec["intro"]
    assert [one["id"] for one in spec["items"]] == ["reason", "need_instead", "deal_breaker"]
    assert not [
        word for word in ("different now", "changed", "promise") if word in spec["intro"] + plain(panel).lower()
    ]
    now = {"reason": "The shouting", "need_instead": "A quiet evening", "deal_breaker": True}
    assert save(at, now, entry["entry_id"], entry["revision"])["entry"]["answers"].items() >= (said | now).items()
    assert "A quiet evening" in plain(shown(journal, "audit"))


@pytest.mark.parametrize("answer", ["physical", "controlled"])
def test_violence_or_control_by_the_reader(journal: Journal, answer: str) -> None:
    """No contact tools; help for changing behaviour; no blame text, no “win back”."""
    start(journal, i_hurt_or_controlled=answer)
    assert "try" not in choices(journal)
    assert [e for e in ("answer", "pacing-rules") if desk(journal, e).offered] == []
    asked = item(desk(journal, "safe-start").spec(), "i_hurt_or_controlled")
    assert answer in asked["help_on"]
    assert asked["help_text"].startswith("There is help for changing this. If you were defending yourself")
    for name in ("safe-start", "light"):
        assert "there is help for changing that, under Help" in words(shown(journal, name))
    said = everything(journal).lower()
    assert not [word for word in ("your fault", "guilty", "abuser", "win him back", "violent") if word in said]


def test_thoughts_of_suicide(open_way: Journal) -> None:
    """Static panel first, exercises second; local numbers with check date; no analysis that day, sending paused 7 days;
    no claim to detect risk from free text."""
    check_in_for(open_way, 20)
    choose(open_way, "try", review_on="2026-10-20")
    log(open_way, **OUT, necessary=True)
    asked = item(desk(open_way, "check-in").spec(), "safe_now")
    assert asked["help_on"] == ["unsure", "no"]
    check_in(open_way, safe_now="no")
    assert words(shown(open_way, "pattern")).startswith("The figures rest today.")
    assert "figure" not in [b["kind"] for name in SHOWS for b in shown(open_way, name)["blocks"]]
    assert "on average" not in everything(open_way)
    assert "Messages rest until" in words(way("03-say-it-once", open_way, Wording()))
    assert lamp(open_way)["title"].startswith("Messages rest until")
    assert desk(open_way, "check-in").state()["help_first"]
    assert all(way(page, open_way, Wording())["help_first"] for page in SECTIONS)
    assert not desk(open_way, "pattern").offered
    kinds = [block["kind"] for block in shown(open_way, "check-in")["blocks"]]
    assert kinds[:2] == ["text", "help"]
    days_pass(open_way, 1)
    assert not desk(open_way, "check-in").state()["help_first"]
    assert not way("03-say-it-once", open_way, Wording())["help_first"]
    assert desk(open_way, "pattern").offered
    assert "least lonely days" in words(shown(open_way, "pattern"))
    days_pass(open_way, 6)
    assert "Messages rest" not in words(way("03-say-it-once", open_way, Wording()))
    reply = save(desk(open_way, "letting-go"), {"stays_good": "I do not want to live any more"})
    assert reply["help"] is True
    assert "help" not in open_way.table("letting_go").columns
    template = (TEMPLATES / "parts.html").read_text("utf-8")
    assert "<script" not in template
    assert "checked" in template


@pytest.mark.parametrize("sign", ["check-ins", "profile", "loop"])
def test_rumination_or_obsession(journal: Journal, sign: str) -> None:
    """> 3 check-ins a day on 5 of 7 days; profile looked at on ≥ 5 of 7 days; `loop` ticks: gentle cap, factual-writing
    variant, 5.3, suggestion of a person."""
    for _ in range(5):
        for _ in range(4 if sign == "check-ins" else 1):
            journal.save("checkins", {"lonely": 5, "looked_at_profile": sign == "profile"})
        days_pass(journal, 1)
    days_pass(journal, -1)
    if sign == "loop":
        for sentence in ("one", "two", "three"):
            journal.save("sorted_thoughts", {"sentence": sentence, "loop": True})
    spec = desk(journal, "check-in").spec()
    assert (spec["cap"], spec["cap_text"][:26]) == (3, "That is enough for today. ")
    for name, links in (("check-in", ["What happened", "His terms"]), ("urge-pause", ["What happened"])):
        blocks = shown(journal, name)["blocks"]
        assert "caution" in [b["kind"] for b in blocks]
        assert [b["link"] for b in blocks if b["kind"] == "link"] == links
        [person] = [b for b in blocks if b["kind"] == "help"]
        assert person["text"].startswith("A person may do more than a page.")


@pytest.mark.parametrize("state", ["drunk", "night", "panic"])
def test_drunk_night_panic(open_way: Journal, state: str) -> None:
    """Draft saved, nothing lost."""
    open_way.clock.at = NOON.replace(hour=23 if state == "night" else 15)
    said = {"drunk": {"alcohol": True, "distress": 4}, "panic": {"distress": 10}, "night": {"distress": 3}}
    check_in(open_way, **said[state])
    assert (lamp(open_way)["state"] == "wait") is (state != "panic")
    at = desk(open_way, "decision")
    at.handle({"do": "draft", "answers": {"because": "I want his voice"}, "writer": "one"})
    assert desk(open_way, "decision").state()["draft"]["answers"]["because"] == "I want his voice"
    save(at, {"choice": "let_go", "because": "I want his voice"})
    row = open_way.table("decisions").iloc[-1]
    assert (row["because"], bool(row["draft"])) == ("I want his voice", state != "night")
    if state != "night":
        assert "Saved as a draft" in plain(shown(open_way, "decision"))


def test_he_has_a_new_partner(open_way: Journal) -> None:
    """*Try* shows a distinct text: a message may burden two people."""
    assert "burden two people" not in words(shown(open_way, "light"))
    log(open_way, **IN, tone="neutral", necessary=True, new_partner=True)
    said = "he is with somebody new. A message may then burden two people"
    assert said in words(shown(open_way, "light"))
    choose(open_way, "not_yet")
    assert said not in words(shown(open_way, "light"))


def test_children_or_shared_work(journal: Journal) -> None:
    """`necessary` channel; light does not count those; still no feelings in it."""
    start(journal, shared_life=["children", "work"])
    choose(journal, "try")
    asked = item(desk(journal, "contact-log").spec(), "necessary")
    assert asked["hint"].startswith("Children, rent, keys, pets, shared work: plain, and with no feelings in it.")
    before = lamp(journal)
    for hour in (9, 10, 11):
        log(journal, **OUT, necessary=True, when=f"2026-10-05T{hour:02}:00")
        log(journal, **IN, tone="neutral", necessary=True, when=f"2026-10-05T{hour:02}:30")
    assert lamp(journal) == before
    assert "It may be written, plainly and with no feelings in it" in words(shown(journal, "light"))
    assert "6 lines about what had to be settled. These are kept apart" in words(shown(journal, "contact-log"))


def test_someone_else_opens_the_device(tmp_path: Any) -> None:
    """Neutral title, close-now; encrypted store; wrong key never destroys anything."""
    frame = Frame.load(sample=False)
    assert [frame.title(name) for name in PAGES] == [f"Notes · page {n}" for n in range(1, 9)]
    place = tmp_path / "journal.sqlite"
    locked = open_journal(f"sqlite:///{place}", passphrase="a row of words")
    locked.save("timeline", {"what": "We met at the tram"})
    locked.close()
    before = place.read_bytes()
    assert b"tram" not in before
    for wrong in (None, "another row of words"):
        with pytest.raises(JournalError):
            open_journal(f"sqlite:///{place}", passphrase=wrong)
    assert place.read_bytes() == before
    again = open_journal(f"sqlite:///{place}", passphrase="a row of words")
    assert again.table("timeline")["what"].tolist() == ["We met at the tram"]
    again.close()


@pytest.mark.parametrize("he_is_adult", ["yes", "rather_not_say", None, "no"])
def test_minors(journal: Journal, he_is_adult: str | None) -> None:
    """Same exercises; “An adult you trust; you need not say who he is.”; youth numbers; where he is an adult or it is
    left unsaid: send route closed."""
    start(journal, under_18=True, he_is_adult=he_is_adult)
    assert "An adult you trust can stand by you. You need not say who he is." in words(shown(journal, "safe-start"))
    assert ("try" in choices(journal)) is (he_is_adult == "no")
    assert (lamp(journal)["state"] == "closed") is (he_is_adult != "no")
    lines = [line["kind"] for country in Frame.load(sample=False).help["countries"] for line in country["lines"]]
    assert "child" in lines
    for exercise in ("timeline", "check-in", "urge-pause", "contact-log", "letting-go"):
        assert desk(journal, exercise).offered


def test_her_answers_found_on_a_shared_or_his_device(journal: Journal) -> None:
    """Details of harm not stored by default."""
    start(journal, was_hurt="physical", keep_details=False)
    row = journal.history("safety").iloc[-1]
    assert row[["fear_of_him", "was_hurt", "can_say_no", "i_hurt_or_controlled", "he_is_adult"]].isna().all()
    assert (bool(row["route_closed"]), bool(pd.isna(row["route_reason"]))) == (True, True)
    assert "physical" not in everything(journal)


def test_wants_a_verdict(open_way: Journal) -> None:
    """App gives none; shows what she wrote and how sure the data can be."""
    check_in_for(open_way, 30)
    choose(open_way, "not_yet", review_on=open_way.clock.now().date() + dt.timedelta(days=7))
    save(desk(open_way, "board"), {"way": "try", "side": "for", "line": "We were kind"})
    days_pass(open_way, 8)
    for name in ("pattern", "decision", "review-day"):
        panel = shown(open_way, name)
        assert panel["cannot_tell"], name
        said = plain(panel).lower()
        assert not [w for w in ("you should", "you love him", "just lonely", "recommend", "% ") if w in said], name
    assert "Which way is right" in shown(open_way, "review-day")["cannot_tell"]
    spec = desk(open_way, "decision").spec()
    assert not any("value" in question or "preset" in question for question in spec["items"])
