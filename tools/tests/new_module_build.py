#!/usr/bin/env python3
"""A module as tools/new-module writes it builds, passes its tests and every check, and the program knows it: its
routes are those of app/tests/routes.tsv, for every visitor. Tried in a copy of this tree.

    tools/tests/new_module_build.py      needs a compiler; quick where the compiler cache knows this tree
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEFT_OUT = ('build', 'var', '.git', 'tests/journeys/node_modules')


def left_out(folder, names):
    here = pathlib.Path(folder).relative_to(ROOT)
    return [name for name in names if str(here / name) in LEFT_OUT or name == '__pycache__']


def run(folder, *command):
    done = subprocess.run([str(part) for part in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    if done.returncode != 0:
        sys.exit('%s\n%s' % (' '.join(map(str, command)), done.stdout[-6000:]))
    return done.stdout


def main():
    with tempfile.TemporaryDirectory(prefix='loa-new-module.') as place:
        tree = pathlib.Path(place) / 'loa'
        shutil.copytree(ROOT, tree, symlinks=True, ignore=left_out)
        before = subprocess.run([tree / 'tools' / 'check'], capture_output=True, text=True).stdout
        run(tree, 'tools/new-module', 'probes', '--vi', 'Mẫu thử', '--noun-vi', 'mẫu thử')
        after = subprocess.run([tree / 'tools' / 'check'], capture_output=True, text=True).stdout
        new = set(after.splitlines()) - set(before.splitlines())
        if new:
            sys.exit('a new module breaks rules:\n' + '\n'.join(sorted(new)))
        run(tree, 'tools/build', 'release', 'loa_probes_tests', 'loa_loa_parts_tests')
        print(run(tree, tree / 'build/release/modules/probes/loa_probes_tests', '--gtest_brief=1').strip())
        print(run(tree, tree / 'build/release/app/loa_loa_parts_tests', '--gtest_brief=1',
                  '--gtest_filter=*RoutesTest.*:*Statements*').strip())


if __name__ == '__main__':
    main()
