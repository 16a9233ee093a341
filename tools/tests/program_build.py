#!/usr/bin/env python3
"""The built program as an administrator meets it: one file that runs anywhere, tells what it can do, and refuses to
show the demonstration's accounts to a network.

    tools/tests/program_build.py      needs build/release/loa
"""
import base64
import hashlib
import hmac
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import unicodedata
import unittest
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / 'build' / 'release' / 'loa'
INVALID, NOT_FOUND, CONFLICT = 2, 4, 5  # as `loa --help` says
PLAN = ROOT / 'modules' / 'plan' / 'data' / 'demo' / 'ke-hoach-1-hai-co-quan-chu-tri.md'


class Program(unittest.TestCase):
    """Each in a folder that holds nothing but a copy of the program."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='loa-program-'))
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copy(PROGRAM, self.folder / 'loa')
        self.environment = {'PATH': os.environ['PATH'], 'LOA_DATABASE': 'sqlite:%s/data/loa.db' % self.folder,
                            'LOA_FILES': str(self.folder / 'files')}
        (self.folder / 'data').mkdir()

    def loa(self, *words, status=0, typed=''):
        done = subprocess.run([self.folder / 'loa', *words], cwd='/', env=self.environment, capture_output=True,
                              input=typed, text=True, timeout=60)
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

    def test_help_of_a_noun_lists_its_verbs(self):
        for noun, verbs in {'unit': ['accept', 'add', 'changes', 'export', 'group', 'import', 'list'], 'user': ['add', 'import', 'join', 'list', 'passwd', 'second-factor-off']}.items():
            self.assertEqual(sorted(self.commands_of(noun)), verbs)
        told = self.loa('help', 'unit')
        for said in ('Make a unit of an authority', 'Make a class of units', 'List the units of an authority as a tree'):
            self.assertIn(said, told)

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
        told = re.match(r'Loa: (https?://\S+)', server.stdout.readline())
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
        told = self.loa('doctor')
        self.assertIn('database: answers, schema current', told)
        self.assertIn('files: %s/files, can be written' % self.folder, told)
        self.assertIn('PDF: read by pdftotext', told)

    def commune(self):
        """An authority with one account, whose name is returned."""
        self.loa('migrate')
        self.loa('authority', 'add', 'Ủy ban nhân dân xã Bình Hòa Trung', '--short-name', 'UBND xã', '--place',
                 'xã Bình Hòa Trung', '--level', 'commune', '--hamlet-word', 'ấp')
        self.loa('user', 'add', 'han', '--full-name', 'Nguyễn Ngọc Hân', '--unit', 'UBND xã', '--role', 'clerk',
                 typed='một câu dễ nhớ 2026\n')
        return 'han'

    def copy_of_plan(self, name):
        shutil.copy(PLAN, self.folder / name)
        return str(self.folder / name)

    def test_plan_text_prints_the_lines_that_are_read(self):
        plan = self.copy_of_plan('ke-hoach.md')
        lines = self.loa('plan', 'text', plan).splitlines()
        self.assertEqual(lines[0], 'ỦY BAN NHÂN DÂN')
        numbered = self.loa('plan', 'text', plan, '--numbers').splitlines()
        self.assertEqual(numbered, ['%d\t%s' % (number, line) for number, line in enumerate(lines, 1)])
        self.assertIn('Không mở được tệp', self.loa('plan', 'text', plan + '.gone', status=NOT_FOUND))
        for command in ('text', 'parse'):
            self.assertIn('đuôi .docx', self.loa('plan', command, self.copy_of_plan('van-ban.docx'), status=INVALID))

    def test_plan_import_takes_a_plan_in_or_leaves_nothing(self):
        self.commune()
        plan = self.copy_of_plan('ke-hoach.md')

        def plans():
            with sqlite3.connect(self.folder / 'data' / 'loa.db') as database:
                return database.execute('select count(*) from plan_plan').fetchone()[0]

        self.assertRegex(self.loa('plan', 'import', plan, '--authority', 'UBND xã', '--draft'), r'^\d+\n$')
        self.assertRegex(self.loa('plan', 'import', plan, '--authority', 'xã Bình Hòa Trung', '--accept-all'), r'^\d+\n$')
        self.assertEqual(plans(), 2)
        kept = [path.read_bytes() for path in (self.folder / 'files').rglob('*') if path.is_file()]
        self.assertIn(pathlib.Path(plan).read_bytes(), kept, 'the paper itself is kept')
        self.assertRegex(self.loa('search', 'rebuild'), r': \d+ documents\n$')
        refused = [
            ((plan, '--authority', 'UBND xã'), INVALID, 'either --draft or --accept-all'),
            ((plan, '--authority', 'UBND xã', '--draft', '--accept-all'), INVALID, 'either --draft or --accept-all'),
            ((plan, '--authority', 'nowhere', '--draft'), NOT_FOUND, 'Không có cơ quan ban hành này'),
            ((plan, '--authority', 'UBND xã', '--unit', 'nobody', '--accept-all'), NOT_FOUND, 'Chọn đơn vị'),
            ((self.copy_of_plan('van-ban.docx'), '--authority', 'UBND xã', '--draft'), INVALID, 'đuôi .docx'),
        ]
        for words, status, said in refused:
            with self.subTest(said):
                self.assertIn(said, self.loa('plan', 'import', *words, status=status))
        self.assertEqual(plans(), 2)

    def test_a_file_of_settings_says_where_data_lives_and_the_environment_wins(self):
        settings = self.folder / 'loa.conf'
        settings.write_text('# where data lives\n\n LOA_DATABASE = sqlite:%s/data/of-file.db\nLOA_FILES=%s/files-of-file\n' % (self.folder, self.folder))
        named = self.environment.pop('LOA_DATABASE')
        self.environment['LOA_CONFIG'] = str(settings)
        self.loa('migrate')
        self.assertEqual(sorted(path.name for path in (self.folder / 'data').glob('*.db')), ['of-file.db'])
        self.environment['LOA_DATABASE'] = named
        self.loa('migrate')
        self.assertTrue((self.folder / 'data' / 'loa.db').exists())
        self.environment['LOA_CONFIG'] = str(self.folder / 'nowhere.conf')
        self.assertIn('nowhere.conf cannot be read', self.loa('migrate', status=70))

    def test_unit_list_prints_the_tree(self):
        self.commune()
        unit = lambda name, kind, *more: self.loa('unit', 'add', name, '--kind', kind, *more).strip()  # noqa: E731
        economy = unit('Phòng Kinh tế', 'office')
        station = unit('Trạm Khuyến nông', 'public_service', '--parent', 'Phòng Kinh tế')
        hamlet = unit('Ban Nhân dân ấp Một', 'hamlet', '--parent', economy)
        culture = unit('Phòng Văn hóa - Xã hội', 'office')
        root, *below = self.loa('unit', 'list').splitlines()
        self.assertRegex(root, r'^\d+\tỦy ban nhân dân xã Bình Hòa Trung\tcommittee$')
        self.assertEqual(below, [economy + '\t  Phòng Kinh tế\toffice', station + '\t    Trạm Khuyến nông\tpublic_service',
                                 hamlet + '\t    Ban Nhân dân ấp Một\thamlet', culture + '\t  Phòng Văn hóa - Xã hội\toffice'])
        self.assertEqual(self.loa('unit', 'list', '--authority', 'UBND xã').splitlines(), [root, *below])
        self.assertIn('Không có cơ quan ban hành này', self.loa('unit', 'list', '--authority', 'nowhere', status=NOT_FOUND))

    def test_demo_refuses_a_database_with_an_authority_of_its_own(self):
        self.commune()
        database = self.folder / 'data' / 'loa.db'

        def everything():
            with sqlite3.connect(database) as connection:
                return list(connection.iterdump())

        before = everything()
        told = self.loa('demo', status=CONFLICT)
        self.assertIn('Không nạp dữ liệu mẫu', told)
        self.assertNotIn('hoa-gao-dau-lang', told, 'the password of accounts that are not there')
        self.assertEqual(everything(), before)

    def test_user_list_names_accounts_and_roles(self):
        name = self.commune()
        self.assertEqual(self.loa('user', 'list'), name + '\tNguyễn Ngọc Hân\tclerk, Ủy ban nhân dân xã Bình Hòa Trung\n')
        self.assertEqual(self.loa('user', 'list', '--authority', 'UBND xã'), self.loa('user', 'list'))
        self.assertIn('Không có cơ quan ban hành này', self.loa('user', 'list', '--authority', 'nowhere', status=NOT_FOUND))

    def test_what_is_typed_is_kept_composed(self):
        self.commune()
        name = 'Phòng Văn hóa - Xã hội'
        self.loa('unit', 'add', unicodedata.normalize('NFD', name), '--kind', 'office')
        self.assertIn(name, self.loa('unit', 'list'))
        for word in (b'Ph\xc3', b'\xff'):
            done = subprocess.run([self.folder / 'loa', 'unit', 'add', word, '--kind', 'office'], cwd='/',
                                  env=self.environment, capture_output=True, timeout=60)
            self.assertEqual(done.returncode, INVALID)
            self.assertIn(b'NAME is not UTF-8; nothing was done', done.stderr)

    def test_unit_import_makes_units_or_says_what_to_correct(self):
        self.commune()
        table = self.folder / 'don-vi.csv'
        rows = ['Tên đơn vị,Loại', 'Phòng Kinh tế,Cơ quan chuyên môn']
        table.write_text('\n'.join([*rows, 'Phòng Lạ,Loại không có']), encoding='utf-8')
        self.assertIn('3\tB3\tPhòng Lạ\tKhông có loại đơn vị “Loại không có”', self.loa('unit', 'import', str(table), status=1))
        table.write_text('\n'.join(rows), encoding='utf-8')
        self.assertIn('created 1, updated 0, unchanged 0 (nothing was changed)', self.loa('unit', 'import', str(table), '--dry-run'))
        self.assertNotIn('Phòng Kinh tế', self.loa('unit', 'list'))
        self.assertEqual(self.loa('unit', 'import', str(table)), 'created 1, updated 0, unchanged 0\n')
        self.assertIn('Phòng Kinh tế', self.loa('unit', 'list'))

    FIRST_OFFICE = ('init', '--name', 'Ủy ban nhân dân xã Bình Hòa Trung', '--short-name', 'UBND xã', '--place', 'xã Bình Hòa Trung',
                    '--hamlet-word', 'ấp', '--full-name', 'Trần Thị Lan', '--sign-in-name', 'quan.tri')

    def table(self, name, *rows):
        (self.folder / name).write_text('\n'.join(rows), encoding='utf-8')
        return str(self.folder / name)

    def mail_server(self):
        """(port, folder of what it took)"""
        folder = self.folder / 'mails'
        folder.mkdir()
        server = subprocess.Popen([sys.executable, ROOT / 'kernel/jobs/tests/support/smtp_server.py', folder, 'kind'],
                                  stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait, 30)
        self.addCleanup(server.kill)
        return server.stdout.readline().strip(), folder

    def code_now(self, otpauth):
        """RFC 6238, from the secret that an authenticator app is given."""
        secret = re.search(r'secret=([A-Z2-7]+)', otpauth).group(1)
        step = struct.pack('>Q', int(time.time()) // 30)
        digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
        at = digest[-1] & 15
        return '%06d' % ((struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000)

    def test_init_makes_from_bare_an_office_where_the_administrator_signs_in_by_code(self):
        self.loa('migrate')
        port, mails = self.mail_server()
        units = self.table('don-vi.csv', 'Tên đơn vị,Loại', 'Phòng Kinh tế,Cơ quan chuyên môn')
        people = self.table('nguoi.csv', 'Họ và tên,Thư điện tử,Đơn vị,Vai trò', 'Lê Văn Đức,duc@xa.example,Phòng Kinh tế,')
        told = self.loa(*self.FIRST_OFFICE, '--second-factor', '--mail-host', '127.0.0.1', '--mail-port', port, '--mail-security', 'none',
                        '--mail-sender', 'loa@xa.example', '--mail-sender-name', 'Loa', '--site', 'http://127.0.0.1', '--mail-test',
                        'lan@xa.example', '--units', units, '--people', people, typed='một câu dễ nhớ 2026\n')
        self.assertIn('created 1, updated 0, unchanged 0', told)
        self.assertIn('made 1, invited 1, unchanged 0', told)
        self.assertEqual(len(re.findall(r'^  [a-z0-9]{5}-[a-z0-9]{5}$', told, re.MULTILINE)), 10)
        self.assertIn('lan@xa.example', (mails / '1.mail').read_text(encoding='utf-8', errors='replace'))
        self.loa('jobs', 'run')
        self.assertIn('duc@xa.example', (mails / '2.mail').read_text(encoding='utf-8', errors='replace'))
        self.assertIn('Lê Văn Đức\tclerk, Phòng Kinh tế', self.loa('user', 'list'))

        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        address = self.serve('--listen', '127.0.0.1:0')
        asked = self.send_form(browser, address + '/dang-nhap', sign_in_name='quan.tri', password='một câu dễ nhớ 2026', ve='/nguoi-dung')
        self.assertEqual(urllib.parse.urlsplit(asked.url).path, '/dang-nhap/ma')
        entered = self.send_form(browser, asked.url, code=self.code_now(told), ve='/nguoi-dung')
        self.assertEqual(urllib.parse.urlsplit(entered.url).path, '/nguoi-dung')
        self.assertIn('Lê Văn Đức', entered.read().decode())
        self.loa(*self.FIRST_OFFICE, typed='một câu dễ nhớ 2026\n', status=CONFLICT)

    def send_form(self, browser, address, **fields):
        """Of the page at that address; the answer, where it led."""
        page = browser.open(address, timeout=10).read().decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(csrf|request_id|language)" value="([^"]*)"', page))
        where = re.search(r'<form[^>]* method="post" action="(/dang-nhap[^"]*)"', page).group(1)
        home = urllib.parse.urljoin(address, '/')[:-1]
        return browser.open(home + where, urllib.parse.urlencode({**hidden, **fields}).encode(), timeout=10)

    def test_init_says_what_stands_when_a_step_fails(self):
        self.loa('migrate')
        units = self.table('don-vi.csv', 'Tên đơn vị,Loại', 'Phòng Lạ,Loại không có')
        people = self.table('nguoi.csv', 'Họ và tên,Đơn vị,Vai trò', 'Lê Văn Đức,UBND xã,')
        told = self.loa(*self.FIRST_OFFICE, '--units', units, '--people', people, typed='một câu dễ nhớ 2026\n', status=1)
        self.assertIn('Không có loại đơn vị “Loại không có”', told)
        self.assertIn('The office stands; `loa unit import` failed', told)
        self.assertEqual(self.loa('user', 'list').count('\n'), 1, 'people were not reached')
        self.assertIn('turn on the second factor', told)

    def test_user_import_makes_accounts_or_says_what_to_correct(self):
        self.commune()
        table = self.folder / 'nguoi-dung.csv'
        rows = ['Họ và tên,Đơn vị,Vai trò', 'Trần Thị Diễm,UBND xã,Lãnh đạo UBND', 'Lê Văn Đức,UBND xã,']
        table.write_text('\n'.join([*rows, 'Phạm Văn Lực,Phòng không có,']), encoding='utf-8')
        told = self.loa('user', 'import', str(table), status=1)
        self.assertIn('4\tB4\tPhạm Văn Lực\tKhông có đơn vị “Phòng không có”', told)
        table.write_text('\n'.join(rows), encoding='utf-8')
        self.assertIn('(nothing was changed)', self.loa('user', 'import', str(table), '--dry-run'))
        self.assertEqual(self.loa('user', 'list').count('\n'), 1)
        self.assertIn('made 2, invited 0, unchanged 0', self.loa('user', 'import', str(table)))
        self.assertIn('diemtt\tTrần Thị Diễm\tleader, Ủy ban nhân dân xã Bình Hòa Trung', self.loa('user', 'list'))
        self.assertIn('made 0, invited 0, unchanged 2', self.loa('user', 'import', str(table)))

    def sign_in(self, address, name, password, client=None):
        """The status that a new browser gets, 200 when it is let in; `client` is where a proxy says that it is."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        browser.addheaders = [('X-Forwarded-For', client)] if client else []
        page = browser.open(address + '/dang-nhap', timeout=10).read().decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(csrf|request_id)" value="([^"]*)"', page))
        form = urllib.parse.urlencode({**hidden, 'sign_in_name': name, 'password': password}).encode()
        try:
            return browser.open(address + '/dang-nhap', form, timeout=10).status
        except urllib.error.HTTPError as refused:
            return refused.code

    def test_behind_a_proxy_an_attacker_slows_himself_alone(self):
        name, password = self.commune(), 'một câu dễ nhớ 2026'
        for words, herself in ((('--trusted-proxies', '127.0.0.1'), 200), ((), 429)):
            address = self.serve('--listen', '127.0.0.1:0', *words)
            tried = [self.sign_in(address, name, 'một câu đoán mò %d' % n, '203.0.113.5') for n in range(8)]
            self.assertEqual(tried[:5], [422] * 5)
            self.assertEqual(tried[-1], 429, 'the one who guesses waits')
            # Nobody else does, where the proxy may say who asks; and nobody is believed where it may not.
            self.assertEqual(self.sign_in(address, name, password, '198.51.100.7'), herself, words)

    def test_user_passwd_sets_what_opens_the_door(self):
        name = self.commune()
        address = self.serve('--listen', '127.0.0.1:0')

        def signs_in(password):
            return self.sign_in(address, name, password) == 200

        self.assertTrue(signs_in('một câu dễ nhớ 2026'))
        # As a terminal of another system sends it: letters and marks apart.
        self.loa('user', 'passwd', name, typed=unicodedata.normalize('NFD', 'một câu mới tinh 2026\n'))
        self.assertFalse(signs_in('một câu dễ nhớ 2026'))
        self.assertTrue(signs_in('một câu mới tinh 2026'))
        self.assertIn('Mật khẩu cần từ', self.loa('user', 'passwd', name, typed='ngắn\n', status=INVALID))
        self.assertIn('Không có tài khoản này', self.loa('user', 'passwd', 'nobody', typed='một câu mới tinh 2026\n', status=NOT_FOUND))
        self.assertTrue(signs_in('một câu mới tinh 2026'))

    def worker(self):
        return subprocess.Popen([self.folder / 'loa', 'worker'], cwd='/', env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def test_worker_starts_and_stops_when_told(self):
        self.loa('migrate')
        for sign in (signal.SIGTERM, signal.SIGINT):
            worker = self.worker()
            self.assertEqual(worker.stdout.readline(), 'Loa: working on jobs\n')
            worker.send_signal(sign)
            worker.communicate(timeout=30)
            self.assertEqual(worker.returncode, 0, sign)

    def test_worker_refuses_a_database_that_is_not_migrated(self):
        worker = self.worker()
        told, errors = worker.communicate(timeout=30)
        self.assertNotEqual(worker.returncode, 0)
        self.assertNotIn('working', told)
        self.assertIn('loa migrate', errors)

    def certificate(self, name, days):
        """Paths of a certificate for 127.0.0.1, signed by itself, and of its key."""
        certificate, key = (str(self.folder / (name + kind)) for kind in ('.pem', '.key'))
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', str(days), '-subj', '/CN=localhost', '-addext',
                        'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate], check=True, capture_output=True, timeout=60)
        return certificate, key

    def refused_to_serve(self, *words):
        done = subprocess.run([self.folder / 'loa', 'serve', '--listen', '127.0.0.1:0', *words], cwd='/', env=self.environment,
                              capture_output=True, text=True, timeout=30)
        self.assertEqual((done.returncode, done.stdout), (70, ''), words)
        self.assertEqual(done.stderr.count('\n'), 1, done.stderr)
        return done.stderr

    def test_https_is_spoken_to_those_who_speak_it_well(self):
        self.commune()
        certificate, key = self.certificate('tls', 90)
        address = self.serve('--listen', '127.0.0.1:0', '--tls-cert', certificate, '--tls-key', key)
        self.assertTrue(address.startswith('https://127.0.0.1:'))
        page = urllib.request.urlopen(address + '/dang-nhap', timeout=10, context=ssl.create_default_context(cafile=certificate))
        self.assertIn('; Secure', page.headers['Set-Cookie'])
        self.assertEqual(page.headers['Strict-Transport-Security'], 'max-age=31536000')
        asked = ['openssl', 's_client', '-CAfile', certificate, '-verify_return_error', '-cipher', 'ALL:@SECLEVEL=0', '-connect', address[8:]]
        for version, status in (('-tls1_1', 1), ('-tls1_2', 0), ('-tls1_3', 0)):
            said = subprocess.run(asked + [version], input='', capture_output=True, text=True, timeout=30)
            self.assertEqual(said.returncode, status, said.stdout + said.stderr)
        with self.assertRaises(OSError):
            urllib.request.urlopen(address.replace('https', 'http') + '/healthz', timeout=10)

    def test_https_that_cannot_be_spoken_is_refused_in_a_sentence(self):
        self.loa('migrate')
        certificate, key = self.certificate('tls', 90)
        self.assertIn('name both', self.refused_to_serve('--tls-cert', certificate))
        self.assertIn("can't be read", self.refused_to_serve('--tls-cert', certificate + '.gone', '--tls-key', key))
        self.assertIn('does not belong to', self.refused_to_serve('--tls-cert', certificate, '--tls-key', self.certificate('other', 90)[1]))
        self.assertIn('among the trusted proxies', self.refused_to_serve('--trusted-proxies', 'localhost'))

    def test_doctor_asks_for_a_new_certificate_in_time(self):
        self.loa('migrate')
        for days, status, told in ((90, 0, 'tls.pem, good until 20'), (20, 1, 'RENEW IT NOW')):
            self.environment['LOA_TLS_CERT'], self.environment['LOA_TLS_KEY'] = self.certificate('tls', days)
            self.assertIn(told, self.loa('doctor', status=status))
        self.environment['LOA_TLS_KEY'] = self.certificate('other', 90)[1]
        self.assertIn('certificate: CANNOT BE USED: the key', self.loa('doctor', status=1))

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
