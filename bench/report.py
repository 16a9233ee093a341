"""What was measured, beside what it should be: as a table for people, as JSON for programs."""
import json
import time

COLUMNS = ('sqlite', 'postgres')
HEADINGS = {'sqlite': 'SQLite', 'postgres': 'PostgreSQL'}


def shown(value):
    """Three digits that count; a dash where nothing was measured."""
    if value is None:
        return '–'
    if isinstance(value, int) or abs(value) >= 100:
        return '{:,.0f}'.format(value)
    return '%.3g' % value if abs(value) >= 0.01 else '%.4f' % value


class Report:
    def __init__(self, machine, load_before):
        self.machine = machine
        self.load_before = load_before
        self.load_after = None
        self.stolen = 0.0  # seconds
        self.started = time.time()
        self.figures = []
        self.loads = []
        self.notes = []

    def figure(self, section, name, unit, value, engine=None, most=None):
        """One value of a row; `engine` is its column, or None where there is no database. `most` is the target."""
        for row in self.figures:
            if (row['section'], row['name']) == (section, name):
                break
        else:
            row = {'section': section, 'name': name, 'unit': unit, 'most': most, 'values': {}}
            self.figures.append(row)
        row['values'][engine or 'any'] = value
        if most is not None:
            row['met'] = all(each is not None and each <= most for each in row['values'].values())

    def load(self, name, engine, cpu, database_cpu, played):
        self.loads.append({'name': name, 'server': engine, 'cpu_us': cpu, 'database_cpu_us': database_cpu, **played})
        if played['failed']:
            self.note('%s (%s): %d of %d requests failed: %s' % (
                name, engine, played['failed'], played['all'] + played['failed'], played['statuses']))

    def note(self, text):
        self.notes.append(text)

    def figure_lines(self):
        for section in dict.fromkeys(row['section'] for row in self.figures):
            rows = [row for row in self.figures if row['section'] == section]
            headings = [HEADINGS[column] if any(column in row['values'] for row in rows) else '' for column in COLUMNS]
            yield '\n%-60s %10s %10s   %-5s %s' % (section, *headings, '', 'target')
            for row in rows:
                yield self.figure_line(row)

    def figure_line(self, row):
        values = row['values']
        cells = ['', shown(values['any'])] if 'any' in values else \
            [shown(values[column]) if column in values else '' for column in COLUMNS]
        target = '' if row['most'] is None else '≤ %-7s %s' % (shown(row['most']), 'met' if row['met'] else 'MISSED')
        return ('  %-58s %10s %10s   %-5s %s' % (row['name'], *cells, row['unit'], target)).rstrip()

    def load_lines(self):
        layout = '  %-58s %-10s %8s %8s %10s %8s %8s %8s %7s'
        yield '\n' + layout % ('loads behind them', 'server', 'CPU µs', '+ DB µs', 'requests/s', 'p50 ms', 'p99 ms', 'most ms',
                               'player')
        for load in self.loads:
            yield layout % (load['name'], load['server'], shown(load['cpu_us']), shown(load['database_cpu_us']),
                            shown(round(load['per_second'])), shown(load['p50_ms']), shown(load['p99_ms']),
                            shown(load['most_ms']), '%.0f %%' % (100 * load['player_share']))

    def text(self):
        machine = self.machine
        head = ['Loa, release build, %s' % time.strftime('%Y-%m-%d %H:%M', time.localtime(self.started)),
                '%s, %d cores, Linux %s' % (machine['processor'], machine['cores'], machine['kernel']),
                'load average before %s, after %s; %.1f s of processor time taken by the host' % (
                    ' '.join(self.load_before), ' '.join(self.load_after), self.stolen)]
        if float(self.load_before[0]) > 0.5:
            head.append('OTHERS WERE AT WORK when it began: CPU per request still tells something, the rest does not.')
        notes = ['', 'notes'] + ['  ' + note for note in self.notes] if self.notes else []
        missed = sum(1 for row in self.figures if row.get('met') is False)
        with_target = sum(1 for row in self.figures if row['most'] is not None)
        return '\n'.join([*head, *self.figure_lines(), *self.load_lines(), *notes, '',
                          '%d of %d targets met' % (with_target - missed, with_target)])

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {'started': self.started, 'machine': self.machine, 'load_before': self.load_before,
                   'load_after': self.load_after, 'stolen_seconds': self.stolen, 'figures': self.figures,
                   'loads': self.loads, 'notes': self.notes}
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + '\n', encoding='utf-8')
