"""A database and a store of a given size, and a backup of them while people click."""
import csv
import hashlib
import os
import pathlib
import sqlite3
import subprocess
import time

import servers

ROW_BYTES = 1000
FILE_BYTES = 4 << 20
OWNER = 'bench.filling'
PEOPLE = 5000


def rows_of(count, first=1):
    # Text that packs to half its size, as people's words do; of many people: where all were one's, PostgreSQL's statistics
    # would call every notice hers, and its plan for anybody's bell would read all of them.
    return ((0, first + i, i % PEOPLE, 'bench.notice', os.urandom(ROW_BYTES // 2).hex(), '/', 0) for i in range(count))


def files_in(folder, count):
    """Writes them as the store keeps them; gives the rows that mention them."""
    for number in range(1, count + 1):
        content = os.urandom(FILE_BYTES)
        digest = hashlib.sha256(content).hexdigest()
        place = folder / digest[:2]
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        (place / digest).write_bytes(content)
        yield (0, number, OWNER, 1, '%d.bin' % number, 'application/octet-stream', FILE_BYTES, digest, 0, 0)


NOTICE = 'jobs_notice (authority_id, id, person_id, key, args, path, created_at)'
FILE = 'media_file (authority_id, id, owner_kind, owner_id, name, media_type, size, sha256, created_by, created_at)'


def fill(installation, gigabytes):
    """A fifth of it in rows, the rest in files. Nobody may be using the SQLite file."""
    rows, files = int(gigabytes * 2e8 / ROW_BYTES), int(gigabytes * 8e8 / FILE_BYTES)
    store = pathlib.Path(installation.environment['LOA_FILES'])
    insert = {'sqlite': insert_sqlite, 'postgres': insert_postgres}[installation.engine]
    insert(installation.environment['LOA_DATABASE'], ((NOTICE, rows_of(rows)), (FILE, files_in(store, files))))


def insert_sqlite(address, tables):
    database = sqlite3.connect(address.removeprefix('sqlite:'))
    with database:
        for table, rows in tables:
            places = ', '.join('?' * (table.count(',') + 1))
            database.executemany('insert into %s values (%s)' % (table, places), rows)
    database.close()


def insert_postgres(address, tables):
    for table, rows in tables:
        with subprocess.Popen(['psql', address, '-qc', 'copy %s from stdin (format csv)' % table], stdin=subprocess.PIPE, text=True) as psql:
            csv.writer(psql.stdin).writerows(rows)
            psql.stdin.close()
        if psql.returncode != 0:
            raise RuntimeError('psql copies nothing into ' + table)


class Backup:
    """`loa backup` under way."""

    def __init__(self, installation, file):
        self.begun = time.perf_counter()
        self.process = subprocess.Popen([servers.LOA, 'backup', str(file)], env=installation.environment,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def runs(self):
        return self.process.poll() is None

    def seconds(self):
        told, _ = self.process.communicate(timeout=3600)
        if self.process.returncode != 0:
            raise RuntimeError('loa backup: ' + told)
        return time.perf_counter() - self.begun

    def stop(self):
        if self.runs():
            self.process.kill()
        self.process.wait()


def restore(installation, file, folder, database):
    """Into an empty database; gives the seconds it took. It compares every row and file by itself."""
    environment = dict(installation.environment, LOA_DATABASE=database, LOA_FILES=str(folder / 'files'))
    begun = time.perf_counter()
    done = subprocess.run([servers.LOA, 'restore', str(file)], env=environment, capture_output=True, text=True, timeout=3600)
    if done.returncode != 0:
        raise RuntimeError('loa restore: %s%s' % (done.stdout, done.stderr))
    return time.perf_counter() - begun
