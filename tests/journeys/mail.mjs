// A real mail server on this machine, and what came to it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const support = (file) => fileURLToPath(new URL(`../../kernel/jobs/tests/support/${file}`, import.meta.url));
/** opensmtpd changes to users of its own, and writes as them. */
const asRoot = (...words) => (process.getuid() === 0 ? words : ['sudo', '-n', ...words]);
const output = (words) => spawnSync(words[0], words.slice(1), { encoding: 'utf8' }).stdout;

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await new Promise((ended) => server.close(ended));
  return port;
}

function answers(port) {
  return new Promise((told) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => { socket.destroy(); told(true); });
    socket.on('error', () => told(false));
  });
}

async function until(done, what) {
  for (let tries = 0; tries < 600; ++tries) {
    const found = await done();
    if (found) return found;
    await later(100);
  }
  throw new Error(`waited in vain for ${what}`);
}

/** What the mail's reader sees, without our style sheets or scripts: clean, at both widths, in light and dark. */
export async function lookAt(house, title, mail) {
  assert.equal(mail.defects, '');
  const reader = await house.person('');
  await reader.page.setContent(mail.html);
  await reader.examine(title);
}

/** { port, one(isIt, what), mails(count), stop }; a mail is { to_address, subject, text, html, … } as kernel/jobs/tests/support/read_mail.py says. */
export async function startMailServer() {
  const folder = mkdtempSync(join(tmpdir(), 'loa-post-'));
  const port = await freePort();
  const [program, ...words] = asRoot('sh', support('opensmtpd.sh'), folder, String(port));
  let said = '';
  const server = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes) => { said += bytes; });
  const box = join(folder, 'mail', 'new');
  const read = (file) => Object.fromEntries(
    output(asRoot('python3', support('read_mail.py'), file)).split('\x1e').filter(Boolean).map((part) => part.split('\x1f')));
  const files = () => (existsSync(box) || process.getuid() !== 0 ? output(asRoot('find', box, '-type', 'f')).split('\n').filter(Boolean) : []);
  const stop = () => {
    output(asRoot('kill', '--', `-${server.pid}`));
    output(asRoot('rm', '-rf', folder));
  };
  try {
    await until(() => answers(port), `opensmtpd: ${said}`);
  } catch (error) {
    stop();
    throw new Error(`${error.message}\n${said}`);
  }
  return {
    port,
    stop,
    /** The first that comes of which that is true; others may come before it. */
    one(isIt, what) {
      return until(() => files().map(read).find(isIt), what);
    },
    async mails(count) {
      const found = await until(() => (files().length >= count ? files() : null), `${count} mails`);
      return found.map(read);
    },
  };
}
