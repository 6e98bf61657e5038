"""What the kernel tells about processes: their CPU time, their memory, where they may run; and what else the machine does."""
import os
import re
import socket

TICK = os.sysconf("SC_CLK_TCK")
SERVER_CPU, GENERATOR_CPU = 0, 1


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def tree(root):
    """The process and all its descendants."""
    children = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        stat = _stat(pid)
        if stat:
            children.setdefault(int(stat[1]), []).append(int(pid))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(pids):
    stats = filter(None, map(_stat, pids))
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICK


def proportional_memory(pids):
    """Bytes; a page that several processes share counts in parts (PSS)."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as rollup:
                total += int(re.search(r"^Pss:\s+(\d+)", rollup.read(), re.M).group(1)) * 1024
        except (OSError, AttributeError):
            pass
    return total


def unpinned_threads(pids, cpu):
    wrong = 0
    for pid in pids:
        try:
            wrong += sum(os.sched_getaffinity(int(thread)) != {cpu} for thread in os.listdir(f"/proc/{pid}/task"))
        except OSError:
            pass
    return wrong


def pin(pids, cpu):
    """Puts back threads that chose CPUs for themselves."""
    for pid in pids:
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                os.sched_setaffinity(int(thread), {cpu})
        except OSError:
            pass


def favour(pids):
    """More weight against other sessions' work on a shared machine, for all that is compared alike."""
    for pid in pids:
        try:
            with open(f"/proc/{pid}/autogroup", "w") as weight:
                weight.write("-20")
        except OSError:
            pass


def busy_seconds():
    """CPU seconds of the whole machine, and those its host gave to others."""
    with open("/proc/stat") as stat:
        fields = [int(field) for field in stat.readline().split()[1:]]
    return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / TICK, fields[7] / TICK


def description():
    with open("/proc/cpuinfo") as cpuinfo:
        model = re.search(r"^model name\s*:\s*(.+)", cpuinfo.read(), re.M)
    with open("/proc/meminfo") as meminfo:
        memory = int(re.search(r"^MemTotal:\s+(\d+)", meminfo.read(), re.M).group(1)) >> 20
    release = os.uname().release.split("-")[0]
    return f"{os.cpu_count()} cores of {model.group(1) if model else 'an unnamed CPU'}, {memory} GiB, Linux {release}"


def _stat(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()
    except OSError:
        return None
