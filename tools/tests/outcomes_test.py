import json
import pathlib
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'testing'))

import outcomes  # noqa: E402
import programs  # noqa: E402
from outcomes import FAILED, PASSED, SKIPPED  # noqa: E402

REPORT = {'testsuites': [{'name': 'Plan', 'testsuite': [
    {'name': 'Issues', 'result': 'COMPLETED', 'time': '0.25s'},
    {'name': 'Closes', 'result': 'COMPLETED', 'time': '1s', 'failures': [{'failure': 'expected 1'}]},
    {'name': 'Reads', 'result': 'SKIPPED', 'time': '0s'},
    {'name': 'DISABLED_Later', 'status': 'NOTRUN', 'result': 'SUPPRESSED'}]}]}


class Reports(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / 'report'

    def states(self, told):
        return [outcome.state for outcome in told]

    def gtest(self, report, status):
        self.path.write_text(json.dumps(report), encoding='utf-8')
        return outcomes.from_gtest_file(self.path, 'plan_tests', status, 'log')

    def test_googletest(self):
        told = self.gtest(REPORT, 1)
        self.assertEqual(self.states(told), [PASSED, FAILED, SKIPPED, SKIPPED])
        self.assertEqual((told[0].name, told[0].seconds), ('plan_tests: Plan.Issues', 0.25))
        self.assertEqual(told[1].detail, 'expected 1')

    def test_a_leak_after_passing_tests_is_a_failure(self):
        report = {'testsuites': [{'name': 'A', 'testsuite': [{'name': 'B', 'result': 'COMPLETED'}]}]}
        self.assertEqual(self.states(self.gtest(report, 0)), [PASSED])
        self.assertEqual(self.states(self.gtest(report, 23)), [PASSED, FAILED])

    def test_a_crash_and_an_empty_program_are_failures(self):
        self.assertEqual(self.states(outcomes.from_gtest_file(self.path, 'x', -11, 'log')), [FAILED])
        self.assertEqual(self.states(self.gtest({'testsuites': []}, 0)), [FAILED])

    def test_unittest(self):
        log = ('.F.s\n======\nFAIL: test_a (x.A)\n------\nTraceback\nAssertionError: 1 != 2\n\n'
               + '-' * 70 + '\nRan 4 tests in 0.1s\n\nFAILED (failures=1, skipped=1)\n')
        told = outcomes.from_unittest(log, 'tools')
        self.assertEqual(self.states(told), [FAILED, PASSED, PASSED, SKIPPED])
        self.assertIn('1 != 2', told[0].detail)
        self.assertEqual(self.states(outcomes.from_unittest('Ran 2 tests in 0.1s\n\nOK\n', 'tools')), [PASSED, PASSED])
        for log in ('', 'Ran 0 tests in 0.0s\n\nOK\n', 'Traceback\n'):
            self.assertEqual(self.states(outcomes.from_unittest(log, 'tools')), [FAILED])

    def test_journeys(self):
        self.path.write_text('{"name": "a", "state": "passed", "seconds": 2}\n{"name": "b", "state": "skipped"}\n'
                             '{"name": "c", "state": "perhaps"}\n', encoding='utf-8')
        self.assertEqual(self.states(outcomes.from_lines(self.path, 1, '')), [PASSED, SKIPPED, FAILED])

    def test_journeys_that_stop_half_way_fail(self):
        self.path.write_text('{"name": "a", "state": "passed"}\n{"name": ', encoding='utf-8')
        self.assertEqual(self.states(outcomes.from_lines(self.path, 0, '')), [PASSED, FAILED])
        self.path.write_text('{"name": "a", "state": "passed"}\n', encoding='utf-8')
        self.assertEqual(self.states(outcomes.from_lines(self.path, None, '')), [PASSED, FAILED])
        self.path.write_text('', encoding='utf-8')
        self.assertEqual(self.states(outcomes.from_lines(self.path, 0, '')), [FAILED])


class Programs(unittest.TestCase):
    def test_time_limit_ends_the_whole_group(self):
        status, log, seconds = programs.run(['sh', '-c', 'echo begun; sleep 30 & echo $!; wait'], 'selftest-limit', 1)
        self.assertIsNone(status)
        self.assertLess(seconds, 10)
        child = int(log.split()[1])
        state = pathlib.Path('/proc/%d/stat' % child)

        def gone():
            try:
                return state.read_text().split()[2] == 'Z'
            except (FileNotFoundError, ProcessLookupError):
                return True

        # A busy kernel takes its time to end what was killed; what was not killed sleeps on.
        until = time.monotonic() + 10
        while not gone() and time.monotonic() < until:
            time.sleep(0.05)
        self.assertTrue(gone())

    def test_output_and_status_are_kept(self):
        status, log, _ = programs.run(['sh', '-c', 'echo "$LOA_X"; exit 3'], 'selftest-status', 5, {'LOA_X': 'yes'})
        self.assertEqual((status, log), (3, 'yes\n'))


if __name__ == '__main__':
    unittest.main()
