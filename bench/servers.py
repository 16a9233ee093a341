"""The servers that are measured, each as a context: it is there within, and gone after, however that ends."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time

import programs
from programs import ROOT

LOA = ROOT / 'build' / 'release' / 'loa'


@contextlib.contextmanager
def started(command, **how):
    """A process with a session of its own; asked to end, then made to."""
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, stdin=subprocess.DEVNULL,
                               start_new_session=True, **how)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def bench_province(database, folder, seconds):
    """Fills the new database with a province and gives what was measured there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith('LOA_')}
    environment.update(LOA_DATABASE=database, LOA_FILES=str(folder / 'files'))
    for words in (['migrate'], ['bench', 'province', '--json', '--seconds', str(seconds)]):
        done = subprocess.run([LOA, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1800)
        if done.returncode != 0:
            raise RuntimeError('loa %s: %s' % (' '.join(words), done.stderr[-2000:] or done.stdout))
    return json.loads(done.stdout)


class Installation:
    """A database with the demonstration data and a folder of files."""

    def __init__(self, engine, database, folder):
        self.engine = engine
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith('LOA_')}
        self.environment.update(LOA_DATABASE=database, LOA_FILES=str(folder / 'files'))
        self.command('migrate')
        self.password = re.search(r'password for all: (\S+)\)', self.command('demo')).group(1)

    def command(self, *words):
        done = subprocess.run([LOA, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError('loa %s: %s' % (' '.join(words), done.stderr or done.stdout))
        return done.stdout

    @contextlib.contextmanager
    def served(self, *words):
        """Gives (pid, port) once it listens. Settings are the shipped ones but for the `words`; its log goes to a file,
        as under a service manager."""
        with open(self.folder / 'serve.log', 'ab') as log, \
                started([LOA, 'serve', '--listen', '127.0.0.1:0', *words], env=self.environment, stdout=subprocess.PIPE,
                        stderr=log, text=True) as process:
            told = re.match(r'Loa: https?://127\.0\.0\.1:(\d+)', process.stdout.readline())
            if not told:
                raise RuntimeError('loa serve did not start: %s' % (self.folder / 'serve.log').read_text()[-2000:])
            yield process.pid, int(told.group(1))


def certificate(folder):
    """Paths of a certificate for 127.0.0.1, signed by itself, and of its key: P-256, as authorities give out today."""
    paths = [str(folder / name) for name in ('certificate.pem', 'key.pem')]
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '90', '-subj',
                    '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-out', paths[0], '-keyout', paths[1]],
                   check=True, capture_output=True, timeout=60)
    return paths


@contextlib.contextmanager
def cluster():
    """A PostgreSQL of its own; gives (address, pid of the process that all its backends are children of)."""
    with programs.postgres() as address:
        folder = pathlib.Path(re.search(r'host=([^&]+)', address).group(1))
        yield address, int((folder / 'data' / 'postmaster.pid').read_text().splitlines()[0])


def new_database(address, name):
    """Its address, within a cluster."""
    subprocess.run(['psql', address, '-qc', "create database %s template template0 encoding 'UTF8' locale 'C'" % name],
                   check=True, capture_output=True, timeout=60)
    return address.replace('/postgres?', '/%s?' % name)


# For pages of some kilobytes nginx is fastest when it reads and writes: with sendfile the head is a write of its own.
NGINX = '''daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; }}
    charset utf-8;
    access_log off;
    sendfile off;
    open_file_cache max=100;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/root;
    }}
}}
'''


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def nginx(folder, pages):
    """nginx with one worker, in an empty folder, serving {file name: bytes}; gives (pid of its first
    process, port), or None where it is not installed."""
    program = shutil.which('nginx', path=os.environ.get('PATH', '') + ':/usr/sbin:/usr/local/sbin')
    if not program:
        yield None
        return
    (folder / 'root').mkdir()
    for name, content in pages.items():
        (folder / 'root' / name).write_bytes(content)
    # Started by root it reads as a user of its own.
    for place in (folder, folder / 'root'):
        place.chmod(0o755)
    port = free_port()
    (folder / 'nginx.conf').write_text(NGINX.format(folder=folder, port=port))
    with started([program, '-c', folder / 'nginx.conf', '-e', folder / 'error.log'], stdout=subprocess.DEVNULL,
                 stderr=subprocess.DEVNULL) as process:
        wait_for(port, '/' + next(iter(pages)))
        yield process.pid, port


def wait_for(port, target, limit=10):
    """Until a GET there is answered with 200."""
    end = time.monotonic() + limit
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=limit)
            with contextlib.closing(connection):
                connection.request('GET', target)
                if connection.getresponse().status == 200:
                    return
        if time.monotonic() > end:
            raise RuntimeError('nothing answers at port %d' % port)
        time.sleep(0.002)
