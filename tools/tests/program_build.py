#!/usr/bin/env python3
"""The built program as an administrator meets it: one file that runs anywhere, tells what it can do, and refuses to
show the demonstration's accounts to a network.

    tools/tests/program_build.py      needs build/release/loa
"""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / 'build' / 'release' / 'loa'
INVALID = 2  # as `loa --help` says


class Program(unittest.TestCase):
    """Each in a folder that holds nothing but a copy of the program."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='loa-program-'))
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copy(PROGRAM, self.folder / 'loa')
        self.environment = {'PATH': os.environ['PATH'], 'LOA_DATABASE': 'sqlite:%s/data/loa.db' % self.folder,
                            'LOA_FILES': str(self.folder / 'files')}
        (self.folder / 'data').mkdir()

    def loa(self, *words, status=0):
        done = subprocess.run([self.folder / 'loa', *words], cwd='/', env=self.environment, capture_output=True,
                              text=True, timeout=60)
        self.assertEqual(done.returncode, status, '%s\n%s%s' % (' '.join(words), done.stdout, done.stderr))
        return done.stdout + done.stderr

    def commands_of(self, *words):
        """The names that a help page lists."""
        told = self.loa('help', *words).partition('Subcommands:\n')[2]
        return re.findall(r'^  ([a-z-]+)  ', told, re.MULTILINE)

    def test_help_explains_every_command(self):
        first = self.commands_of()
        self.assertLessEqual({'serve', 'worker', 'migrate', 'plan', 'user', 'unit', 'authority', 'demo', 'doctor'}, set(first))
        self.assertLessEqual({'text', 'parse', 'import'}, set(self.commands_of('plan')))
        self.assertLessEqual({'add', 'list', 'passwd'}, set(self.commands_of('user')))
        every = self.loa('--help-all')
        for name in first:
            for words in [(name,)] + [(name, verb) for verb in self.commands_of(name)]:
                told = self.loa('help', *words)
                self.assertIn('Usage: loa ' + ' '.join(words), told)
                self.assertTrue(told.splitlines()[0].strip(), words)
                self.assertIn(words[-1], every)
                for option in re.findall(r'^  (--?[a-z][^ ]*|[A-Z_]+) +(\S.*)?$', told, re.MULTILINE):
                    self.assertTrue(option[1] or '=' in option[0], '%s: nothing is said of %s' % (words, option[0]))

    def test_what_is_no_command_is_said(self):
        self.assertIn('no command "nothing"', self.loa('help', 'nothing', status=INVALID))
        self.assertIn('no command "burn"', self.loa('help', 'plan', 'burn', status=INVALID))
        self.loa('burn', status=INVALID)
        self.loa(status=INVALID)

    def serve(self, *words):
        """(address, process) of a server that is stopped when the test ends."""
        server = subprocess.Popen([self.folder / 'loa', 'serve', *words], cwd='/', env=self.environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait, 30)
        self.addCleanup(server.send_signal, signal.SIGTERM)
        told = re.match(r'Loa: (http://\S+)', server.stdout.readline())
        self.assertTrue(told)
        return told.group(1)

    def test_one_file_serves_pages_styles_and_texts(self):
        self.loa('migrate')
        self.loa('demo')
        address = self.serve('--listen', '127.0.0.1:0')
        page = urllib.request.urlopen(address + '/', timeout=10).read().decode()
        self.assertIn('dữ liệu mẫu', page)
        style = re.search(r'href="(/[^"]+\.css)"', page).group(1)
        answer = urllib.request.urlopen(address + style, timeout=10)
        self.assertIn('immutable', answer.headers['Cache-Control'])
        self.assertIn('database: answers, schema current', self.loa('doctor'))

    def test_demonstration_accounts_stay_on_this_machine(self):
        self.loa('migrate')
        # Without them it serves any address: the refusal below is of the accounts, not of the address.
        address = self.serve('--listen', '0.0.0.0:0')
        self.assertEqual(urllib.request.urlopen(address.replace('0.0.0.0', '127.0.0.1') + '/healthz', timeout=10).status, 200)
        self.loa('demo')
        for listen in ('0.0.0.0:0', '[::]:0', socket.gethostname() + ':0'):
            with self.subTest(listen):
                done = subprocess.run([self.folder / 'loa', 'serve', '--listen', listen], cwd='/', env=self.environment,
                                      capture_output=True, text=True, timeout=30)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn('demonstration accounts exist', done.stdout + done.stderr)
                self.assertNotIn('Loa: http', done.stdout)
        self.serve('--listen', 'localhost:0')


if __name__ == '__main__':
    if not PROGRAM.exists():
        sys.exit('build/release/loa is not built')
    unittest.main()
