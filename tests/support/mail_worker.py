"""A mail worker in a process of its own, made to be killed."""

import threading
from datetime import timedelta
from multiprocessing.context import ForkServerContext

from participation.foundation.config import Config
from participation.foundation.installation import open_installation
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.transports import SmtpTransport

# A module of its own, loaded once by the fork server: a child then starts in milliseconds.
CONTEXT = ForkServerContext()
CONTEXT.set_forkserver_preload([__name__])

# Longer than one mail takes here, short enough for a test to wait for.
LEASE = timedelta(milliseconds=300)


def deliver_until_killed(config: Config, name: str) -> None:
    """Recover what others left, deliver what is due, and start over; for ever."""
    with open_installation(config) as installation:
        runner = MailRunner(
            installation.sessions,
            SmtpTransport(config.smtp_url),
            config.mail_from,
            name,
            claim_lasts=LEASE,
            handing_lasts=LEASE,
        )
        pause = threading.Event()
        while True:
            runner.recover()
            if not runner.deliver_due(pause):
                pause.wait(0.02)
