"""The mail itself: well-formed whatever is in it, and the same bytes for the same data."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.digest import Body, Mailbox, message
from articles.rules.text.columns import one_line

DAY = date(2020, 1, 24)
READER = Mailbox("reader@example.org")
SENDER = Mailbox("digest@news.example", "News")
LINK = "https://news.example/unsubscribe"
LINE_END = re.compile("\r\n|\r|\n")
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


def raw(
    subject: str = "A subject",
    text: str = "Text.\n",
    html: str = "<p>Text.</p>\n",
    *,
    day: date = DAY,
    reader: Mailbox = READER,
    sender: Mailbox = SENDER,
    unsubscribe: str = LINK,
) -> bytes:
    mail = message(
        Body(subject, text, html),
        day,
        reader=reader,
        sender=sender,
        unsubscribe=unsubscribe,
    )
    return mail.as_bytes(linesep="\r\n")


def read(mail: bytes) -> EmailMessage:
    """Read a mail and hold it to the rules of RFC 5322, 2045 and 2047."""
    found = message_from_bytes(mail, policy=policy.SMTP)
    for part in found.walk():
        assert part.defects == []
        assert [part[name].defects for name in part if part[name].defects] == []
    assert mail.isascii()
    assert b"\n" not in mail.replace(b"\r\n", b"")
    head, _, body = mail.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert all(line[:1] in b" \t" or b": " in line for line in head.split(b"\r\n"))
    return found


def texts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == (
        "text/plain",
        "text/html",
    )
    for part in (plain, html):
        assert part["Content-Transfer-Encoding"] == "quoted-printable"
        assert part.get_content_charset() == "utf-8"
        assert "MIME-Version" not in part
    return tuple(LINE_END.sub("\n", part.get_content()) for part in (plain, html))


def test_it_has_the_heads_that_such_a_mail_needs():
    found = read(raw("Ferry sails"))
    assert found.get_content_type() == "multipart/alternative"
    assert str(found["From"]) == "News <digest@news.example>"
    assert found["To"] == "reader@example.org"
    assert found["Subject"] == "Ferry sails"
    assert found["Date"].datetime.isoformat() == "2020-01-24T23:59:59+00:00"
    assert found["Message-ID"].startswith("<2020-01-24.")
    assert found["Message-ID"].endswith("@news.example>")
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["List-Unsubscribe"] == f"<{LINK}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["MIME-Version"] == "1.0"
    assert texts(found) == ("Text.\n", "<p>Text.</p>\n")


def test_one_click_is_promised_by_https_only():
    found = read(raw(unsubscribe="mailto:stop@news.example"))
    assert found["List-Unsubscribe"] == "<mailto:stop@news.example>"
    assert "List-Unsubscribe-Post" not in found


def test_a_day_ends_in_the_time_zone_of_the_site(settings):
    settings.TIME_ZONE = "America/New_York"
    assert read(raw())["Date"].datetime.isoformat() == "2020-01-24T23:59:59-05:00"


def test_the_same_data_give_the_same_bytes_and_any_other_another_id():
    assert raw() == raw()
    others = [
        raw(),
        raw("Another subject"),
        raw(text="Other text.\n"),
        raw(html="<p>Other.</p>\n"),
        raw(day=date(2020, 1, 25)),
        raw(reader=Mailbox("other@example.org")),
        raw(unsubscribe="https://news.example/other"),
    ]
    assert len({read(mail)["Message-ID"] for mail in others}) == len(others)


@given(ANY)
@example("=?utf-8?q?=0D=0ABcc:_x@example.org?=")
@example("a\r\nBcc: x@example.org")
@example("Ferry " * 40)
@example("x" * 300)
@example("😀" * 100)
@example("\u202eturned \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd")
@example("e\u0301" * 60)
@example("tail \\")
@example("a  b   c")
def test_any_subject_comes_back_as_one_line(subject):
    found = read(raw(f"Day: {subject}"))
    assert found["Subject"] == one_line(f"Day: {subject}")
    assert "Bcc" not in found


@given(ANY)
@example('Quoted "name", with \\ and <brackets>')
@example("=?utf-8?q?x?=")
@example("Nachrichten für alle, die lange Namen mögen " * 4)
@example("N" * 68)
@example("N" * 69)
def test_any_name_of_a_sender_comes_back(name):
    found = read(raw(sender=Mailbox("digest@news.example", name)))
    [sender] = found["From"].addresses
    assert sender.addr_spec == "digest@news.example"
    # Python's own parser leaves a blank between two encoded parts of one word.
    assert sender.display_name.replace(" ", "") == one_line(name).replace(" ", "")


@given(ANY, ANY)
@example(".\n..\nFrom here\n", "=_\n--=_\n")
@example("x" * 5000, "é" * 5000)
@example("blank at the end \n\ttab", "\u2028\u2029\x85\x0b\x0c\x1c")
def test_any_text_comes_back(text, html):
    read_back = texts(read(raw(text=f"{text}\n", html=f"{html}\n")))
    assert read_back == tuple(LINE_END.sub("\n", f"{said}\n") for said in (text, html))


@pytest.mark.parametrize("length", [10, 60, 70, 77, 200, 880])
def test_a_long_address_to_unsubscribe_is_left_whole(length):
    link = f"https://news.example/{'a' * length}"
    mail = raw(unsubscribe=link)
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in mail
    assert (
        message_from_bytes(mail, policy=policy.SMTP)["List-Unsubscribe"] == f"<{link}>"
    )


def test_long_addresses_of_readers_are_left_whole():
    address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.example"
    mail = raw(reader=Mailbox(address))
    assert f"\r\nTo: {address}\r\n".encode() in mail
