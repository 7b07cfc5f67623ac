"""The edition of a day as a mail: what is in it, how it reads, how it is sent."""

from __future__ import annotations

from .addresses import InvalidAddress, Mailbox, mailbox, unsubscribe_link
from .compose import Digest, compose, topic_called
from .deliver import NotSent, send
from .message import message
from .render import Body, render

__all__ = [
    "Body",
    "Digest",
    "InvalidAddress",
    "Mailbox",
    "NotSent",
    "compose",
    "mailbox",
    "message",
    "render",
    "send",
    "topic_called",
    "unsubscribe_link",
]
