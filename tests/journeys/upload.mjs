// A film of a meeting that goes ahead of its form while the line breaks (kernel/media/include/loa/media/ahead.h).
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kMegabyte = 1 << 20;
const kChunks = /\/-\/tai-len\/\d+$/;
/** What the browser says of a line that the journey itself cut. */
const kCut = /ERR_INTERNET_DISCONNECTED/;

/** As much as any reader looks for at its begin to take it for a film; the rest does not repeat itself. */
function film(folder) {
  const head = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42'), Buffer.alloc(4), Buffer.from('mp42isom')]);
  const bytes = Buffer.concat([head, randomBytes(12 * kMegabyte - head.length)]);
  const path = join(folder, 'hoi-nghi-tuyen-truyen.mp4');
  writeFileSync(path, bytes);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const panel = 'main [data-busy]';
const said = (person) => person.text(`${panel} [role=status]`);

async function fillEvidence(person, path) {
  await person.go('/viec-don-vi');
  await person.click('main a:has-text("IV.A.1")');
  if (!(await person.page.locator('#them').getAttribute('open'))) await person.click('#them > summary');
  await person.fill('#them textarea[name=what]', 'Phim hội nghị tuyên truyền');
  await person.fill('#them input[name=done_on]', '26/03/2026');
  await person.attach('#them input[type=file][name=files]', path);
  await person.push('#them form button:has-text("Gửi minh chứng")');
}

export const journeys = [
  {
    title: 'a large file survives a broken line and a closed page, and goes on where it was',
    startsOn: '2026-03-27T08:00:00+07:00',
    async walk(house) {
      const officer = await house.person('vanhoa');
      officer.page.on('dialog', (dialog) => dialog.accept()); // "leave this page?"
      const { path, sha256 } = film(house.installation.folder);
      const offsets = [];
      let cutAfter = 1;
      await officer.context.route(kChunks, async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        if (offsets.length >= cutAfter) return route.abort('internetdisconnected');
        offsets.push(Number(await route.request().headerValue('upload-offset')));
        return route.continue();
      });
      await fillEvidence(officer, path);
      await officer.page.waitForFunction(([at]) => document.querySelector(`${at} [role=status]`)?.textContent === document.querySelector(`${at} [role=status]`)?.dataset.waiting, [panel]);
      assert.deepEqual(offsets, [0], 'one piece came over, then the line broke');
      if (house.examines) await officer.examine('upload-waits');

      await officer.page.reload();
      cutAfter = 2;
      await fillEvidence(officer, path);
      await officer.page.waitForFunction(([at]) => document.querySelector(`${at} [role=status]`)?.textContent === document.querySelector(`${at} [role=status]`)?.dataset.waiting, [panel]);
      assert.equal(offsets[1], 4 * kMegabyte, 'on from where it was, not from the beginning');
      // Paused, nothing more is sent, though the line is back.
      await officer.push(`${panel} button`);
      assert.match(await said(officer), /[Tt]ạm dừng/);
      if (house.examines) await officer.examine('upload-paused');
      cutAfter = 100;
      await officer.page.waitForTimeout(4000); // longer than it waits before it tries again
      assert.equal(offsets.length, 2);
      await officer.push(`${panel} button`);
      await officer.page.waitForSelector('main [id^=mc-]:has-text("Phim hội nghị tuyên truyền")');
      assert.deepEqual(offsets, [0, 4 * kMegabyte, 8 * kMegabyte], 'each piece once');

      const file = await officer.page.locator('main [id^=mc-]:has-text("Phim hội nghị") a[href^="/tep/"]').first().getAttribute('href');
      const answer = await officer.context.request.get(house.installation.address + file);
      assert.equal(answer.status(), 200);
      assert.equal(createHash('sha256').update(await answer.body()).digest('hex'), sha256, 'whole, byte for byte');
      assert.equal(await officer.page.locator('main [id^=mc-]:has-text("Phim hội nghị tuyên truyền")').count(), 1, 'and the evidence stands there once');
      officer.faults = officer.faults.filter((fault) => !kCut.test(fault));
    },
  },
];
