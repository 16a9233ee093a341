"""Running other programs: with a time limit, into a log, and leaving nothing behind."""
import concurrent.futures
import contextlib
import os
import pathlib
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOGS = ROOT / 'build' / 'log'


def run(command, log_name, limit, environment=None):
    """Runs until the end or for `limit` seconds, output into build/log/LOG_NAME.txt. Gives (status, output,
    seconds); a status of None says that time was up, and then its whole process group is ended."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / (log_name + '.txt')
    started = time.monotonic()
    with open(path, 'wb') as log:
        process = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                                   stderr=subprocess.STDOUT, start_new_session=True,
                                   env={**os.environ, **(environment or {})})
        try:
            status = process.wait(timeout=max(limit, 1))
        except subprocess.TimeoutExpired:
            status = None
            log.write(b'\nnot finished after %d s\n' % limit)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return status, path.read_text(encoding='utf-8', errors='replace'), time.monotonic() - started


def side_by_side(tasks, width=None):
    """Calls every task, as many at once as there are cores; gives their results in the order of the tasks."""
    with concurrent.futures.ThreadPoolExecutor(width or os.cpu_count() or 2) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


@contextlib.contextmanager
def postgres():
    """The address of a new, empty PostgreSQL cluster that lives as long as this context."""
    keeper = subprocess.Popen([ROOT / 'tools' / 'with-postgres', 'sh', '-c',
                               'printf "%s\\n" "$LOA_TEST_POSTGRES"; cat >/dev/null'],
                              cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              start_new_session=True)
    try:
        address = ''
        for line in keeper.stdout:  # with-postgres may speak before its command does
            if 'postgres' in line and ('=' in line or '://' in line):
                address = line.strip()
                break
        if not address:
            raise RuntimeError('tools/with-postgres started no cluster')
        yield address
    finally:
        keeper.stdin.close()
        try:
            keeper.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(keeper.pid, signal.SIGTERM)
            keeper.wait()
