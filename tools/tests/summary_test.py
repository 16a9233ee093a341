"""What ./test closes with: its last line, and whether the run counts as passed."""
import contextlib
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

TESTING = pathlib.Path(__file__).resolve().parents[1] / 'testing'
sys.path.insert(0, str(TESTING))

import run_tests  # noqa: E402
from outcomes import FAILED, PASSED, SKIPPED, Outcome  # noqa: E402


class Summary(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here, self.absent = pathlib.Path(folder.name), pathlib.Path(folder.name) / 'nowhere'

    def close(self, shared, *states):
        """(exit status, last line) of a run that came to these states, the first in one stage, the rest in another."""
        told = [Outcome('a test', state) for state in states]
        with mock.patch.object(run_tests, 'SHARED', shared), contextlib.redirect_stdout(io.StringIO()) as printed:
            status = run_tests.summary({'check': (told[:1], 1.0), 'unit': (told[1:], 2.0)})
        return status, printed.getvalue().splitlines()[-1]

    def test_the_last_line_counts_every_stage(self):
        self.assertEqual(self.close(self.absent, PASSED, PASSED, PASSED, FAILED, FAILED, SKIPPED)[1],
                         '3 passed, 2 failed, 1 skipped')

    def test_a_run_passes_when_nothing_failed(self):
        for shared in (self.here, self.absent):
            self.assertEqual(self.close(shared, PASSED, PASSED), (0, '2 passed, 0 failed, 0 skipped'))
            self.assertEqual(self.close(shared, PASSED, FAILED), (1, '1 passed, 1 failed, 0 skipped'))

    def test_a_skipped_test_fails_the_run_where_nothing_is_an_excuse(self):
        self.assertEqual(self.close(self.here, PASSED, SKIPPED), (1, '1 passed, 0 failed, 1 skipped'))
        self.assertEqual(self.close(self.absent, PASSED, SKIPPED), (0, '1 passed, 0 failed, 1 skipped'))

    def test_a_run_without_a_passed_test_fails(self):
        for shared in (self.here, self.absent):
            self.assertEqual(self.close(shared), (1, '0 passed, 0 failed, 0 skipped'))
            self.assertEqual(self.close(shared, SKIPPED), (1, '0 passed, 0 failed, 1 skipped'))

    def test_the_shared_material_lies_beside_the_checkout_or_where_it_is_said_to_lie(self):
        def found(**said):
            environment = {name: value for name, value in os.environ.items() if name != 'LOA_SHARED'}
            return subprocess.run([sys.executable, '-c', 'import run_tests; print(run_tests.SHARED)'], cwd=TESTING,
                                  env={**environment, **said}, capture_output=True, text=True, check=True).stdout.strip()

        self.assertEqual(found(), str(TESTING.parents[2] / 'shared'))
        self.assertEqual(found(LOA_SHARED=str(self.here)), str(self.here))


if __name__ == '__main__':
    unittest.main()
