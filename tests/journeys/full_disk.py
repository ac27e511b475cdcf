#!/usr/bin/env python3
"""Disks that fill while an organisation is made, imported, restored or read; files that may not grow; a program that is
killed while it makes one. What is there under its name is whole, and what is not there is said. Mounts small disks of
memory; without the right to, it leaves those steps out.

usage: full_disk.py PATH_TO_TIEBEAM
"""
import contextlib
import http.client
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "sample", "incident_event_log_2016Q1.csv.gz")
FULL = "the disk is full"
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:400]}")


def tiebeam(*arguments, data, **more):
    return subprocess.run([PROGRAM, *arguments, "--data", data], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, **more)


@contextlib.contextmanager
def disk(folder, kilobytes):
    """A disk of that size in memory, mounted in `folder`."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True, capture_output=True)
    try:
        yield os.path.join(folder, "data")
    finally:
        subprocess.run(["umount", "-l", folder], check=True, capture_output=True)


def may_mount(folder):
    try:
        with disk(folder, 100):
            return True
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False


def left_in(data):
    return sorted(name for name in os.listdir(data) if name != ".spool") if os.path.isdir(data) else []


def fills_while(what, folder, sizes, make):
    """`make` on disks of growing size: nothing and the reason, or a whole organisation."""
    made = 0
    for size in sizes:
        with disk(folder, size) as data:
            status, said = make(data)
            if status == 0:
                made += 1
                sound = tiebeam("journal", "verify", data=data)
                check(f"{what} on {size} KB is whole", sound.returncode == 0, sound.stderr)
                check(f"{what} on {size} KB leaves one file", len(left_in(data)) == 1, left_in(data))
            else:
                check(f"{what} on {size} KB says why", status in (3, 503) and FULL in said, (status, said))
                check(f"{what} on {size} KB leaves nothing", left_in(data) == [], left_in(data))
    check(f"{what} is made on the largest disk and refused on the smallest", 0 < made < len(sizes), made)


def by_command(*arguments):
    def make(data):
        done = tiebeam(*arguments, data=data)
        return done.returncode, done.stderr
    return make


@contextlib.contextmanager
def server(data):
    process = subprocess.Popen([PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
    try:
        yield int(process.stderr.readline().split("127.0.0.1:")[1].split("/")[0])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def by_http(data):
    with server(data) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("POST", "/api/v1/orgs", json.dumps({"kind": "sample"}), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
    return (0 if answer.status == 201 else answer.status), text


def restores(folder, work):
    own, backup = os.path.join(work, "own"), os.path.join(work, "a.backup")
    tiebeam("import", SAMPLE, data=own)
    tiebeam("backup", backup, data=own)
    with disk(folder, 800) as data:
        done = tiebeam("restore", backup, data=data)
        check("restoring onto a full disk names the disk that is full",
              done.returncode == 3 and f"{data}/main.tiebeam: {FULL}" in done.stderr and "a.backup" not in done.stderr, done.stderr)
        check("and leaves nothing", left_in(data) == [], left_in(data))


def reads(folder):
    with disk(folder, 20000) as data:
        tiebeam("import", SAMPLE, data=data)
        with open(os.path.join(folder, "filler"), "wb", buffering=0) as filler:
            with contextlib.suppress(OSError):
                while True:
                    filler.write(b"x" * 4096)
        done = tiebeam("figures", data=data)
        check("on a full disk it is said that it is full", done.returncode == 3 and FULL in done.stderr and "free some" in done.stderr,
              (done.returncode, done.stderr))
        os.unlink(os.path.join(folder, "filler"))
        check("and with space again all is there", tiebeam("journal", "verify", data=data).returncode == 0)


def may_not_grow(work):
    data = os.path.join(work, "small-files")
    limit = 1000 * 1024
    done = tiebeam("import", SAMPLE, data=data, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    check("a file that may not grow is an error, not the end of the program",
          done.returncode == 3 and "may not grow" in done.stderr and "ulimit -f" in done.stderr, (done.returncode, done.stderr))
    check("it leaves nothing", left_in(data) == [], left_in(data))


def is_killed(work):
    data = os.path.join(work, "killed")
    process = subprocess.Popen([PROGRAM, "import", SAMPLE, "--data", data], stdout=subprocess.DEVNULL)
    while process.poll() is None and not left_in(data):
        time.sleep(0.002)
    process.kill()
    process.wait()
    left = left_in(data)
    check("killed while it is made: no organisation", "main.tiebeam" not in left and any(".draft-" in one for one in left), left)
    check("the next making", tiebeam("import", SAMPLE, data=data).returncode == 0)
    check("takes what was left away", left_in(data) == ["main.tiebeam"], left_in(data))


def main():
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(work, "disk")
        os.mkdir(folder)
        may_not_grow(work)
        is_killed(work)
        if may_mount(folder):
            fills_while("the demonstration", folder, (300, 1500, 6000, 10000, 10500, 11000, 12000, 20000), by_command("demo"))
            fills_while("a first import", folder, (64, 200, 400, 600, 800, 1200, 3000, 6000, 20000), by_command("import", SAMPLE))
            fills_while("the sample by HTTP", folder, (400, 1500, 4000, 6000, 20000), by_http)
            restores(folder, work)
            reads(folder)
        else:
            print("disks cannot be mounted here: the steps that fill one were left out")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
