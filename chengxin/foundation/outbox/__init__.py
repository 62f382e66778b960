"""The one outbox: what persons must be told, kept as rows, sent by channels, proven by deliveries.

A notice is written in the transaction of what it tells of. A batch writes all of its own by COPY and asks once that they
be sent (F14). Who opens addresses and files for telling is said by the doors (``use_desk``).
"""

from chengxin.foundation.outbox.channels.webhook import key_directory
from chengxin.foundation.outbox.desks import use_desk
from chengxin.foundation.outbox.dispatching import send_due
from chengxin.foundation.outbox.figures import OutboxFigures, outbox_figures
from chengxin.foundation.outbox.forgetting import forget_person
from chengxin.foundation.outbox.letters import (
    LetterAct,
    LetterState,
    LetterView,
    announce_letter,
    hand_letter,
    letter,
    letters_announced,
    letters_on_the_way,
    letters_that_came_back,
    letters_to_post,
    miss_letter,
    post_letter,
    receive_letter,
    return_letter,
    serve_announced,
)
from chengxin.foundation.outbox.notices import (
    EVERY,
    NOTICE_ROWS,
    NoticeUnknown,
    dispatch_batch,
    notice_of,
    notices_of,
    tell,
)
from chengxin.foundation.outbox.reading import read_notice
from chengxin.foundation.outbox.terms import (
    NOWHERE,
    Addresses,
    ChannelKind,
    DeliveryView,
    Desk,
    Message,
    NoticeServed,
    NoticeView,
    State,
)

__all__ = [
    "EVERY",
    "NOTICE_ROWS",
    "NOWHERE",
    "Addresses",
    "ChannelKind",
    "DeliveryView",
    "Desk",
    "LetterAct",
    "LetterState",
    "LetterView",
    "Message",
    "NoticeServed",
    "NoticeUnknown",
    "NoticeView",
    "OutboxFigures",
    "State",
    "announce_letter",
    "dispatch_batch",
    "forget_person",
    "hand_letter",
    "key_directory",
    "letter",
    "letters_announced",
    "letters_on_the_way",
    "letters_that_came_back",
    "letters_to_post",
    "miss_letter",
    "notice_of",
    "notices_of",
    "outbox_figures",
    "post_letter",
    "read_notice",
    "receive_letter",
    "return_letter",
    "send_due",
    "serve_announced",
    "tell",
    "use_desk",
]
