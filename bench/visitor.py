"""A person with a browser: gets pages, signs in, finds a plan."""
import contextlib
import http.client
import re
import urllib.parse

# A clerk of the demonstration's drafting office, who sees its plans.
PERSON = 'vanhoa'


class Visitor:
    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, method, target, body=None, headers=None):
        """(status, headers, body) of an answer; keeps its cookies."""
        sent = {**({'Cookie': self.cookie_line()} if self.cookies else {}), **(headers or {})}
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, target, body, sent)
            answer = connection.getresponse()
            content = answer.read()
        for line in answer.headers.get_all('Set-Cookie') or []:
            name, _, value = line.partition(';')[0].partition('=')
            self.cookies[name] = value
        return answer.status, answer.headers, content

    def page(self, target):
        status, _, content = self.ask('GET', target)
        if status != 200:
            raise RuntimeError('GET %s is answered with %d' % (target, status))
        return content

    def cookie_line(self):
        return '; '.join('%s=%s' % pair for pair in self.cookies.items())

    def sign_in(self, password):
        form = self.page('/dang-nhap').decode()
        hidden = {name: re.search(r'name="%s" value="([^"]*)"' % name, form).group(1)
                  for name in ('csrf', 'request_id')}
        fields = urllib.parse.urlencode({**hidden, 'sign_in_name': PERSON, 'password': password})
        status, _, _ = self.ask('POST', '/dang-nhap', fields, {'Content-Type': 'application/x-www-form-urlencoded'})
        if status != 303:
            raise RuntimeError('signing in is answered with %d' % status)

    def plan_page(self):
        """The address of the plan that has the longest page: there the most is to be shown."""
        found = sorted(set(re.findall(r'href="(/ke-hoach/[0-9][^"/?]*)"', self.page('/ke-hoach').decode())))
        if not found:
            raise RuntimeError('%s sees no plan' % PERSON)
        return max(found, key=lambda target: len(self.page(target)))

    def is_cached(self, target):
        """Whether the second answer comes from the page cache: only rendered pages carry a request number."""
        self.page(target)
        return 'X-Request-Id' not in self.ask('GET', target)[1]
