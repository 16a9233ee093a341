#!/usr/bin/env python3
"""Checks the catalogues of both languages, and what templates and code ask of them (rule 6).

    tools/check_i18n.py [ROOT]      prints file:line: what is wrong; exit 1 if anything was, else 0

A text can be seen to be used when its key stands in a template ({{@key}}), in a string of the code, or when
a string of the code is the beginning of keys that it completes itself ("i18n.month.", "web.{}_line"). A key that the code
asks for where only keys can stand (translate(…), invalid(…), …) must exist.
"""
import json
import pathlib
import re
import sys
import unicodedata

PLACES = ('kernel', 'modules', 'app')
NAME = re.compile(r'\{([a-z][a-z0-9_]*)\}')
TEMPLATE_KEY = re.compile(r'\{\{@([^@}\s]+)\}\}')
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
KEY = re.compile(r'^[a-z][a-z0-9_]*(\.[a-z0-9_-]+)+$')
BEGINNING = re.compile(r'^[a-z][a-z0-9_]*\.(?:[a-z0-9_]+[._])+$')
FORMAT = re.compile(r'^[a-z][a-z0-9_]*\.[a-z0-9_.]*\{[a-z]*\}[a-z0-9_.{}]*$')
MIDDLE = re.compile(r'^\.[a-z]+_$')  # behind any owner: ".subject_"
# Where the code names a key and nothing else can stand.
ASKED = re.compile(r'\b(?:translate\(\s*[\w.:>()-]+,\s*|forbidden\(\s*|not_found\(\s*|conflict\(\s*|unavailable\(\s*'
                   r'|invalid\(\s*(?:"[^"]*"|[\w.:]+),\s*)"([^"\\]+)"')


class Findings:
    def __init__(self, root):
        self.root, self.lines = root, []

    def add(self, path, line, what):
        self.lines.append('%s:%d: %s' % (path.relative_to(self.root), line, what))


def files(root, pattern):
    for place in PLACES:
        for path in sorted((root / place).rglob(pattern)):
            if 'build' not in path.parts:
                yield path


def line_of(text, at):
    return text.count('\n', 0, at) + 1


def read_catalogue(path, findings):
    """{key: value} and {key: line}; what can't be read is reported and left out."""
    text = path.read_text(encoding='utf-8')
    lines, keys = {}, {}

    def unique(pairs):
        names = [name for name, _ in pairs]
        for name in {n for n in names if names.count(n) > 1}:
            findings.add(path, line_of(text, text.rfind('"%s"' % name)), '%s stands here twice' % name)
        return dict(pairs)

    try:
        keys = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        findings.add(path, error.lineno, 'not JSON: ' + error.msg)
        return {}, {}
    if not isinstance(keys, dict):
        findings.add(path, 1, 'not an object')
        return {}, {}
    owner = path.parent.parent.name
    for key in keys:
        lines[key] = line_of(text, text.find('"%s"' % key))
        if not KEY.match(key) or not key.startswith(owner + '.'):
            findings.add(path, lines[key], '%s is not a key of %s (%s.name)' % (key, owner, owner))
    return keys, lines


def forms(value):
    return list(value.values()) if isinstance(value, dict) else [value]


def names_of(value):
    return {name for form in forms(value) if isinstance(form, str) for name in NAME.findall(form)}


def check_text(path, line, key, text, findings):
    if not isinstance(text, str):
        findings.add(path, line, '%s is not a text' % key)
        return
    if not text.strip():
        findings.add(path, line, '%s is empty' % key)
    elif text != text.strip(' \n\t'):
        findings.add(path, line, '%s starts or ends with a blank' % key)
    if unicodedata.normalize('NFC', text) != text:
        findings.add(path, line, '%s is not NFC' % key)
    if re.search(r'[{}]', NAME.sub('', text)):
        findings.add(path, line, '%s has a brace that belongs to no {placeholder}' % key)
    if '!' in text:
        findings.add(path, line, '%s shouts: no exclamation marks' % key)
    if '<' in text or '&' in re.sub(r'[^\s&]&[^\s;]', '', text) and re.search(r'&\w+;', text):
        findings.add(path, line, '%s has markup; it belongs in the template' % key)


def check_pair(vi_path, en_path, findings):
    vietnamese, vi_lines = read_catalogue(vi_path, findings)
    english, en_lines = read_catalogue(en_path, findings)
    for key in vietnamese.keys() - english.keys():
        findings.add(vi_path, vi_lines[key], '%s is not in English' % key)
    for key in english.keys() - vietnamese.keys():
        findings.add(en_path, en_lines[key], '%s is not in Vietnamese' % key)
    for key, value in vietnamese.items():
        if isinstance(value, dict):
            findings.add(vi_path, vi_lines[key], '%s: Vietnamese has no plural' % key)
        for text in forms(value):
            check_text(vi_path, vi_lines[key], key, text, findings)
    for key, value in english.items():
        line = en_lines[key]
        if isinstance(value, dict) and sorted(value) != ['one', 'other']:
            findings.add(en_path, line, '%s needs exactly the forms one and other' % key)
        for text in forms(value):
            check_text(en_path, line, key, text, findings)
        if key in vietnamese and names_of(value) != names_of(vietnamese[key]):
            findings.add(en_path, line, '%s: the placeholders differ from the Vietnamese' % key)
        if isinstance(value, dict) and 'n' not in names_of(value.get('other')):
            findings.add(en_path, line, '%s: a plural without {n}' % key)
    plurals = {key for key, value in english.items() if isinstance(value, dict)}
    return {key: (vi_path, vi_lines[key]) for key in vietnamese}, plurals


def main(root):
    findings = Findings(root)
    defined, plurals = {}, set()
    for vi_path in files(root, 'i18n/vi.json'):
        en_path = vi_path.with_name('en.json')
        if not en_path.exists():
            findings.add(vi_path, 1, 'there is no en.json beside it')
            continue
        keys, counted = check_pair(vi_path, en_path, findings)
        for key in keys.keys() & defined.keys():
            findings.add(keys[key][0], keys[key][1], '%s is defined in another file too' % key)
        defined.update(keys)
        plurals |= counted
    for en_path in files(root, 'i18n/en.json'):
        if not en_path.with_name('vi.json').exists():
            findings.add(en_path, 1, 'there is no vi.json beside it')

    used, beginnings, middles, formats = set(), set(), set(), set()
    for path in files(root, '*.html'):
        text = path.read_text(encoding='utf-8')
        for match in TEMPLATE_KEY.finditer(text):
            key = match.group(1)
            if key.startswith('asset:'):
                continue
            used.add(key)
            if key not in defined:
                findings.add(path, line_of(text, match.start()), '%s is in no catalogue' % key)
            elif key in plurals:
                findings.add(path, line_of(text, match.start()),
                             '%s depends on {n}: translate it in the handler' % key)
    for pattern in ('*.cpp', '*.h'):
        for path in files(root, pattern):
            if 'tests' in path.parts:
                continue
            text = path.read_text(encoding='utf-8')
            for match in STRING.finditer(text):
                if BEGINNING.match(match.group(1)):
                    beginnings.add(match.group(1))
                elif KEY.match(match.group(1)):
                    used.add(match.group(1))
                elif FORMAT.match(match.group(1)):  # "web.{}_line" is filled in by fmt
                    formats.add(re.sub(r'\\{[a-z]*\\}', '[a-z0-9_]+', re.escape(match.group(1))))
                elif MIDDLE.match(match.group(1)):
                    middles.add(match.group(1))
            for match in ASKED.finditer(text):
                if KEY.match(match.group(1)) and match.group(1) not in defined:
                    findings.add(path, line_of(text, match.start(1)), '%s is in no catalogue' % match.group(1))
    for key, (path, line) in sorted(defined.items()):
        if (key not in used and not any(key.startswith(beginning) for beginning in beginnings)
                and not any(middle in key for middle in middles)
                and not any(re.fullmatch(form, key) for form in formats)):
            findings.add(path, line, '%s is used nowhere' % key)

    for line in findings.lines:
        print(line)
    return 1 if findings.lines else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.').resolve()))
