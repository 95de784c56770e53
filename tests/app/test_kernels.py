"""Forked kernels do whatever plain ones do, end when they should, and give way to plain ones where forking fails."""

import asyncio
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from tests.app.conftest import WARMED, wait_until
from widgets.app.kernels import Forked, PromptClient, Warmed, allow_gone, register
from widgets.app.server import OwnKernel

LIGHT = ("json",)  # what is warmed makes no difference to how kernels live and end
CYCLES, AT_ONCE = 200, 8
SERVER = """
import asyncio, sys
from tests.app.test_kernels import begin
from widgets.app.kernels import Warmed, register
async def main():
    warmed = Warmed(("json",))
    register(None, warmed)
    manager, _ = await begin()
    print(manager.provisioner.pid, warmed.pid, flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


def run_alone(story: Coroutine[Any, Any, None]) -> None:
    """Run a story in a thread of its own: the browser of other tests keeps an event loop running in this one."""
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, story).result()


async def begin(warmed: Warmed | None = None) -> tuple[AsyncKernelManager, AsyncKernelClient]:
    """A kernel as the server starts it, and a client that it has answered."""
    if warmed:
        register(None, warmed)
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OwnKernel(),
        client_class="widgets.app.kernels.PromptClient",
        transport="ipc",  # as the server does; ports could be taken by another kernel that starts just then
        ip=str(Path(tempfile.mkdtemp(prefix="k-", dir="/tmp")) / "k"),
    )
    await manager.start_kernel()
    client = manager.client()
    assert isinstance(client, PromptClient)
    client.start_channels()
    await client.wait_for_ready(60)
    return manager, client


async def finish(manager: AsyncKernelManager, client: AsyncKernelClient) -> None:
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    shutil.rmtree(Path(manager.ip).parent, ignore_errors=True)


async def value(client: AsyncKernelClient, expression: str) -> str:
    """What an expression is in the kernel, as text."""
    asked = client.execute("", user_expressions={"x": expression})
    while (reply := await client.get_shell_msg(timeout=30))["parent_header"].get("msg_id") != asked:
        pass
    return reply["content"]["user_expressions"]["x"]["data"]["text/plain"]


@pytest.fixture
def warmed() -> Iterator[Warmed]:
    process = Warmed(LIGHT)
    yield process
    process.close()


Story = Callable[[AsyncKernelManager, AsyncKernelClient], Awaitable[None]]


@pytest.fixture
def with_kernel(warmed: Warmed) -> Callable[[Story], None]:
    """Run a story with one forked kernel, which ends with it."""

    def run(story: Story) -> None:
        async def whole() -> None:
            manager, client = await begin(warmed)
            assert isinstance(manager.provisioner.process, Forked)
            try:
                await story(manager, client)
            finally:
                await finish(manager, client)

        run_alone(whole())

    return run


def test_a_kernel_has_a_session_streams_folder_environment_and_chance_of_its_own(warmed: Warmed) -> None:
    """Nothing it starts with is the warmed process's or another kernel's."""

    async def story() -> None:
        os.environ["SINCE_WARMED"] = "yes"
        one, two = await begin(warmed), await begin(warmed)
        try:
            pid = one[0].provisioner.pid
            assert os.getsid(pid) == pid
            assert await value(one[1], "__import__('os').getpid()") == str(pid)
            assert await value(one[1], "__import__('os').read(0, 1)") == "b''"
            assert await value(one[1], "__import__('os').getcwd()") == repr(os.getcwd())
            assert await value(one[1], "__import__('os').environ['SINCE_WARMED']") == "'yes'"
            chance = "(__import__('random').random(), __import__('numpy').random.rand(), __import__('uuid').uuid4())"
            assert await value(one[1], chance) != await value(two[1], chance)
            assert one[0].session.key != two[0].session.key
            assert psutil.Process(warmed.pid).num_threads() == 1
        finally:
            del os.environ["SINCE_WARMED"]
            await finish(*one)
            await finish(*two)

    run_alone(story())


def test_a_kernel_is_interrupted(with_kernel: Callable[[Story], None]) -> None:
    """As by the button in a notebook: what runs stops with KeyboardInterrupt, the kernel goes on."""

    async def story(manager: AsyncKernelManager, client: AsyncKernelClient) -> None:
        # otherwise whatever is asked next is not answered either
        asked = client.execute("import time\nprint('here', flush=True)\ntime.sleep(600)", stop_on_error=False)
        while (await client.get_iopub_msg(timeout=30))["msg_type"] != "stream":
            pass
        await manager.interrupt_kernel()
        while (reply := await client.get_shell_msg(timeout=30))["parent_header"].get("msg_id") != asked:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert await value(client, "1 + 1") == "2"

    with_kernel(story)


def test_a_kernel_is_restarted(with_kernel: Callable[[Story], None]) -> None:
    """Another process, nothing in it, on the same connection."""

    async def story(manager: AsyncKernelManager, client: AsyncKernelClient) -> None:
        before = manager.provisioner.pid
        client.execute("x = 1")
        assert await value(client, "x") == "1"
        await manager.restart_kernel(now=True)
        await client.wait_for_ready(60)
        assert manager.provisioner.pid != before
        assert await value(client, "'x' in globals()") == "False"
        await until(lambda: not psutil.pid_exists(before))

    with_kernel(story)


async def until(holds: Callable[[], Any]) -> None:
    """Wait until something is so, for half a minute at most."""
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.02)


def test_a_killed_kernel_is_seen_as_dead_and_leaves_nothing(with_kernel: Callable[[Story], None]) -> None:
    """kill -9; its number is then no longer signalled."""

    async def story(manager: AsyncKernelManager, client: AsyncKernelClient) -> None:
        process = manager.provisioner.process
        os.kill(process.pid, signal.SIGKILL)
        await until(lambda: process.poll() == 0)
        assert not await manager.is_alive()
        await until(lambda: not psutil.pid_exists(process.pid))
        await manager.provisioner.send_signal(signal.SIGTERM)

    with_kernel(story)


def test_kernels_outlive_the_warmed_process_and_the_next_one_has_a_new_one(warmed: Warmed) -> None:
    """kill -9 of the warmed process."""

    async def story() -> None:
        one = await begin(warmed)
        first = warmed.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await until(lambda: warmed.pid is None)
        assert await value(one[1], "1 + 1") == "2"
        two = await begin(warmed)
        assert isinstance(two[0].provisioner.process, Forked)
        assert warmed.pid not in (None, first)
        await finish(*one)
        await finish(*two)

    run_alone(story())


def test_a_warmed_process_that_hangs_is_given_up(warmed: Warmed, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was stopped (SIGSTOP): the kernel is plain, the next one is forked from a new process."""
    monkeypatch.setattr("widgets.app.kernels.process.FORKING", 0.2)

    async def story() -> None:
        await finish(*(await begin(warmed)))
        first = warmed.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        one = await begin(warmed)
        assert isinstance(one[0].provisioner.process, subprocess.Popen)
        await until(lambda: not psutil.pid_exists(first))
        monkeypatch.undo()
        two = await begin(warmed)
        assert isinstance(two[0].provisioner.process, Forked)
        await finish(*one)
        await finish(*two)

    run_alone(story())


def test_a_kernels_subprocesses_end_with_it(with_kernel: Callable[[Story], None]) -> None:
    """Those it started and left running."""
    started: list[int] = []

    async def story(manager: AsyncKernelManager, client: AsyncKernelClient) -> None:
        sleeps = "[__import__('subprocess').Popen(['sleep', '600']).pid for _ in range(3)]"
        started.extend(eval(await value(client, sleeps)))

    with_kernel(story)
    assert len(started) == 3
    wait_until(lambda: not any(is_running(pid) for pid in started))


def is_running(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def test_a_subprocess_can_be_waited_for(with_kernel: Callable[[Story], None]) -> None:
    """The kernel has the system's usual way with children back, which the warmed process does without."""

    async def story(manager: AsyncKernelManager, client: AsyncKernelClient) -> None:
        assert await value(client, "__import__('subprocess').run(['sh', '-c', 'exit 7']).returncode") == "7"

    with_kernel(story)


def test_everything_ends_with_a_killed_server() -> None:
    """kill -9 of the server: its kernel and its warmed process are gone."""
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    assert server.stdout
    pids = [int(pid) for pid in server.stdout.readline().split()]
    assert all(is_running(pid) for pid in pids)
    server.kill()
    server.wait()
    wait_until(lambda: not any(is_running(pid) for pid in pids))


@pytest.mark.parametrize(
    ("module", "warming"),
    [
        ("import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n", 20.0),
        ("raise ImportError('not here')\n", 20.0),
        ("import time\ntime.sleep(600)\n", 0.5),
    ],
    ids=["starts a thread", "cannot be imported", "hangs"],
)
def test_where_warming_fails_kernels_are_plain(
    module: str, warming: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no second try delays the next kernel."""
    (tmp_path / "faulty_module.py").write_text(module)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.getcwd()]))
    warmed = Warmed(("faulty_module",), warming=warming)

    async def story() -> None:
        for _ in range(2):
            manager, client = await begin(warmed)
            assert isinstance(manager.provisioner.process, subprocess.Popen)
            assert await value(client, "1 + 1") == "2"
            await finish(manager, client)
            assert warmed.pid is None

    run_alone(story())


def test_on_other_systems_kernels_are_plain(warmed: Warmed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forking is for Linux only: on macOS a forked process may not use much of the system."""
    monkeypatch.setattr("widgets.app.kernels.process.sys.platform", "darwin")

    async def story() -> None:
        manager, client = await begin(warmed)
        assert isinstance(manager.provisioner.process, subprocess.Popen)
        assert warmed.pid is None
        await finish(manager, client)

    run_alone(story())


def test_hundreds_of_kernels_leave_nothing_behind(warmed: Warmed) -> None:
    """No process, no descriptor, no thread, and no memory to speak of, in the server or in the warmed process."""

    def held() -> tuple[int, int, int]:
        gc.collect()
        me = psutil.Process()
        return len(me.children()), me.num_fds(), me.num_threads()

    def kernels() -> list[psutil.Process]:
        """Of this warmed process: servers of other tests may live on beside it, and theirs come and go."""
        return psutil.Process(warmed.pid).children(recursive=True)

    def memory() -> int:
        return psutil.Process().memory_info().rss + psutil.Process(warmed.pid).memory_full_info().uss

    async def cycle() -> None:
        await finish(*(await begin(warmed)))

    async def story() -> None:
        await asyncio.gather(*(cycle() for _ in range(AT_ONCE)))
        await until(lambda: not kernels())
        before, size = held(), memory()
        for _ in range(CYCLES // AT_ONCE):
            await asyncio.gather(*(cycle() for _ in range(AT_ONCE)))
        await until(lambda: not kernels() and held()[0] <= before[0])
        after = held()
        assert after[1] <= before[1] + 2
        assert after[2] <= before[2] + 1
        assert memory() - size < 20 * 2**20

    run_alone(story())


def test_the_warmed_process_holds_nothing_of_hers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the workbook warms: one thread, no socket but the server's, no journal opened, everything imported."""
    journal = tmp_path / "journal.sqlite"
    warmed = Warmed()
    monkeypatch.setenv("WORKBOOK_JOURNAL", f"sqlite:///{journal}")

    async def story() -> None:
        manager, client = await begin(warmed)
        try:
            process = psutil.Process(warmed.pid)
            assert WARMED in process.cmdline()
            assert process.num_threads() == 1
            assert not process.net_connections("inet")
            assert not [f for f in process.open_files() if "journal" in f.path]
            assert not journal.exists()
            needed = {"widgets.pages", "widgets.readings.pattern", "scipy.special", "pandas"}
            assert await value(client, f"{needed} <= set(__import__('sys').modules)") == "True"
        finally:
            await finish(manager, client)

    run_alone(story())
    warmed.close()


def test_a_kernel_that_has_gone_before_it_is_ended_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    """Jupyter ends idle kernels; between its list and its look a page may have ended one. Nothing is printed then."""
    kernels = AsyncMappingKernelManager()
    allow_gone(kernels)
    kernels._kernels["gone"] = None

    async def list_and_lose() -> None:
        class Lost(dict):
            def __getitem__(self, kernel_id: str) -> None:
                raise KeyError(kernel_id)

        kernels._kernels = Lost(kernels._kernels)
        await kernels.cull_kernels()

    run_alone(list_and_lose())
    assert caplog.records == []
