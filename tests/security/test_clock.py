"""The clock stops a command with the system's alarm, and with a thread where there is none."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from graphgrad.cli.patience import TimeIsUpError, stopped_after
from graphgrad.errors import LimitError

WITHOUT_ALARM = "import signal; del signal.setitimer, signal.getitimer, signal.SIGALRM;"


@pytest.fixture(params=["alarm", "thread"])
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "thread":
        monkeypatch.delattr(signal, "setitimer", raising=False)
        monkeypatch.delattr(signal, "getitimer", raising=False)
    elif not hasattr(signal, "setitimer"):
        pytest.skip("this system has no alarm: the thread is tried")
    return str(request.param)


def busy(end: float) -> None:
    while time.monotonic() < end:
        sum(range(1000))


def handlers() -> list[object]:
    return [signal.getsignal(getattr(signal, name)) for name in ("SIGINT", "SIGALRM")]


def test_what_takes_too_long_is_stopped(clock: str) -> None:
    before, end = handlers(), time.monotonic() + 60
    with pytest.raises(LimitError) as told, stopped_after(0.05):
        busy(end)
    assert told.value.message_id == "limit.time"
    assert handlers() == before


def test_it_rings_again_where_a_clean_up_swallowed_it(clock: str) -> None:
    swallowed, end = [0], time.monotonic() + 60

    def clean_up() -> None:
        while time.monotonic() < end:
            try:
                busy(end)
            except TimeIsUpError:
                swallowed[0] += 1
                if swallowed[0] > 1:
                    raise

    with pytest.raises(LimitError), stopped_after(0.05):
        clean_up()
    assert swallowed == [2]


def test_what_ends_in_time_is_left_alone_and_nothing_comes_late(clock: str) -> None:
    before = handlers()
    for _ in range(200):
        with suppress(LimitError), stopped_after(0.003):
            sum(range(20000))
    time.sleep(0.05)
    assert handlers() == before


def test_what_stands_inside_is_stopped_by_the_clock_outside(clock: str) -> None:
    end = time.monotonic() + 60
    with pytest.raises(LimitError), stopped_after(0.05), stopped_after(1000):
        busy(end)


def test_ctrl_c_is_still_ctrl_c(clock: str) -> None:
    with pytest.raises(KeyboardInterrupt) as told, stopped_after(1000):
        signal.raise_signal(signal.SIGINT)
    assert not isinstance(told.value, TimeIsUpError)


@pytest.mark.parametrize("there_is", ["", WITHOUT_ALARM], ids=["alarm", "thread"])
def test_a_command_ends_with_status_6_and_a_sentence(there_is: str) -> None:
    code = f"{there_is}import sys; from graphgrad.cli.program import main; sys.exit(main())"
    words = ["gradcheck", "-e", "y = sum(i=1:9000, x^i)", "--set", "x=0.5"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env={"GRAPHGRAD_SECONDS": "1", "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 6, done.stderr
    assert "GRAPHGRAD_SECONDS" in done.stderr
    assert "Traceback" not in done.stderr
