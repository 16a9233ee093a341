// Twelve photos recorded in airplane mode are sent once each, in order; one that is older than the plan is questioned.
import assert from 'node:assert/strict';
import { setTimeout as later } from 'node:timers/promises';
import { today } from './steps.mjs';

const kForm = '/ghi-minh-chung';
const kOld = 5; // the photo that is older than the plan, issued on 14/01/2026

/** Exif (TIFF, little-endian) with DateTimeOriginal alone; its offsets count from "II". */
function exif(moment) {
  const little = (number, bytes) => Buffer.from(Array.from({ length: bytes }, (_, i) => (number >> (8 * i)) & 255));
  const entry = (tag, type, count, value) => Buffer.concat([little(tag, 2), little(type, 2), little(count, 4), little(value, 4)]);
  const none = little(0, 4);
  return Buffer.concat([Buffer.from('II*\0'), little(8, 4), little(1, 2), entry(0x8769, 4, 1, 26), none, little(1, 2), entry(0x9003, 2, 20, 44), none, Buffer.from(moment + '\0')]);
}

/** A JPEG as a telephone's camera would write it: a panel with its number, and when it was taken. */
async function photo(page, number, moment) {
  const drawn = await page.evaluate((text) => {
    const canvas = document.createElement('canvas');
    canvas.width = 800;
    canvas.height = 600;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#8fb3c9';
    pen.fillRect(0, 0, 800, 600);
    pen.fillStyle = '#4d6b3a';
    pen.fillRect(0, 440, 800, 160);
    pen.fillStyle = '#a9231b';
    pen.fillRect(120, 120, 560, 260);
    pen.fillRect(180, 380, 24, 160);
    pen.fillRect(596, 380, 24, 160);
    pen.fillStyle = '#ffffff';
    pen.font = 'bold 120px sans-serif';
    pen.fillText(text, 250, 290);
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1];
  }, `Số ${number}`);
  const plain = Buffer.from(drawn, 'base64');
  const head = Buffer.concat([Buffer.from('Exif\0\0'), exif(moment)]);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(head.length + 2);
  return { name: `pano-${number}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0xe1]), size, head, plain.subarray(2)]) };
}

const moment = (day) => `${day.split('/').reverse().join(':')} 08:15:00`;
const states = (page) => page.locator('[data-on-site-list] > li').evaluateAll((cards) => cards.map((card) => card.dataset.state));
const until = (page, state, count) => page.waitForFunction(([wanted, many]) => document.querySelectorAll(`[data-on-site-list] > li[data-state=${wanted}]`).length === many, [state, count], { timeout: 60_000 });
const isKept = (page) => page.evaluate(async () => {
  await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; ++tries) {
    if (await caches.match('/ghi-minh-chung')) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
});
const keptOnPhone = (page) => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat());

async function signIn(person, name) {
  await person.go('/dang-nhap');
  await person.fill('[name=sign_in_name]', name);
  await person.fill('[name=password]', person.installation.password);
  await person.click('main form button:not([type=button])');
}

export const journeys = [
  {
    title: 'twelve photos recorded in airplane mode are sent once each, and one older than the plan is questioned',
    async walk(house) {
      const officer = await house.person('vanhoa', { phone: true });
      await officer.go(kForm);
      assert.ok(await isKept(officer.page), 'the page is kept for later');
      const kept = await keptOnPhone(officer.page);
      assert.ok(kept.every((path) => path === kForm || path.startsWith('/assets/')), `nothing else is: ${kept}`);
      const option = officer.page.locator('#o-line option', { hasText: 'IV.A.1' }).first();
      const line = await option.getAttribute('value');
      const photos = [];
      for (let number = 1; number <= 12; ++number) photos.push(await photo(officer.page, number, moment(number === kOld ? '01/12/2025' : today())));

      // In airplane mode, the page opened anew.
      await officer.flies(true);
      await officer.page.goto(house.installation.address + kForm);
      assert.match(await officer.text(), /Không có mạng vẫn ghi được/);
      for (let number = 1; number <= 12; ++number) {
        await officer.choose('#o-line', line);
        await officer.attach('#o-files', photos[number - 1]);
        await officer.page.waitForFunction((day) => document.querySelector('#o-done_on').value === day, number === kOld ? '01/12/2025' : today());
        assert.equal(await officer.page.locator('#o-explanation').isVisible(), number === kOld, 'asked for at once where the phone knows it');
        await officer.fill('#o-what', `Lắp panô số ${number}`);
        if (number === 1) {
          await officer.push('[data-place]'); // nobody has allowed it
          await officer.page.waitForFunction(() => /Chưa lấy được vị trí/.test(document.querySelector('[data-on-site-said]').textContent));
          await officer.context.grantPermissions(['geolocation']);
          await officer.context.setGeolocation({ latitude: 10.80837, longitude: 105.3375, accuracy: 12 });
          await officer.fill('#o-place', 'Chợ Gò Tre');
          await officer.push('[data-place]');
          await officer.page.waitForFunction(() => /10\.80837, 105\.33750 ±12 m/.test(document.querySelector('#o-place').value));
        }
        if (number === 2) await officer.page.evaluate(() => window.scrollTo(0, 0));
        if (number === 2 && house.examines) await officer.examine('on-site-form');
        await officer.page.locator('[data-on-site] button.btn--lg').dblclick();
        await until(officer.page, 'waiting', number);
      }
      if (house.examines) await officer.examine('on-site-waiting');

      // Closed and opened once more: all are there, in their order.
      await officer.page.close();
      officer.page = await officer.context.newPage();
      await officer.page.goto(house.installation.address + kForm);
      await until(officer.page, 'waiting', 12);
      assert.deepEqual(await officer.page.locator('[data-what]').allInnerTexts(), photos.map((_, at) => `Lắp panô số ${at + 1}`));

      // The network is back, with two tabs open; the answer to the third is lost on its way.
      const second = await officer.context.newPage();
      await second.goto(house.installation.address + kForm);
      await until(second, 'waiting', 12);
      let posts = 0;
      await officer.context.route(/\/minh-chung$/, async (route) => {
        if (++posts !== 3) return route.continue();
        await route.fetch({ maxRedirects: 0 });
        return route.abort('failed');
      });
      await officer.flies(false);
      while (posts < 3) await later(100);
      await officer.page.evaluate(() => window.dispatchEvent(new Event('online')));
      for (const tab of [officer.page, second]) await until(tab, 'sent', 11);
      assert.equal(posts, 13, 'each once, and the third again');
      await second.close();
      assert.deepEqual(await states(officer.page), ['refused', ...Array(11).fill('sent')], 'what asks for a hand stands first');
      const refused = officer.page.locator('[data-state=refused]');
      assert.match(await refused.innerText(), /Ngày làm 01\/12\/2025 trước ngày ban hành kế hoạch 14\/01\/2026/);
      assert.match(await refused.innerText(), /Ảnh “pano-5.jpg” chụp ngày 01\/12\/2025, trước ngày ban hành/);
      await officer.page.locator('#cho-h').scrollIntoViewIfNeeded();
      if (house.examines) await officer.examine('on-site-questioned');

      const office = await house.person('truongvhxh');
      const sent = async () => {
        await office.go(line);
        return (await office.page.locator('[id^=mc-] > .row > b').allInnerTexts()).filter((text) => text.startsWith('Lắp panô số'));
      };
      const inOrder = (numbers) => numbers.map((number) => `Lắp panô số ${number}`);
      // The page shows the latest first.
      assert.deepEqual((await sent()).reverse(), inOrder([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]));

      // Explained, it is taken in.
      await officer.click('[data-state=refused] [data-mend]');
      await officer.fill('#o-explanation', 'Panô lắp trước theo kế hoạch năm 2025, nay tiếp tục sử dụng');
      // But first her session ends between one piece and the next: it waits on.
      let over = true;
      await officer.context.route(/\/minh-chung$/, (route) => over ? route.fulfill({ status: 303, headers: { location: '/dang-nhap?ve=/ghi-minh-chung' } }) : route.fallback());
      await officer.page.locator('[data-on-site] button.btn--lg').click();
      await officer.page.locator('[data-sign-in]').waitFor();
      await until(officer.page, 'waiting', 1);
      over = false;
      await officer.page.evaluate(() => window.dispatchEvent(new Event('online')));
      await until(officer.page, 'sent', 12);
      assert.deepEqual((await sent()).sort(), inOrder([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).sort());
      assert.match(await office.text(), /cần giải trình.*Giải trình: Panô lắp trước theo kế hoạch năm 2025/s);
      if (house.examines) await office.examine('assignment-questioned');
      await officer.click('[data-on-site-list] > li:last-child a');
      assert.match(await officer.text(), /Lắp panô số 12/);

      // Who signs in after her finds nothing of hers, and sends nothing of hers.
      await officer.go(kForm);
      await officer.flies(true);
      await officer.attach('#o-files', photos[0]);
      await officer.fill('#o-what', 'Lắp panô số 13');
      await officer.page.locator('[data-on-site] button.btn--lg').click();
      await until(officer.page, 'waiting', 1);
      await officer.flies(false);
      const cookies = await officer.context.cookies();
      await officer.context.clearCookies();
      await officer.page.reload(); // her session has ended: she is asked to sign in, and what waits stays
      assert.match(officer.page.url(), /\/dang-nhap/);
      await signIn(officer, 'truongvhxh');
      await officer.page.waitForFunction(async () => !(await caches.match('/ghi-minh-chung')));
      await officer.go(kForm);
      await officer.page.locator('[data-of-others]').waitFor();
      assert.match(await officer.text(), /minh chứng chưa gửi của một người khác/);
      assert.ok(!(await officer.text()).includes('Lắp panô số 13'));

      // Signing out asks before something unsent is lost, and leaves nothing.
      await officer.context.clearCookies();
      await officer.context.addCookies(cookies);
      await officer.context.route(/\/minh-chung$/, (route) => route.abort('failed'));
      await officer.go(kForm);
      await until(officer.page, 'waiting', 1);
      assert.ok(await isKept(officer.page));
      await officer.click('.menu summary');
      // The click is over once the question is answered.
      const signOut = async (answer) => {
        const asked = officer.page.waitForEvent('dialog').then(async (dialog) => {
          const question = dialog.message();
          await dialog[answer]();
          return question;
        });
        await Promise.all([asked, officer.page.locator('form[data-sign-out] button').click()]);
        assert.match(await asked, /còn minh chứng chưa gửi/);
      };
      await signOut('dismiss');
      await until(officer.page, 'waiting', 1);
      await signOut('accept');
      await officer.page.waitForURL((url) => url.pathname !== kForm);
      assert.deepEqual(await keptOnPhone(officer.page), []);
      await officer.flies(true);
      await assert.rejects(officer.page.goto(house.installation.address + kForm), /ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
      await officer.flies(false);
      await signIn(officer, 'vanhoa');
      await officer.go(kForm);
      assert.deepEqual(await states(officer.page), []);
    },
  },
];
