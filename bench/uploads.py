"""A file of a gigabyte sent with a form, and a larger one sent ahead of it, cut off in the middle."""
import contextlib
import hashlib
import html
import http.client
import json
import os
import pathlib
import re
import signal
import time
import urllib.parse

import processes

PIECE = 1 << 20
NAME = 'hop-khom.mp4'
BOUNDARY = 'loa-bench'


class Film:
    """Bytes that no disk shortens, the same at each reading; the store takes them for a film."""

    def __init__(self, size):
        self.size = size
        self.block = os.urandom(64 * PIECE)

    def pieces(self, begin=0, end=None):
        head = b'\0\0\0\x18ftypmp42'
        end = self.size if end is None else min(end, self.size)
        while begin < end:
            at = begin % len(self.block)
            piece = self.block[at:at + min(PIECE, end - begin)]
            if begin < len(head):
                piece = head[begin:] + piece[len(head) - begin:]
            yield piece[:end - begin]
            begin += len(piece[:end - begin])

    def sha256(self):
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()


def write_seconds(folder, film):
    """What the disk takes for the same bytes, until they survive a power cut."""
    path = folder / 'written'
    begun = time.perf_counter()
    with open(path, 'wb') as file:
        for piece in film.pieces():
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    seconds = time.perf_counter() - begun
    path.unlink()
    return seconds


def evidence_form(visitor):
    """(address, fields) of the form for evidence of a task of the visitor's unit."""
    for task in re.findall(r'href="(/ke-hoach/\d+/viec/\d+)', visitor.page('/viec-don-vi').decode()):
        page = visitor.page(task).decode()
        found = re.search(r'<form[^>]*action="(%s/minh-chung)"[^>]*>(.*?)</form>' % task, page, re.S)
        if not found:
            continue
        fields = {name: html.unescape(value) for name, value in
                  re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found.group(2))}
        day = re.search(r'(\d\d/\d\d/\d{4})', found.group(2))
        return found.group(1), {**fields, 'what': 'Quay phim buổi họp', 'done_on': day.group(1) if day else ''}
    raise RuntimeError('no task takes evidence')


def send_form(visitor, address, fields, film):
    """Sends a whole form with the file, as a browser does without script; the status."""
    head = ''.join('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY, *field)
                   for field in fields.items())
    head += '--%s\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n' % (BOUNDARY, NAME)
    head, tail = head.encode(), ('\r\n--%s--\r\n' % BOUNDARY).encode()
    connection = http.client.HTTPConnection('127.0.0.1', visitor.port, timeout=120)
    with contextlib.closing(connection):
        connection.putrequest('POST', address)
        for name, value in (('Content-Type', 'multipart/form-data; boundary=' + BOUNDARY),
                            ('Content-Length', len(head) + film.size + len(tail)), ('Cookie', visitor.cookie_line())):
            connection.putheader(name, str(value))
        connection.endheaders(head)
        for piece in film.pieces():
            connection.send(piece)
        connection.send(tail)
        return connection.getresponse().status


def send_chunk(visitor, upload, token, film, chunk):
    """The next chunk; the offset behind it."""
    begin = upload['received']
    body = b''.join(film.pieces(begin, begin + chunk))
    status, _, content = visitor.ask('POST', '/-/tai-len/' + upload['id'], body, {
        'Content-Type': 'application/octet-stream', 'X-Csrf-Token': token, 'Upload-Offset': str(begin),
        'Upload-Sha256': hashlib.sha256(body).hexdigest()})
    if status != 200:
        raise RuntimeError('a chunk is answered with %d' % status)
    return json.loads(content)


def ask_form(visitor, target, fields):
    status, _, content = visitor.ask('POST', target, urllib.parse.urlencode(fields),
                                     {'Content-Type': 'application/x-www-form-urlencoded'})
    if status != 200:
        raise RuntimeError('POST %s is answered with %d: %s' % (target, status, content[:200]))
    return json.loads(content)


def measure_form(report, installation, visitor_at, size):
    section = 'a file of %.1f GB with a form, until it survives a power cut' % (size / (1 << 30))
    film = Film(size)
    with installation.served() as (pid, port):
        visitor = visitor_at(port)
        address, fields = evidence_form(visitor)
        disk = write_seconds(installation.folder, film)
        before = processes.memory_megabytes(pid)
        pathlib.Path('/proc/%d/clear_refs' % pid).write_text('5')  # VmHWM begins anew
        spent = processes.processor_seconds(pid)
        begun = time.perf_counter()
        status = send_form(visitor, address, fields, film)
        seconds = time.perf_counter() - begun
        spent = processes.processor_seconds(pid) - spent
        grown = processes.memory_megabytes(pid, 'VmHWM') - before
        if status != 303:
            raise RuntimeError('the form is answered with %d' % status)
        disk = (disk + write_seconds(installation.folder, film)) / 2
    report.figure(section, 'memory of the server, more than before', 'MB', grown, most=16)
    report.figure(section, 'the upload, with hashing', 'MB/s', size / seconds / 1e6)
    report.figure(section, 'the disk alone, written and synced', 'MB/s', size / disk / 1e6)
    report.figure(section, 'time of the upload / time of the disk', '', seconds / disk, most=2)
    report.figure(section, 'server CPU for it', 's', spent)


def measure_cut(report, installation, visitor_at, size):
    """The server is killed in the middle, and started again; the file must be whole in the end."""
    section = 'a file of %.1f GB sent ahead, the server killed in the middle' % (size / (1 << 30))
    film = Film(size)
    with installation.served() as (pid, port):
        visitor = visitor_at(port)
        address, fields = evidence_form(visitor)
        token = fields['csrf']
        upload = ask_form(visitor, '/-/tai-len', {'csrf': token, 'name': NAME, 'size': size})
        chunk = upload['chunk']
        begun = time.perf_counter()
        while upload['received'] < size / 2:
            upload = send_chunk(visitor, upload, token, film, chunk)
        os.kill(pid, signal.SIGKILL)
    with installation.served() as (pid, port):
        visitor.port = port
        status, _, content = visitor.ask('GET', '/-/tai-len/' + upload['id'])
        again = json.loads(content)
        if status != 200 or again['received'] != upload['received']:
            raise RuntimeError('after the restart %s was left of %s' % (content, upload))
        upload = again
        while upload['received'] < size:
            upload = send_chunk(visitor, upload, token, film, chunk)
        sent = time.perf_counter() - begun
        asked = time.perf_counter()
        ask_form(visitor, '/-/tai-len/%s/xong' % upload['id'], {'csrf': token})
        finishing = time.perf_counter() - asked
        memory = processes.memory_megabytes(pid, 'VmHWM')
        status, _, _ = visitor.ask('POST', address, urllib.parse.urlencode({**fields, 'files-sent': upload['id']}),
                                   {'Content-Type': 'application/x-www-form-urlencoded'})
        if status != 303:
            raise RuntimeError('the form is answered with %d' % status)
    kept = pathlib.Path(installation.environment['LOA_FILES']) / film.sha256()[:2] / film.sha256()
    if not kept.is_file() or kept.stat().st_size != size:
        raise RuntimeError('the store does not hold what was sent')
    report.figure(section, 'the chunks, each checked and synced', 'MB/s', size / sent / 1e6)
    report.figure(section, 'reading and hashing it at the end', 's', finishing)
    report.figure(section, 'resident memory of the server, most', 'MB', memory, most=200)
