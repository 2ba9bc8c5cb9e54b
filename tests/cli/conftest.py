"""Commands work in this process here."""

from tests.in_process import jobs_in_this_process

__all__ = ["jobs_in_this_process"]
