#!/usr/bin/env python3
"""A mail server for tests that does what a test wants to see survived.

    smtp_server.py FOLDER BEHAVIOUR [starttls|tls CERTIFICATE KEY]

Prints its port. Each mail that it took becomes FOLDER/<n>.mail: the envelope's two lines, then the bytes as they came.
BEHAVIOUR is "kind", or where it goes wrong: "<step>:<what>" with a step of greeting, ehlo, auth, mail, rcpt, data, body,
dot and a what of hang, drop, garbage, endless, endless-lines, or an answer ("550 5.1.1 No such user"). "dot:late-N" takes
the mail and says so after N tenths of a second; "dot:take-drop" takes it and hangs up without a word; "…:first" in
front of a behaviour does it to the first connection only: "first:dot:take-drop".
"""
import base64
import os
import select
import socket
import ssl
import sys
import threading
import time

USER, PASSWORD = 'loa', 'mật khẩu thử'
folder, behaviour = sys.argv[1], sys.argv[2]
security = sys.argv[3] if len(sys.argv) > 3 else 'none'
context = None
if security != 'none':
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[4], sys.argv[5])
connections = 0
taken = 0
lock = threading.Lock()


class Ended(Exception):
    pass


class Talk:
    def __init__(self, connection, first):
        self.connection, self.secure, self.signed_in = connection, False, False
        active = behaviour.removeprefix('first:') if first or not behaviour.startswith('first:') else 'kind'
        self.at, _, self.what = active.partition(':')
        if security == 'tls':
            self.begin_tls()
        self.lines = self.connection.makefile('rb')

    def begin_tls(self):
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.lines, self.secure = self.connection.makefile('rb'), True

    def say(self, text):
        self.connection.sendall(text.encode() + b'\r\n')

    def answer(self, step, text):
        if step != self.at:
            self.say(text)
        elif self.what == 'hang':
            time.sleep(3600)
        elif self.what == 'drop':
            raise Ended
        elif self.what == 'garbage':
            self.connection.sendall(bytes(range(256)) * 4 + b'\r\n')
        elif self.what == 'endless':
            while True:
                self.connection.sendall(b'250-' + b'x' * 65536)
        elif self.what == 'endless-lines':
            while True:
                self.connection.sendall(b'250-more\r\n' * 4096)
        else:
            self.say(self.what)
            if self.what[0] in '45':
                return False
        return True

    def line(self):
        line = self.lines.readline(8192)
        if not line:
            raise Ended
        return line.rstrip(b'\r\n').decode('utf-8', 'replace')

    def sign_in(self, line):
        words = line.split()
        if words[1].upper() == 'PLAIN':
            if len(words) < 3:
                self.say('334 ')
                words.append(self.line())
            _, user, password = base64.b64decode(words[2]).decode().split('\0')
        else:
            self.say('334 VXNlcm5hbWU6')
            user = base64.b64decode(self.line()).decode()
            self.say('334 UGFzc3dvcmQ6')
            password = base64.b64decode(self.line()).decode()
        if (user, password) == (USER, PASSWORD):
            self.signed_in = True
            self.answer('auth', '235 2.7.0 Welcome')
        else:
            # A server with manners would not, but there are such: it says what it was told.
            self.say('535 5.7.8 Not you, %s with %s %s' % (user, password, base64.b64encode(password.encode()).decode()))

    def body(self):
        bytes_ = b''
        while True:
            line = self.lines.readline(8192)
            if not line:
                raise Ended
            if line == b'.\r\n':
                return bytes_
            bytes_ += line[1:] if line.startswith(b'.') else line
            if self.at == 'body':
                self.answer('body', '')

    def take(self, sender, receiver, bytes_):
        global taken
        if self.at == 'dot' and self.what[0] in '45':
            self.say(self.what)
            return
        with lock:
            taken += 1
            name = os.path.join(folder, '%d' % taken)
        with open(name + '.part', 'wb') as file:
            file.write(('%s\n%s\n' % (sender, receiver)).encode() + bytes_)
        os.rename(name + '.part', name + '.mail')
        if self.at == 'dot' and self.what == 'take-drop':
            raise Ended
        if self.at == 'dot' and self.what.startswith('late-'):
            time.sleep(int(self.what[5:]) / 10)
            self.say('250 2.0.0 At last')
            return
        self.answer('dot', '250 2.0.0 Taken')

    def run(self):
        sender = receiver = ''
        self.answer('greeting', '220 test.example ESMTP')
        while True:
            line = self.line()
            verb = line.split(':')[0].split()[0].upper() if line.split() else ''
            if verb == 'EHLO':
                offers = ['250-test.example', '250-SIZE 1000000']
                if security == 'starttls' and not self.secure:
                    offers.append('250-STARTTLS')
                if self.secure:
                    offers.append('250-AUTH PLAIN LOGIN')
                if self.at != 'ehlo':
                    for offer in offers:
                        self.say(offer)
                self.answer('ehlo', '250 8BITMIME')
            elif verb == 'STARTTLS' and security == 'starttls':
                self.say('220 2.0.0 Go on')
                self.begin_tls()
            elif verb == 'AUTH':
                self.sign_in(line)
            elif verb == 'MAIL':
                sender = line.split(':', 1)[1]
                self.answer('mail', '250 2.1.0 Ok')
            elif verb == 'RCPT':
                receiver = line.split(':', 1)[1]
                self.answer('rcpt', '250 2.1.5 Ok')
            elif verb == 'DATA':
                if self.answer('data', '354 Go on'):
                    self.take(sender, receiver, self.body())
            elif verb == 'QUIT':
                self.say('221 2.0.0 Bye')
                raise Ended
            else:
                self.say('502 5.5.2 What?')


def serve(connection, first):
    try:
        Talk(connection, first).run()
    except (Ended, OSError):
        pass
    finally:
        connection.close()


# The second address is the same server by a name that its certificate does not have.
server = socket.create_server(('127.0.0.1', 0), backlog=64)
port = server.getsockname()[1]
other = socket.create_server(('127.0.0.2', port), backlog=8)
print(port, flush=True)
while True:
    ready, _, _ = select.select([server, other], [], [])
    accepted, _ = ready[0].accept()
    threading.Thread(target=serve, args=(accepted, connections == 0), daemon=True).start()
    connections += 1
