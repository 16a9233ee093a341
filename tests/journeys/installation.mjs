// A Loa of its own for one journey: an empty database with the demonstration data, served on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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

function postgresDatabase() {
  const server = process.env.LOA_TEST_POSTGRES;
  const name = `loa_journey_${process.pid}_${++databases}`;
  const psql = spawnSync('psql', [server, '-qc', `create database ${name} template template0 encoding 'UTF8' locale 'C'`], { encoding: 'utf8' });
  if (psql.status !== 0) throw new Error(`create database: ${psql.stderr}`);
  return withName(server, name);
}

/**
 * engine: "sqlite" or "postgres". `fill(loa)` makes the authorities, units and people by commands and gives the
 * password of all accounts; loa(words, input) runs one. Gives { address, password, stop, log }.
 */
export async function install(engine, fill = demonstration) {
  const folder = mkdtempSync(join(tmpdir(), 'loa-journey-'));
  const database = engine === 'sqlite' ? `sqlite:${join(folder, 'loa.db')}` : postgresDatabase();
  const env = { ...process.env, LOA_DATABASE: database, LOA_FILES: join(folder, 'files'), LOA_LOG: 'warning' };
  run(['migrate'], env);
  const password = fill((words, input) => run(words, env, input));
  const server = spawn(program, ['serve', '--listen', '127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  server.stderr.on('data', (bytes) => { log += bytes; });
  const address = await new Promise((found, failed) => {
    let said = '';
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const match = /Loa: (http:\/\/\S+)/.exec(said);
      if (match) found(match[1]);
    });
    server.on('exit', (code) => failed(new Error(`loa serve ended with ${code}: ${log}`)));
  });
  const stop = async () => {
    server.removeAllListeners('exit');
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, password, stop, log: () => log };
}
