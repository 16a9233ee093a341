"""What a test came to, and how to read it from the reports of the several test runners."""
import dataclasses
import json
import re

PASSED, FAILED, SKIPPED = 'passed', 'failed', 'skipped'


@dataclasses.dataclass
class Outcome:
    name: str
    state: str  # PASSED, FAILED or SKIPPED
    seconds: float = 0.0
    detail: str = ''  # why it failed or was skipped


def count(outcomes, state):
    return sum(outcome.state == state for outcome in outcomes)


def from_gtest(report, program):
    """The outcomes in one JSON report of GoogleTest; a disabled test is a skipped one."""
    outcomes = []
    for suite in report['testsuites']:
        for test in suite['testsuite']:
            name = '%s: %s.%s' % (program, suite['name'], test['name'])
            seconds = float(test.get('time', '0s').rstrip('s'))
            failures = [failure['failure'] for failure in test.get('failures', [])]
            if failures:
                outcomes.append(Outcome(name, FAILED, seconds, '\n'.join(failures)))
            elif test.get('result') == 'COMPLETED':
                outcomes.append(Outcome(name, PASSED, seconds))
            else:
                outcomes.append(Outcome(name, SKIPPED, seconds, 'skipped or disabled'))
    return outcomes


def from_gtest_file(path, program, status, log):
    """A program that ends without its report has crashed: that is one failure, whatever it passed before.
    So is one that reports no failure and yet exits with one (a leak, a check at exit)."""
    try:
        outcomes = from_gtest(json.loads(path.read_text(encoding='utf-8')), program)
    except (OSError, ValueError):
        return [Outcome(program, FAILED, 0.0, 'ended with status %s and without a report\n%s' % (status, log[-4000:]))]
    if not outcomes:
        outcomes.append(Outcome(program, FAILED, 0.0, 'holds no test'))
    elif status != 0 and not count(outcomes, FAILED):
        outcomes.append(Outcome(program, FAILED, 0.0, 'exit status %s\n%s' % (status, log[-4000:])))
    return outcomes


def from_unittest(log, name):
    """The outcomes behind the closing lines of Python's unittest; passed and skipped ones carry no names."""
    ran = re.search(r'^Ran (\d+) tests? in', log, re.M)
    closing = re.search(r'^(?:OK|FAILED)(?: \((.*)\))?$', log, re.M)
    if not ran or not closing or ran.group(1) == '0':
        return [Outcome(name, FAILED, 0.0, 'ended without a closing line, or ran nothing\n' + log[-4000:])]
    counts = {key: int(value) for key, value in re.findall(r'([a-z][a-z ]*)=(\d+)', closing.group(1) or '')}
    skipped = counts.get('skipped', 0)
    broken = [Outcome('%s: %s' % (name, match.group(2)), FAILED, 0.0, match.group(3).strip()) for match in
              re.finditer(r'^(FAIL|ERROR): (.*)\n-+\n((?:.|\n)*?)(?=\n=====|\n-{70}\nRan )', log, re.M)]
    passed = int(ran.group(1)) - len(broken) - skipped
    return (broken + [Outcome(name, PASSED) for _ in range(passed)]
            + [Outcome(name, SKIPPED, 0.0, 'skipped') for _ in range(skipped)])


def from_lines(path, status, log, name='journeys'):
    """JSON lines {"name": …, "state": "passed|failed|skipped", "seconds": …, "detail": …}, as the journeys write
    them one by one, so that those before a crash still count."""
    outcomes = []
    try:
        for line in path.read_text(encoding='utf-8').splitlines():
            told = json.loads(line)
            state = told['state'] if told['state'] in (PASSED, FAILED, SKIPPED) else FAILED
            outcomes.append(Outcome('%s: %s' % (name, told['name']), state, float(told.get('seconds', 0)),
                                    str(told.get('detail', ''))))
    except (OSError, ValueError, KeyError) as error:
        outcomes.append(Outcome(name, FAILED, 0.0, 'the report cannot be read: %r\n%s' % (error, log[-4000:])))
    if not outcomes:
        outcomes.append(Outcome(name, FAILED, 0.0, 'told of no test\n' + log[-4000:]))
    elif status != 0 and not count(outcomes, FAILED):
        outcomes.append(Outcome(name, FAILED, 0.0, 'exit status %s\n%s' % (status, log[-4000:])))
    return outcomes
