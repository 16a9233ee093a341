// A Loa of its own for one journey: an empty database with the demonstration data, served on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = process.env.LOA_PROGRAM;
let databases = 0;

function withName(url, name) {
  const query = url.indexOf('?');
  const head = query < 0 ? url : url.slice(0, query);
  return head.slice(0, head.lastIndexOf('/') + 1) + name + (query < 0 ? '' : url.slice(query));
}

function run(words, env, input = '') {
  const done = spawnSync(program, words, { env, input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`loa ${words.join(' ')}: ${done.stderr}${done.stdout}`);
  return done.stdout;
}

function demonstration(loa) {
  return /password for all: (\S+)\)/.exec(loa(['demo']))[1];
}

export function postgresDatabase() {
  const server = process.env.LOA_TEST_POSTGRES;
  const name = `loa_journey_${process.pid}_${++databases}`;
  const psql = spawnSync('psql', [server, '-qc', `create database ${name} template template0 encoding 'UTF8' locale 'C'`], { encoding: 'utf8' });
  if (psql.status !== 0) throw new Error(`create database: ${psql.stderr}`);
  return withName(server, name);
}

/** A clock on the wall that a journey turns; what a program counts by itself (its timers, ages of files) stays true. */
class Clock {
  constructor(folder, startsOn) {
    this.file = join(folder, 'clock');
    const place = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime`).find((path) => existsSync(path));
    this.env = {
      LD_PRELOAD: `${place}/libfaketime.so.1`,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
    this.show(startsOn);
  }
  /**
   * "2025-07-01T00:06:00+07:00"; every program shows it once this is back. They look once a second: libfaketime reads its
   * file without a lock, and a thread that read it while another did saw days that are none.
   */
  set(moment) {
    this.show(moment);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2100);
  }
  show(moment) {
    this.ahead = Math.round((Date.parse(moment) - Date.now()) / 1000);
    // In one step: who reads a file that is just being written sees today.
    writeFileSync(`${this.file}.new`, `${this.ahead < 0 ? '' : '+'}${this.ahead}\n`);
    renameSync(`${this.file}.new`, this.file);
  }
  now() {
    return Date.now() + this.ahead * 1000;
  }
}

/** Starts `loa serve`; gives { address, said, stop, log }. */
async function serve(env) {
  const server = spawn(program, ['serve', '--listen', '127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '', said = '';
  server.stderr.on('data', (bytes) => { log += bytes; });
  const address = await new Promise((found, failed) => {
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const match = /Loa: (http:\/\/\S+)\n/.exec(said);
      if (match) found(match[1]);
    });
    server.on('exit', (code) => failed(new Error(`loa serve ended with ${code}: ${log}`)));
  });
  const stop = async () => {
    server.removeAllListeners('exit');
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  };
  return { address, said: () => said, stop, log: () => log };
}

/**
 * engine: "sqlite" or "postgres". `fill(loa)` makes the authorities, units and people by commands and gives the
 * password of all accounts; loa(words, input) runs one. startsOn: the moment that the clock shows, to be turned with
 * clock.set(). Gives { address, folder, password, loa, serve,
 * clock, now, said, stop, log }.
 */
export async function install(engine, { fill = demonstration, startsOn } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'loa-journey-'));
  const clock = startsOn ? new Clock(folder, startsOn) : undefined;
  const database = engine === 'sqlite' ? `sqlite:${join(folder, 'loa.db')}` : postgresDatabase();
  const env = { ...process.env, LOA_DATABASE: database, LOA_FILES: join(folder, 'files'), LOA_LOG: 'warning', ...clock?.env };
  const loa = (words, input, more = {}) => run(words, { ...env, ...more }, input);
  loa(['migrate']);
  const password = fill(loa);
  const server = await serve(env);
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  /** Another, on what `more` of the environment names. */
  const another = (more) => serve({ ...env, ...more });
  return { ...server, folder, password, loa, serve: another, clock, now: () => (clock ? clock.now() : Date.now()), stop };
}
