"""`manage.py send_digest`: sent to a real server on loopback, or refused in one line."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from time_machine import travel

from articles.models import Article
from articles.publishing import withdraw
from articles.settle import settle
from articles.tests.make import NOW
from articles.tests.selectors.archive.making import GREAT_DAY, begin
from newsagg import settings as site_settings

from .sink import REFUSED, free_port, listening

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def day(db) -> str:
    """A day with three stories."""
    begin(GREAT_DAY, 2, topics=["AI"])
    begin(GREAT_DAY, title="Fähre fährt 😀 \u0645\u0631\u062d\u0628\u0627", quality=100)
    settle(now=NOW)
    return GREAT_DAY.isoformat()


@pytest.fixture
def sink(settings):
    with listening() as found:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.DIGEST_FROM = "Neues für alle <digest@news.example>"
        settings.DIGEST_UNSUBSCRIBE = "https://news.example/no-more?who={address}"
        yield found


@pytest.fixture
def send_digest(capsys):
    """Run the command; answers with its exit code, stdout and stderr."""

    def run(*arguments: str) -> SimpleNamespace:
        code: object = 0
        capsys.readouterr()
        try:
            call_command("send_digest", *arguments)
        except SystemExit as end:
            code = end.code
        except CommandError as error:
            out, err = capsys.readouterr()
            return SimpleNamespace(code=error.returncode, out=out, err=err + str(error))
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


def test_each_reader_gets_a_mail_of_their_own(sink, day, send_digest):
    ran = send_digest(
        "--to", "a@example.org", "--to", "b@bücher.example", "--date", day
    )
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        f"a@example.org: sent, 3 of 3 stories of {day}.",
        f"b@xn--bcher-kva.example: sent, 3 of 3 stories of {day}.",
    ]
    readers = ["a@example.org", "b@xn--bcher-kva.example"]
    assert [(sender, to) for sender, to, _ in sink.mails] == [
        ("digest@news.example", [reader]) for reader in readers
    ]
    for reader, found in zip(readers, sink.read(), strict=True):
        assert found.defects == []
        assert found["To"] == reader
        assert [box.display_name for box in found["From"].addresses] == [
            "Neues für alle"
        ]
        assert found["Subject"].startswith("24 January 2020: Fähre fährt 😀")
        who = f"https://news.example/no-more?who={reader.replace('@', '%40')}"
        assert found["List-Unsubscribe"] == f"<{who}>"
        for kind in ("plain", "html"):
            text = found.get_body((kind,)).get_content()
            assert "Fähre fährt 😀 \u0645\u0631\u062d\u0628\u0627" in text
            assert who in text


def test_sent_again_it_is_the_same_to_the_byte(sink, day, send_digest):
    for _ in range(2):
        assert send_digest("--to", "a@example.org", "--date", day).code == 0
    (*_, first), (*_, second) = sink.mails
    assert first == second


def test_an_address_given_twice_gets_one_mail(sink, day, send_digest):
    send_digest("--to", "a@example.org", "--to", "a@EXAMPLE.org", "--date", day)
    assert len(sink.mails) == 1


def test_a_refusal_is_one_line_and_the_others_are_sent(sink, day, send_digest):
    ran = send_digest("--to", REFUSED, "--to", "a@example.org", "--date", day)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        f"{REFUSED}: not sent: 550 5.1.1 No such reader",
        f"a@example.org: sent, 3 of 3 stories of {day}.",
    ]
    assert [to for _, to, _ in sink.mails] == [["a@example.org"]]


def test_a_server_that_is_not_there_is_one_line(sink, day, send_digest, settings):
    settings.EMAIL_PORT = free_port()
    ran = send_digest("--to", "a@example.org", "--date", day)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("a@example.org: not sent: ")


def test_a_day_without_stories_sends_nothing_and_says_so(sink, day, send_digest):
    ran = send_digest("--to", "a@example.org", "--date", "2020-01-25")
    assert (ran.code, ran.err) == (
        0,
        "Nothing to send: no story began on 2020-01-25.\n",
    )
    withdraw(Article.objects.all())
    ran = send_digest("--to", "a@example.org", "--date", day)
    assert (ran.code, ran.err) == (0, f"Nothing to send: no story began on {day}.\n")
    assert sink.mails == []


def test_a_topic_narrows_it(sink, day, send_digest):
    ran = send_digest("--to", "a@example.org", "--date", day, "--topic", "ai")
    assert ran.err == f"a@example.org: sent, 2 of 2 stories of {day}.\n"
    assert send_digest(
        "--to", "a@example.org", "--date", "2020-01-25", "--topic", "AI"
    ).err == ("Nothing to send: no story with the topic AI began on 2020-01-25.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "nobody", "--date", "2020-01-24"], "--to: 'nobody': "),
        (
            ["--to", "a@example.org\nBcc: b@example.org", "--date", "2020-01-24"],
            r"--to: 'a@example.org\nBcc: b@example.org': it holds a line break",
        ),
        (
            ["--to", "a@example.org", "--date", "2020-02-30"],
            "--date: '2020-02-30' is no day",
        ),
        (
            ["--to", "a@example.org", "--date", "20200124"],
            "--date: '20200124' is no day",
        ),
        (["--to", "a@example.org", "--date", "٢٠٢٠-٠١-٢٤"], "is no day"),
        (["--to", "a@example.org", "--date", "1969-12-31"], "dated before 1970"),
        (
            ["--to", "a@example.org", "--date", "2020-01-24", "--topic", "zebra"],
            "--topic: no topic is called 'zebra'",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_sends_nothing(
    sink, day, send_digest, arguments, said
):
    ran = send_digest("--to", "good@example.org", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "\n" not in ran.err
    assert sink.mails == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIGEST_FROM", "nobody"),
        ("DIGEST_FROM", "News <digest@news.example>\r\nBcc: b@example.org"),
        ("DIGEST_UNSUBSCRIBE", "http://news.example/"),
    ],
)
def test_a_wrong_setting_is_named(sink, day, send_digest, settings, name, value):
    setattr(settings, name, value)
    ran = send_digest("--to", "a@example.org", "--date", day)
    assert ran.code == 2
    assert ran.err.startswith(f"{name}: ")
    assert "\n" not in ran.err
    assert sink.mails == []


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", "2020-01-23"), ("Pacific/Auckland", "2020-01-24")]
)
def test_yesterday_is_a_day_in_the_zone_of_the_site(
    db, send_digest, settings, zone, day
):
    settings.TIME_ZONE = zone
    with travel("2020-01-24T20:00Z", tick=False):
        ran = send_digest("--to", "a@example.org", "--date", "yesterday")
    assert ran.err == f"Nothing to send: no story began on {day}.\n"


def test_mail_is_printed_where_no_server_is_named(day, send_digest, settings):
    assert site_settings.EMAIL_BACKEND.endswith("console.EmailBackend")
    settings.EMAIL_BACKEND = site_settings.EMAIL_BACKEND
    ran = send_digest("--to", "a@example.org", "--date", day)
    assert ran.code == 0
    assert "\nTo: a@example.org\n" in ran.out
    assert (
        "\nList-Unsubscribe: <mailto:digest@localhost?subject=unsubscribe>\n" in ran.out
    )


def test_other_backends_of_django_take_it_too(day, send_digest):
    assert send_digest("--to", "a@example.org", "--date", day).code == 0
    [sent] = mail.outbox
    assert sent.recipients() == ["a@example.org"]
    assert b"multipart/alternative" in sent.message().as_bytes()
