// Two wards merge on a day in the middle of a plan: what they still have to do goes on with the new ward, what they did keeps
// their names, the year adds up either way, and everybody signs in as before.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { communes, communeAccount, fillCity } from './city.mjs';
import { turnOn } from './second_factor.mjs';
import { issue, says, submit } from './steps.mjs';

const kCity = 'thành phố Hồng Ngự';
const kMerged = communes.slice(0, 2).map((name) => `UBND ${name}`);
const kNewWard = 'UBND phường Hồng Lộc';
const kSplit = 'UBND xã Tân Hội', kNeighbour = 'UBND xã Bình Thạnh';
const kBasis = 'Nghị quyết số 12/NQ-HĐND';
const kActivity = 'Niêm yết, cập nhật thủ tục hành chính tại khóm, ấp';
const kPaper = `ỦY BAN NHÂN DÂN
THÀNH PHỐ HỒNG NGỰ

Số: /KH-UBND

Hồng Ngự, ngày 01 tháng 4 năm 2026

## KẾ HOẠCH
### Tuyên truyền cải cách hành chính năm 2026

### I. HOẠT ĐỘNG

#### 1. ${kActivity}

- Cơ quan chủ trì: Ủy ban nhân dân các xã, phường.
- Thời gian: Hằng tháng.

#### 2. Tổ chức cuộc thi tìm hiểu về cải cách hành chính

- Cơ quan chủ trì: Phòng Nội vụ.
- Cơ quan phối hợp: Ủy ban nhân dân các xã, phường.
- Thời gian: Trước ngày 30/9/2026.
`;

function fill(loa) {
  const password = fillCity(loa);
  loa(['user', 'add', 'quantri', '--full-name', 'Quản trị Thành phố', '--unit', `Ủy ban nhân dân ${kCity}`, '--role', 'administrator', '--authority', kCity], `${password}\n`);
  return password;
}

/** The plan of the city in force since 1 April; gives its id. */
async function inForce(house) {
  const paper = join(mkdtempSync(join(tmpdir(), 'loa-')), 'ke-hoach-thanh-pho.md');
  writeFileSync(paper, kPaper);
  const plan = house.installation.loa(['plan', 'import', paper, '--authority', kCity, '--unit', 'Phòng Nội vụ', '--accept-all']).trim();
  const clerk = await house.person('noivu');
  await clerk.go(`/ke-hoach/${plan}/ra-soat`);
  await submit(clerk);
  const leader = await house.person('lanhdao');
  await leader.go(`/ke-hoach/${plan}`);
  await leader.click('form[action$="/duyet"] button');
  await issue(clerk, plan, '15', '01/04/2026');
  return plan;
}

/** The ward tells what it did in April, and says that April is done; gives the line's address. */
async function reportsApril(person) {
  await person.go('/viec-don-vi');
  await person.click(`main a:has-text("${kActivity.slice(0, 30)}")`);
  const line = new URL(person.page.url()).pathname;
  await person.go(`${line}?ghi=1`);
  await person.fill('#them textarea[name=what]', 'Niêm yết tại nhà văn hóa Khóm 1');
  await person.fill('#them input[name=done_on]', '20/04/2026');
  await person.click('#them form p > button');
  await person.click('.pagehead button[form^=bao-]');
  assert.match(await person.text(), /Chờ xác nhận/);
  return line;
}

/** Two wards end on 1 June, into one that begins with the day; a third is shared out between that one and a neighbour. */
async function prepare(house) {
  const administrator = await house.person('quantri');
  await turnOn(administrator);
  await administrator.go('/don-vi/thay-doi');
  await administrator.fill('#name', 'Sắp xếp phường năm 2026');
  await administrator.fill('#basis', kBasis);
  await administrator.fill('#day', '01/06/2026');
  await administrator.click('form[action="/don-vi/thay-doi"] button');
  const begins = 'form[aria-labelledby=lap]', ends = 'form[aria-labelledby=ket-thuc]';
  await administrator.click('#lap');
  await administrator.fill(`${begins} [name=name]`, kNewWard);
  await administrator.choose(`${begins} [name=unit_kind]`, 'commune');
  await administrator.click(`${begins} button`);
  const end = async (ward, closing, successors) => {
    if (!(await administrator.page.locator(ends).isVisible())) await administrator.click('#ket-thuc');
    await administrator.chooseNamed(`${ends} [name=unit]`, ward);
    await administrator.choose(`${ends} [name=closing]`, closing);
    await administrator.fill(`${ends} [name=successors]`, successors.join('\n'));
    await administrator.click(`${ends} button`);
  };
  await end(kMerged[0], 'merged', [kNewWard, kNeighbour]);
  assert.match(await administrator.text('[role=alert]'), /đúng một đơn vị kế tục/, 'what merges has one successor');
  for (const ward of kMerged) await end(ward, 'merged', [kNewWard]);
  await end(kSplit, 'split', [kNeighbour]);
  assert.match(await administrator.text('[role=alert]'), /ít nhất hai đơn vị kế tục/);
  await end(kSplit, 'split', [kNewWard, kNeighbour]);
  assert.match(await administrator.text('[aria-labelledby=keo-theo]'), /việc đang mở của 1 kế hoạch/);
  await administrator.click('button[name=decision][value=confirm]');
  assert.match(await administrator.text('.pagehead'), /Chờ đến ngày/);
}

/** Due, on time, late, open of each row at the foot of the year's table. */
async function totals(person) {
  const rows = await person.page.locator('tfoot tr').allInnerTexts();
  return rows.map((row) => row.match(/\d+/g).slice(0, 4).map(Number));
}

export const journeys = [
  {
    title: 'two wards merge in the middle of a plan: their work goes on, their names stay, both totals agree',
    byKeyboard: true,
    startsOn: '2026-04-01T08:00:00+07:00',
    fill,
    async walk(house) {
      const { clock } = house.installation;
      const plan = await inForce(house);
      clock.set('2026-04-29T08:00:00+07:00');
      const line = await reportsApril(await house.person(communeAccount(0)));
      await prepare(house);

      // Whoever puts the plan's work together is asked, and answers for both at once.
      const clerk = await house.person('noivu');
      await clerk.go('/tong-quan');
      assert.match(await clerk.text('#cho + *, [aria-labelledby=cho]'), /Chuyển giao việc của UBND phường An Lộc/);
      await clerk.go(`/ke-hoach/${plan}`);
      await clerk.click('main .note a[href$="/chuyen-giao"]');
      assert.match(await clerk.text(), /Chưa xác nhận/);
      if (house.examines) await clerk.examine('passings');
      await clerk.click(`main a:has-text("${kMerged[0]}")`);
      assert.match(await clerk.text(), /cũng chuyển|Còn hạn/);
      if (house.examines) await clerk.examine('passing');
      await clerk.go(`/ke-hoach/${plan}/chuyen-giao`);
      await clerk.click('#giao button');
      assert.equal(((await clerk.text()).match(/Đã xác nhận, chờ đến ngày/g) ?? []).length, 2);
      await clerk.click(`main a:has-text("${kMerged[1]}")`);
      if (house.examines) await clerk.examine('passing-confirmed');
      // What is split is shared out line by line.
      await clerk.go(`/ke-hoach/${plan}/chuyen-giao`);
      await clerk.click(`main a:has-text("${kSplit}")`);
      await clerk.chooseNamed('#successor', kNeighbour);
      for (const heir of [kNewWard, kNeighbour]) await clerk.click(`fieldset:has-text("${kActivity}") label:has-text("${heir}") input`);
      if (house.examines) await clerk.examine('passing-split');
      await clerk.click('#giao > p button');
      assert.match(await clerk.text('.pagehead'), /Đã xác nhận, chờ đến ngày/);
      assert.equal(await clerk.page.locator('#giao input:checked').count(), 2, 'what was chosen is kept');
      assert.equal(await (await house.person(communeAccount(2))).go(`/ke-hoach/${plan}/chuyen-giao`), 403, 'another ward has no say');

      clock.set('2026-05-31T22:00:00+07:00');
      const first = await house.person(communeAccount(0));
      await first.go('/viec-don-vi');
      assert.match(await first.text(), new RegExp(kMerged[0]));
      clock.set('2026-06-01T00:05:30+07:00');
      const work = await says(first, '/viec-don-vi', new RegExp(kNewWard));
      assert.match(work, /Quá hạn|còn|\d\d\/0[456]\/2026/, `who was signed in goes on, and sees what is due: ${work}`);
      if (house.examines) await first.examine('unit-work-after-merger');

      // The other ward's people sign in as before, and find the same lines, once.
      clock.set('2026-06-01T08:00:00+07:00');
      const second = await house.person(communeAccount(1));
      await says(second, '/thong-bao', /đã chuyển cho đơn vị của bạn/);
      await second.go('/viec-don-vi');
      assert.equal(await second.page.locator(`main a:has-text("${kActivity.slice(0, 30)}")`).count(), 1);
      await second.click(`main a:has-text("${kActivity.slice(0, 30)}")`);
      const taken = await second.text();
      assert.match(taken, /Việc này tiếp nhận từ đơn vị cũ/);
      assert.match(taken, /Niêm yết tại nhà văn hóa Khóm 1/, 'what the first ward did is not lost');
      assert.match(await second.text('#mc ~ *, [aria-labelledby=mc]'), new RegExp(kMerged[0]), 'and keeps its name');
      if (house.examines) await second.examine('line-taken-over');
      await second.go(line);
      assert.match(await second.text(), new RegExp(`Việc này đã chuyển cho ${kNewWard}`), 'an old address leads on');

      const neighbour = await house.person(communeAccount(5));
      await neighbour.go('/viec-don-vi');
      await neighbour.click(`main a:has-text("${kActivity.slice(0, 30)}")`);
      assert.match(await neighbour.text(), new RegExp(`Tháng 4/2026, ${kSplit}`), 'what the third one missed is with whoever takes its work');

      // June is the new ward's: it reports, and the office that knew the two confirms.
      clock.set('2026-06-28T08:00:00+07:00');
      const officer = await house.person(communeAccount(1));
      await officer.go('/theo-doi/viec?pham-vi=tat-ca&tu=01/06/2026&den=30/06/2026');
      assert.match(await officer.text('#ds'), new RegExp(kNewWard));
      assert.doesNotMatch(await officer.text('#ds'), new RegExp(kMerged[0]), 'nothing is asked of a ward that is no more');

      clock.set('2026-07-01T08:00:00+07:00');
      const leader = await house.person('lanhdao');
      await leader.go('/theo-doi/don-vi?nam=2026');
      const today = await totals(leader);
      assert.match(await leader.text('tbody'), new RegExp(kNewWard));
      assert.doesNotMatch(await leader.text('tbody'), new RegExp(kMerged[0]));
      assert.deepEqual(today[0], today[1], 'by today\'s units and by former ones it is the same sum');
      if (house.examines) await leader.examine('units-of-today');
      await leader.click('main nav a:has-text("Theo đơn vị cũ")');
      const then = await leader.text('tbody');
      for (const ward of kMerged) assert.match(then, new RegExp(ward), 'the first months are the former wards\'');
      assert.match(then, new RegExp(kNewWard));
      assert.deepEqual(await totals(leader), today);
      if (house.examines) await leader.examine('units-of-then');
      await leader.click(`tbody a:has-text("${kMerged[1]}")`);
      assert.match(await leader.text('#ds'), /30\/04\/2026/, 'a figure leads to what it is made of');
      if (house.examines) await leader.examine('lines-of-former-unit');
    },
  },
];
