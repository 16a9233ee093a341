#!/usr/bin/env python3
"""SQL lives in sql/, text people see in i18n/, markup in pages/ (rule 4).

    tools/check_text.py [ROOT]      prints file:line: what is wrong; exit 1 if anything was, else 0

In C++ only string literals count, never comments; tests may write what they like. A file of kernel/storage that
has to hold SQL (the engine's own tables, the ledger of migrations) says why, once, in a comment "// sql: …".
"""
import re
import sys

from lint.tree import CPP, main

SQL = re.compile(r'\bselect\b[^;]*?\bfrom\s+[a-z_$({]|\binsert\s+(?:or\s+\w+\s+)?into\b|\bupdate\s+\w+\s+set\b'
                 r'|\bdelete\s+from\b|\b(?:create|drop|alter)\s+(?:table|index|view|virtual)\b', re.I)
SQL_REASON = re.compile(r'//\s*sql:\s*\w')
ELEMENTS = ('a|b|body|br|button|dd|details|dialog|div|dl|dt|em|fieldset|footer|form|h[1-6]|head|header|html|i|img|input|'
            'label|li|link|main|meta|nav|ol|option|p|path|progress|script|section|select|small|span|strong|style|sub|'
            'summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|tr|u|ul|use')
MARKUP = re.compile(r'</?(?:%s)(?=[\s/>]|$)|<!doctype' % ELEMENTS, re.I)
VIETNAMESE = re.compile('[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9]')
LETTER = re.compile(r'[^\W\d_]')
# The same in every language: the product's name, and what languages call themselves.
UNTRANSLATED = re.compile(r'\b(?:Loa|Tiếng Việt|English)\b')

# What is printed on a key of the keyboard, too.
KEYCAP = re.compile(r'<kbd\b[^>]*>[^<]*</kbd>')

# Code that knows the language itself: its letters, its old fonts, the grammar of its plans. What people see is
# elsewhere. The readers and writers of documents know markup, which is what they read and write.
LANGUAGE = ('kernel/base/', 'kernel/i18n/', 'kernel/formats/')
READING = re.compile(r'^modules/\w+/reading/')
FORMATS = 'kernel/formats/'
STORAGE = 'kernel/storage/'

TEMPLATE_PARTS = re.compile(r'(?P<comment>\{\{!.*?\}\}|<!--.*?-->)|(?P<script><(?P<tag>script|style)\b.*?</(?P=tag)>)'
                            r'|(?P<raw>\{\{\{.*?\}\}\}|\{\{&.*?\}\})|(?P<mustache>\{\{.*?\}\})', re.S)
TAG = re.compile(r'<(?:[^<>"\']|"[^"]*"|\'[^\']*\')*>', re.S)
SAID_BY_TAG = re.compile(r'\s(alt|aria-label|aria-description|placeholder|title|content|label)\s*=\s*"([^"]*)"', re.I)
NOT_SAID = re.compile(r'name="(?:viewport|color-scheme|theme-color|referrer|robots)"|http-equiv|charset', re.I)
# Mail programs drop style sheets, so this template alone carries its styles in its elements; no browser of ours shows it.
MAIL = 'letter.html'
INLINE = re.compile(r'\s(style|on[a-z]+)\s*=\s*["\']', re.I)


def check_literals(tree, path):
    name = str(path.relative_to(tree.root))
    source = tree.source(path)
    for line, value in source.literals:
        if SQL.search(value):
            if not name.startswith(STORAGE):
                tree.find(path, line, 'SQL in C++: it belongs in sql/, as a named statement')
            elif not any(SQL_REASON.match(comment) for _, comment in source.comments):
                tree.find(path, line, 'SQL in C++, and no comment "// sql: …" in this file says why')
        if MARKUP.search(value) and not name.startswith(FORMATS):
            tree.find(path, line, 'markup in C++: it belongs in pages/')
        if VIETNAMESE.search(value) and not name.startswith(LANGUAGE) and not READING.match(name):
            tree.find(path, line, 'Vietnamese text in C++: it belongs in i18n/, or in data/: "%s"' % value[:40])


def check_template(tree, path):
    text = path.read_text(encoding='utf-8')
    layout = path.name.startswith('layout')

    def line(offset):
        return text.count('\n', 0, offset) + 1

    def blank(match):
        return re.sub(r'[^\n]', ' ', match.group())

    def take(match):
        kind = next(kind for kind in ('comment', 'script', 'raw', 'mustache') if match.group(kind) is not None)
        if kind == 'raw' and not layout:
            tree.find(path, line(match.start()), 'unescaped output: only a layout has the place of a page in {{{…}}}')
        if kind == 'script' and not re.match(r'<script\b[^>]*\ssrc=', match.group()):
            tree.find(path, line(match.start()), 'an inline script or style: the content security policy refuses it')
        return blank(match)

    bare = TEMPLATE_PARTS.sub(take, text)
    for tag in TAG.finditer(bare):
        for said in SAID_BY_TAG.finditer(tag.group()):
            if LETTER.search(said.group(2)) and not NOT_SAID.search(tag.group()):
                tree.find(path, line(tag.start() + said.start()),
                          'text in an attribute: it belongs in i18n/, as {{@key}}: "%s"' % said.group(2)[:40])
        if INLINE.search(tag.group()) and path.name != MAIL:
            tree.find(path, line(tag.start()), 'an inline style or handler: the content security policy refuses it')
    for said in re.finditer(r'\S.*', TAG.sub(blank, KEYCAP.sub(blank, bare))):
        if LETTER.search(UNTRANSLATED.sub('', re.sub(r'&\w+;', '', said.group()))):
            tree.find(path, line(said.start()), 'text in a template: it belongs in i18n/, as {{@key}}: "%s"'
                      % ' '.join(said.group().split())[:40])


def check(tree):
    for path in tree.files(*CPP):
        if not tree.is_test(path):
            check_literals(tree, path)
    for path in tree.files('.html'):
        if not tree.is_test(path):
            check_template(tree, path)


if __name__ == '__main__':
    sys.exit(main(check, __doc__))
