"""What the system tells of a process: its time on a processor, its memory, its children."""
import os
import pathlib
import platform

TICKS = os.sysconf('SC_CLK_TCK')


def stat_fields(pid):
    """/proc/PID/stat from the third field on; the second, the name, may hold blanks and brackets."""
    return pathlib.Path('/proc/%d/stat' % pid).read_text().rpartition(')')[2].split()


def processor_seconds(pid):
    """User and system time of a process with all its threads."""
    fields = stat_fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


def family_seconds(pid):
    """That of a process, its children, and those children that have ended: a server of many processes."""
    fields = stat_fields(pid)
    ticks = sum(int(field) for field in fields[11:15])
    for entry in pathlib.Path('/proc').iterdir():
        if not entry.name.isdigit():
            continue
        try:
            child = stat_fields(int(entry.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(child[1]) == pid:
            ticks += int(child[11]) + int(child[12])
    return ticks / TICKS


def memory_megabytes(pid, field='VmRSS'):
    """VmRSS: resident now; VmHWM: the most that ever was."""
    for line in pathlib.Path('/proc/%d/status' % pid).read_text().splitlines():
        if line.startswith(field + ':'):
            return int(line.split()[1]) / 1024
    raise RuntimeError('/proc/%d/status does not tell %s' % (pid, field))


def load_average():
    return pathlib.Path('/proc/loadavg').read_text().split()[:3]


def stolen_seconds():
    """Processor time that this machine's host gave to others while something here wanted it."""
    return int(pathlib.Path('/proc/stat').read_text().split(maxsplit=9)[8]) / TICKS


def machine():
    lines = pathlib.Path('/proc/cpuinfo').read_text().splitlines()
    models = [line.partition(':')[2].strip() for line in lines if line.startswith('model name')]
    return {'processor': models[0] if models else platform.machine(), 'cores': os.cpu_count(),
            'kernel': platform.release()}
