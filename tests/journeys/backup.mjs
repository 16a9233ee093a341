// A backup while people click, downloaded, restored on the other engine: every count and every file equal, the timeline whole.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDatabase } from './installation.mjs';
import { turnOn } from './second_factor.mjs';
import { importByCommand, kPlanInWord, kPlanOfClerk } from './steps.mjs';

const kHeadings = /^\S+ +\d+ +\d+ +(\S.*)$/;

/** Somebody who reads, searches and looks again until the others are done; gives how many pages she got. */
async function clicks(person, account, paths, busy) {
  let pages = 0;
  for (; busy(); ++pages) assert.equal(await person.go(paths[pages % paths.length]), 200, `${account} at ${paths[pages % paths.length]}`);
  return pages;
}

/** Every table and the files: as many here as there, and the same. */
function assertEqual(report) {
  const rows = report.split('\n').filter((line) => kHeadings.test(line));
  assert.ok(rows.length > 30, report);
  for (const row of rows) {
    const [, inBackup, restored, verdict] = row.split(/ {2,}/).flatMap((part) => part.trim().split(/(?<=\d) +(?=\d)/));
    if (verdict === 'left out') continue; // sessions, leases: of the machine that was
    assert.equal(verdict, 'equal', row);
    assert.equal(inBackup, restored, row);
  }
  assert.match(report, /timeline of .*: \d+ lines in \d+ blocks, \d+ not sealed yet, whole/);
}

export const journeys = [
  {
    title: 'backed up while people click and restored on the other engine, by keyboard and in the dark',
    byKeyboard: true,
    skip: process.env.LOA_TEST_POSTGRES ? '' : 'LOA_TEST_POSTGRES names no server',
    async walk(house) {
      const { folder, loa, serve } = house.installation;
      for (const paper of [kPlanOfClerk, kPlanInWord]) importByCommand(loa, paper);
      const plan = importByCommand(loa, kPlanInWord);
      const administrator = await house.person('quantri');
      await turnOn(administrator);
      await administrator.go('/quan-tri/sao-luu');
      if (house.examines) await administrator.examine('backups-none');
      let busy = true;
      const signedIn = [];
      for (const account of ['vanhoa', 'lanhdao', 'binhhoa1']) signedIn.push([account, await house.person(account)]); // before it begins: it is quick
      const people = signedIn.map(([account, person]) =>
        clicks(person, account, ['/tong-quan', '/ke-hoach', '/viec-don-vi', '/tim-kiem?q=tuyen+truyen', '/thong-bao'], () => busy));
      await administrator.click('form[action$="/ngay"] button');
      const row = administrator.page.locator('[aria-labelledby=da-lam] tbody tr').first();
      try {
        await administrator.page.waitForSelector('[aria-labelledby=da-lam] tbody .tag--ok', { timeout: 60_000 });
      } catch {
        throw new Error(`no whole backup: ${await administrator.text('[aria-labelledby=da-lam]')}`);
      } finally {
        busy = false;
      }
      for (const pages of await Promise.all(people)) assert.ok(pages > 0);
      const name = (await row.locator('td').nth(2).innerText()).trim().split('\n')[0];
      const file = join(folder, 'backups', name);
      if (house.examines) await administrator.examine('backups');
      const taken = await administrator.download('[aria-labelledby=da-lam] tbody form[action$="/tep"] button');
      assert.equal(taken.name, name);
      assert.deepEqual(taken.bytes, readFileSync(file));
      await administrator.go('/nhat-ky');
      assert.match(await administrator.text(), /Đã tải về một bản sao lưu/);

      const other = house.engine === 'sqlite' ? postgresDatabase() : `sqlite:${join(folder, 'other.db')}`;
      const there = { LOA_DATABASE: other, LOA_FILES: join(folder, 'other-files') };
      assertEqual(loa(['restore', file], '', there));
      assert.match(loa(['doctor'], '', there), /schema current/);
      const restored = await serve(there);
      try {
        const bytes = async (where) => {
          const clerk = await house.person('vanhoa', { at: where });
          await clerk.go(`/ke-hoach/${plan}`);
          const words = await clerk.text();
          const path = await clerk.page.locator('main a[href^="/tep/"]').first().getAttribute('href');
          const answer = await clerk.page.request.get(where.address + path);
          return { words, file: (await answer.body()).toString('base64') };
        };
        assert.deepEqual(await bytes(restored), await bytes(house.installation));
      } finally {
        await restored.stop();
      }
    },
  },
];
