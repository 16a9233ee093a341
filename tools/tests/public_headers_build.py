#!/usr/bin/env python3
"""Every public header can be included alone: nobody has to know what must stand above it.

The build precompiles headers, which stand above everything and would hide what is missing; here nothing does.

    tools/tests/public_headers_build.py      needs a configured build/release
"""
import concurrent.futures
import json
import pathlib
import shlex
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMANDS = ROOT / 'build' / 'release' / 'compile_commands.json'
LIBRARIES = ('kernel', 'modules')


def public_headers():
    """{name as it is included: library folder}"""
    return {path.relative_to(include).as_posix(): library
            for kind in LIBRARIES for library in sorted((ROOT / kind).iterdir())
            for include in [library / 'include'] for path in sorted(include.rglob('*.h'))}


def seen(flags):
    """What decides what a file sees: the standard, the places of headers, what is defined."""
    kept, waiting = [], False
    for flag in flags:
        if waiting or flag.startswith(('-I', '-D', '-std=')):
            kept.append(flag)
        waiting = flag == '-isystem'
        if waiting:
            kept.append(flag)
    return kept


def flags_of(library):
    """Those of any file of the library: the header sees what the library sees. By clang, which reads twice as fast."""
    for entry in json.loads(COMMANDS.read_text(encoding='utf-8')):
        if pathlib.Path(entry['file']).parent == library:
            words = shlex.split(entry['command'])
            compiler = next(index for index, word in enumerate(words) if not word.endswith('ccache'))
            places = words[compiler + 1:words.index('-o')]
            return ['clang++', *seen(places)]
    raise AssertionError('nothing of %s is compiled' % library)


def problem_of(header, library):
    done = subprocess.run([*flags_of(library), '-fsyntax-only', '-x', 'c++', '-'], input='#include "%s"\n' % header,
                          capture_output=True, text=True, timeout=120)
    return '' if done.returncode == 0 else '%s:\n%s' % (header, done.stderr[-1500:])


class PublicHeaders(unittest.TestCase):
    def test_each_stands_alone(self):
        headers = public_headers()
        self.assertGreater(len(headers), 40)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            problems = list(pool.map(lambda header: problem_of(header, headers[header]), sorted(headers)))
        self.assertEqual([problem for problem in problems if problem], [])


if __name__ == '__main__':
    if not COMMANDS.exists():
        sys.exit('build/release is not configured')
    unittest.main()
