// An office brings the spreadsheet that it keeps anyway: Loa says row by row what would be recorded, one row is set right by
// hand, and the numbers stand on the line. The same work on paper and for Word.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { today } from './steps.mjs';

export const journeys = [
  {
    title: 'progress by spreadsheet',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      await clerk.go('/viec-don-vi');
      if (house.examines) await clerk.examine('unit-work-buttons');
      const lines = await clerk.page.locator('main .tasks li').evaluateAll((all) => all.map((one) => ({ href: one.querySelector('a').getAttribute('href'), text: one.querySelector('a').textContent.trim(), counts: /đạt/i.test(one.querySelector('p').textContent) })));
      const sure = lines.find((line) => line.counts);
      const chosen = lines.find((line) => !line.counts);
      assert.ok(sure && chosen, JSON.stringify(lines));
      const sheet = join(tmpdir(), `ket-qua-${process.pid}.csv`);
      const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
      await writeFile(sheet, [
        'KẾT QUẢ TUYÊN TRUYỀN;;;;', 'Nội dung công việc;Cơ quan thực hiện;Kết quả;Ngày thực hiện;Ghi chú',
        `${quoted(sure.text)};;1;${today()};Đã phát bài trên loa ấp`,
        `Việc ghi tắt trong sổ;;;${today()};Đã họp một buổi`,
        `${quoted(sure.text)};;nhiều;${today()};Số ghi bằng chữ`,
      ].join('\n'));
      await clerk.click('main a[href="/viec-don-vi/tien-do"]');
      if (house.examines) await clerk.examine('progress-form');
      await clerk.attach('input[type=file]', sheet);
      await clerk.click('main .drop button');
      await clerk.page.waitForURL(/\/tien-do\/\d+$/);
      assert.match(await clerk.text(), /Chưa ghi gì/);
      assert.match(await clerk.text(), /Ô C5: “nhiều” không phải là một số đếm được/);
      assert.equal(await clerk.page.locator('form[action$="/ghi"]').count(), 0, 'nothing is taken over while a row is unclear');
      if (house.examines) await clerk.examine('progress-dry-run');
      const wanted = /viec\/(\d+)/.exec(chosen.href)[1];
      const values = await clerk.page.locator('#dong-4 option').evaluateAll((all) => all.map((one) => one.value));
      await clerk.choose('#dong-4', values.find((one) => one.startsWith(wanted)));
      // Of a line with several targets the one that the number counts towards is chosen too.
      for (const select of await clerk.page.locator('form[action$="/dong"] select').all()) {
        const own = await select.locator('option').evaluateAll((all) => all.map((one) => one.value));
        if ((await select.inputValue()) === '') await select.selectOption(own.find((one) => one !== '' && one !== 'bo'));
      }
      await clerk.click('form[action$="/dong"] button');
      await clerk.click('form[action$="/ghi"] button');
      assert.match(await clerk.text(), /Đã ghi lúc/);
      if (house.examines) await clerk.examine('progress-recorded');
      for (const [line, words] of [[sure, 'Đã phát bài trên loa ấp'], [chosen, 'Đã họp một buổi']]) {
        await clerk.go(line.href);
        assert.match(await clerk.text(), new RegExp(words));
        assert.match(await clerk.text(), /Bảng tính ket-qua-/);
      }
      await clerk.go('/viec-don-vi/in');
      assert.match(await clerk.text(), /CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/);
      if (house.examines) await clerk.examine('unit-paper');
      const printed = await clerk.print('unit-paper-printed');
      assert.match(printed, /Nội dung công việc/);
      assert.doesNotMatch(printed, /Tải bản Word/);
    },
  },
];
