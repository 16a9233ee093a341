#!/usr/bin/env python3
"""Runs every test of Loa, stage by stage, and closes with "N passed, N failed, N skipped" (./test calls it).

A skipped test fails the run where nothing is an excuse for it: where the folder of shared material lies beside
this checkout (LOA_SHARED, or ../shared).
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import sys
import time

import outcomes
import programs
from outcomes import FAILED, PASSED, SKIPPED, Outcome
from programs import LOGS, ROOT

SHARED = pathlib.Path(os.environ.get('LOA_SHARED') or ROOT.parent / 'shared')
# Seconds of fuzzing, all targets together, after they are built.
FUZZ_SECONDS = int(os.environ.get('LOA_FUZZ_SECONDS') or 60)

# So that none of them is left to run alone at the end.
SLOW = ('loa_loa_parts_tests', 'loa_formats_tests', 'loa_identity_tests', 'loa_jobs_tests')

# The test programs of the release's compiler and optimiser: the program as a whole; the coroutines, which g++ 12 is known
# to get wrong (ADR 5); and the readers of files, whose limits of memory mean nothing under the sanitizers. All others
# are compiled once, for the sanitizers (ADR 26).
RELEASED = ('loa_loa_parts_tests', 'loa_web_tests', 'loa_formats_tests')

# What the sanitizers leave out: programs that aren't ours at work.
SANITIZED = {
    'loa_formats_tests': '-Office*:HostilePrograms*:Pdf.AScan*:Pdf.ABlankScan*',
    None: '*',
}

# What a tools/tests/*_build.py exits with where it cannot be tried.
STATUS_OF_SKIPPED = 77


class Run:
    """What the stages share: the cluster, once one of them needs it, and what is left of a stage's time."""

    def __init__(self):
        self.things = contextlib.ExitStack()
        self.address = None
        self.deadline = 0.0
        self.chosen = ()

    def postgres(self):
        if self.address is None:
            self.address = self.things.enter_context(programs.postgres())
        return {'LOA_TEST_POSTGRES': self.address}

    def left(self):
        return self.deadline - time.monotonic()


def build(run, preset, targets):
    """One outcome: the build works. tools/build shows the end of its own log."""
    status, log, seconds = programs.run([ROOT / 'tools' / 'build', preset, *targets], 'stage-build-' + preset, run.left())
    return Outcome('build of ' + preset, PASSED if status == 0 else FAILED, seconds, log[-6000:])


def test_programs(preset):
    """{target: path} of the test programs that CMake knows in a configured build folder, built or not."""
    folder = ROOT / 'build' / preset
    status, log, _ = programs.run(['ctest', '--test-dir', folder, '--show-only=json-v1'], 'ctest-' + preset, 60)
    if status != 0:
        raise RuntimeError('ctest knows no tests of %s:\n%s' % (preset, log))
    told = json.loads(log[log.index('{'):log.rindex('}') + 1])
    # Not by the command, which is absent until the program has been built.
    return {test['name']: pathlib.Path(next(setting['value'] for setting in test['properties']
                                            if setting['name'] == 'WORKING_DIRECTORY')) / test['name']
            for test in told['tests']}


def run_gtest(run, program, stage, environment):
    report = LOGS / ('%s-%s.json' % (stage, program.name))
    report.unlink(missing_ok=True)
    status, log, seconds = programs.run([program, '--gtest_output=json:%s' % report, '--gtest_brief=1'],
                                        '%s-%s' % (stage, program.name), run.left(), environment)
    told = outcomes.from_gtest_file(report, program.name, status, log)
    print('    %-28s %4d tests %7.1f s' % (program.name, len(told), seconds), flush=True)
    return told


def gtest_tasks(run, preset, stage, targets=None, environment=None, environment_of=lambda name: {}):
    """One task for every test program of a build folder, or of those named, the slow ones first."""
    known = test_programs(preset)
    settings = {**run.postgres(), **(environment or {})}
    first = {name: place for place, name in enumerate(SLOW)}
    return [lambda name=name: run_gtest(run, known[name], stage, {**settings, **environment_of(name)})
            for name in sorted(targets or known, key=lambda name: (first.get(name, len(SLOW)), name))]


def run_build_test(run, path):
    """A test that compiles, or runs the program: its exit status is its outcome."""
    status, log, seconds = programs.run([sys.executable, path], path.stem, run.left())
    print('    %-28s %10s %8.1f s' % (path.name, '', seconds), flush=True)
    state = {0: PASSED, STATUS_OF_SKIPPED: SKIPPED}.get(status, FAILED)
    return [Outcome('tools/tests/' + path.name, state, seconds, log[-6000:])]


def run_all(tasks, stage):
    """The outcomes of all tasks, as many at once as there are cores."""
    return [outcome for part in programs.side_by_side(tasks) for outcome in part] or [
        Outcome(stage, FAILED, 0.0, 'no test program')]


def check(run):
    told = []
    for path in sorted((ROOT / 'tools').glob('check_*.py')):
        status, log, seconds = programs.run([sys.executable, path, ROOT], path.stem, run.left())
        told.append(Outcome('tools/' + path.name, PASSED if status == 0 else FAILED, seconds, log))
    _, log, _ = programs.run([sys.executable, '-m', 'unittest', 'discover', '-s', 'tools/tests', '-p', '*_test.py'],
                             'tools-tests', run.left())
    return told + outcomes.from_unittest(log, 'tools/tests')


def release(run):
    """The program, and its test programs where a stage runs them."""
    return [build(run, 'release', ['loa', *(RELEASED if {'build', 'unit'} & set(run.chosen) else ())])]


def unit(run):
    compiling = [lambda path=path: run_build_test(run, path) for path in sorted((ROOT / 'tools' / 'tests').glob('*_build.py'))]
    return run_all(compiling + gtest_tasks(run, 'release', 'unit', RELEASED), 'unit')


def configure_dev(run):
    """Always: ctest tells of the tests that were there when it was last configured."""
    status, log, seconds = programs.run(['cmake', '--preset', 'dev'], 'configure-dev', run.left())
    return Outcome('build of dev', PASSED if status == 0 else FAILED, seconds, log[-6000:])


def sanitize(run):
    """The test programs of kernel/ and modules/ on both engines, under the address and undefined-behaviour sanitizers."""
    configured = configure_dev(run)
    if configured.state != PASSED:
        return [configured]
    folder = ROOT / 'build' / 'dev'
    targets = [name for name, path in test_programs('dev').items()
               if path.relative_to(folder).parts[0] in ('kernel', 'modules')]
    built = build(run, 'dev', targets)
    if built.state != PASSED:
        return [built]
    strict = {'ASAN_OPTIONS': 'detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1',
              'UBSAN_OPTIONS': 'print_stacktrace=1'}
    return [built] + run_all(gtest_tasks(run, 'dev', 'sanitize', targets, strict,
                                         lambda name: {'GTEST_FILTER': SANITIZED.get(name, SANITIZED[None])}), 'sanitize')


def fuzz(run):
    """Every fuzz/<name>_fuzz.cpp is a target; fuzz/corpus/<name>/ is what it starts from."""
    names = [path.stem for path in sorted((ROOT / 'fuzz').glob('*_fuzz.cpp'))]
    if not names:
        return [Outcome('fuzz', SKIPPED, 0.0, 'there is no fuzz/*_fuzz.cpp')]
    configured = configure_dev(run)
    if configured.state != PASSED:
        return [configured]
    built = build(run, 'dev', names)
    if built.state != PASSED:
        return [built]
    width = os.cpu_count() or 2
    seconds = max(5, FUZZ_SECONDS * width // len(names))
    return [built] + programs.side_by_side([lambda name=name: fuzz_one(run, name, seconds) for name in names], width)


def fuzz_one(run, name, seconds):
    program = next(path for path in (ROOT / 'build' / 'dev').rglob(name) if path.is_file())
    found = ROOT / 'build' / 'dev' / 'corpus' / name
    found.mkdir(parents=True, exist_ok=True)
    seeds = ROOT / 'fuzz' / 'corpus' / name.removesuffix('_fuzz')
    status, log, took = programs.run(
        [program, '-max_total_time=%d' % seconds, '-timeout=10', '-rss_limit_mb=2048', '-print_final_stats=1',
         '-artifact_prefix=%s/%s-' % (LOGS, name), found, *([seeds] if seeds.is_dir() else [])],
        'fuzz-' + name, min(run.left(), seconds + 60))
    tries = re.search(r'stat::number_of_executed_units:\s*(\d+)', log)
    print('    %-28s %9s inputs %5.1f s' % (name, tries.group(1) if tries else '?', took), flush=True)
    return Outcome(name, PASSED if status == 0 else FAILED, took, log[-4000:])


def journeys(run):
    report = LOGS / 'journeys.jsonl'
    report.unlink(missing_ok=True)
    program = ROOT / 'tests' / 'journeys' / 'run'
    if not program.exists():
        return [Outcome('journeys', SKIPPED, 0.0, 'there is no tests/journeys/run')]
    status, log, _ = programs.run([program], 'journeys', run.left(), {
        'LOA_JOURNEY_RESULTS': str(report), 'LOA_PICTURES': 'shown', 'LOA_PROGRAM': str(ROOT / 'build' / 'release' / 'loa'), **run.postgres()})
    return outcomes.from_lines(report, status, log)


# The ledger: seconds that each stage may take on two cores, installing excluded; 25 minutes in all. A stage is
# stopped after six times that: a shared machine may be a third as fast, and nothing compiled before. LOA_TEST_PATIENCE
# multiplies the patience, not the ledger, where several work on one machine.
STAGES = {
    'check': (30, check),
    'build': (420, release),
    'unit': (150, unit),
    'sanitize': (420, sanitize),
    'fuzz': (120, fuzz),
    'journeys': (360, journeys),
}
NEEDS_BUILD = ('unit', 'journeys')
PATIENCE = int(os.environ.get('LOA_TEST_PATIENCE', '1'))


def run_stage(run, name):
    ledger, function = STAGES[name]
    print('-- %s' % name, flush=True)
    started = time.monotonic()
    run.deadline = started + 6 * ledger * PATIENCE
    try:
        told = function(run)
    except (OSError, RuntimeError, StopIteration, ValueError) as error:
        told = [Outcome(name, FAILED, 0.0, '%s: %s' % (type(error).__name__, error))]
    for outcome in told:
        if outcome.state != PASSED:
            print('   %s  %s' % (outcome.state.upper(), outcome.name))
            print(''.join('      | %s\n' % line for line in outcome.detail.strip().splitlines()[-60:]), end='', flush=True)
    return told, time.monotonic() - started


def summary(results):
    print('\n%-10s %7s %7s %8s %9s %8s' % ('stage', 'passed', 'failed', 'skipped', 'seconds', 'ledger'))
    for name, (told, seconds) in results.items():
        ledger = STAGES[name][0]
        print('%-10s %7d %7d %8d %9.1f %8d%s' % (name, *(outcomes.count(told, state) for state in
              (PASSED, FAILED, SKIPPED)), seconds, ledger, '  over' if seconds > ledger else ''))
    everything = [outcome for told, _ in results.values() for outcome in told]
    counts = [outcomes.count(everything, state) for state in (PASSED, FAILED, SKIPPED)]
    print('%-10s %7d %7d %8d %9.1f %8d' % ('in all', *counts, sum(seconds for _, seconds in results.values()),
                                           sum(STAGES[name][0] for name in results)))
    excused = not SHARED.is_dir()
    if counts[2] and not excused:
        print('\nA skipped test fails this run: the shared material is here.')
    print('\nReports and output: %s' % LOGS.relative_to(ROOT))
    print('%d passed, %d failed, %d skipped' % tuple(counts), flush=True)
    return 1 if counts[1] or not counts[0] or (counts[2] and not excused) else 0


def main():
    parser = argparse.ArgumentParser(prog='./test', description='Builds Loa and runs its tests.')
    parser.add_argument('--only', action='append', choices=list(STAGES), metavar='STAGE',
                        help='one of: ' + ' '.join(STAGES))
    chosen = parser.parse_args().only or list(STAGES)
    run, results, broken = Run(), {}, False
    run.chosen = tuple(chosen)
    if set(chosen) & set(NEEDS_BUILD):
        chosen = ['build', *chosen]
    with run.things:
        for name in STAGES:
            if name not in chosen:
                continue
            if broken and name in NEEDS_BUILD:
                results[name] = ([Outcome(name, FAILED, 0.0, 'not run: the build failed')], 0.0)
                continue
            results[name] = run_stage(run, name)
            broken = broken or (name == 'build' and outcomes.count(results[name][0], FAILED) > 0)
    return summary(results)


if __name__ == '__main__':
    sys.exit(main())
