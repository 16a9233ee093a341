#!/usr/bin/env python3
"""A web server for tests, with pages that a saved copy should survive.

    web_server.py

Prints its port. /page is a page; /to/<address> redirects there; /round redirects to itself for ever; /status/<n> answers n;
/endless sends for ever; /slow says nothing; /bomb is 100 MB of nothing, gzipped; /empty has no bytes.
"""
import gzip
import http.server
import time

PAGE = '<!doctype html><html><head><title>Phường &amp; xã: tin  mới</title></head><body>Nội dung</body></html>'.encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self, status, body=b'', **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path
        if path == '/page':
            self.answer(200, PAGE, Content_Type='text/html; charset=utf-8')
        elif path.startswith('/to/'):
            self.answer(302, b'elsewhere', Location=path[4:])
        elif path == '/round':
            self.answer(302, Location='/round')
        elif path.startswith('/status/'):
            self.answer(int(path[8:]), b'no')
        elif path == '/empty':
            self.answer(200)
        elif path == '/bomb':
            self.answer(200, gzip.compress(bytes(100 << 20)), Content_Encoding='gzip', Content_Type='text/html')
        elif path == '/slow':
            time.sleep(60)
        elif path == '/endless':
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(1 << 16))
            except OSError:
                pass
            self.close_connection = True
        else:
            self.answer(404, b'no')


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
