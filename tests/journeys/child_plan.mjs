// A ward makes its own plan of what the city gives it, adds to it, has it signed; the city sees who has and who has not,
// and each thing that was done once (source plan, V.1).
import assert from 'node:assert/strict';
import { communes, fillCity } from './city.mjs';
import { importFile, issue, review, says, submit, today } from './steps.mjs';

const year = new Date().getFullYear();
const kTitle = `Tuyên truyền cải cách hành chính năm ${year}`;
const kPaper = `ỦY BAN NHÂN DÂN
THÀNH PHỐ HỒNG NGỰ

Số: /KH-UBND

Hồng Ngự, ngày tháng năm ${year}

## KẾ HOẠCH
### ${kTitle}

### I. HOẠT ĐỘNG

#### 1. Niêm yết, cập nhật thủ tục hành chính tại khóm, ấp

- Cơ quan chủ trì: Ủy ban nhân dân các xã, phường.
- Thời gian: Trước ngày 31/12/${year}.

#### 2. Tổ chức cuộc thi tìm hiểu về cải cách hành chính

- Cơ quan chủ trì: Phòng Nội vụ.
- Cơ quan phối hợp: Ủy ban nhân dân các xã, phường.
- Thời gian: Quý IV năm ${year}.
`;
const kAmended = 'Phát tờ gấp hướng dẫn nộp hồ sơ trực tuyến';
const kOffice = 'Văn phòng HĐND&UBND';

const officerOf = (index) => `canbo${index + 1}`;
const leaderOf = (index) => `chutich${index + 1}`;

/** The city of the source plan, and each of its wards with a tree, an officer, a chairman and a hamlet of its own. */
function fillWards(loa) {
  const password = fillCity(loa, { represented: communes.length });
  const from = ['--from', '01/01/2020'];
  communes.forEach((name, index) => {
    const here = ['--authority', name];
    loa(['unit', 'add', kOffice, '--kind', 'office', ...from, ...here]);
    loa(['unit', 'add', 'Khóm 1', '--kind', 'hamlet', ...from, ...here]);
    loa(['user', 'add', officerOf(index), '--full-name', `Cán bộ ${name}`, '--unit', kOffice, '--role', 'clerk', ...here], `${password}\n`);
    loa(['user', 'add', leaderOf(index), '--full-name', `Chủ tịch ${name}`, '--unit', `Ủy ban nhân dân ${name}`, '--role', 'leader', ...here], `${password}\n`);
    loa(['user', 'join', officerOf(index), '--unit', `UBND ${name}`, '--role', 'clerk', '--authority', 'thành phố Hồng Ngự']);
  });
  return password;
}

async function actFor(person, name) {
  await person.go('/-/co-quan');
  const button = person.page.locator('main form', { hasText: name }).getByRole('button').first();
  await button.click();
  await person.page.waitForLoadState('load');
}

/** From her duties to the ward's draft; gives the officer, at work for her ward, and the plan. */
async function makes(house, index) {
  const officer = await house.person(officerOf(index));
  await actFor(officer, 'thành phố Hồng Ngự');
  await officer.go('/viec-don-vi');
  if (index === 0 && house.examines) await officer.examine('child-button');
  await officer.click('main form[action$="/cap-duoi"] button');
  const plan = /\/ke-hoach\/(\d+)/.exec(officer.page.url())[1];
  return { officer, plan };
}

/** Each activity gets an office of the ward; then the words are agreed to, signed and issued. */
async function finishes(house, officer, plan, index, number) {
  await officer.go(`/ke-hoach/${plan}/bo-sung`);
  for (let at = 0; at < (await officer.page.locator('main details.extract').count()); ++at) {
    const item = officer.page.locator('main details.extract').nth(at);
    if ((await item.getAttribute('open')) === null) await item.locator('> summary').click();
    const leads = item.locator('fieldset[id$="-leads"]');
    if (!(await leads.count())) continue;
    await leads.locator('details > summary').click();
    await leads.getByLabel(kOffice, { exact: true }).check();
    await item.locator('form p > button').first().click();
    await officer.page.waitForLoadState('load');
    await officer.go(`/ke-hoach/${plan}/bo-sung`);
  }
  await officer.go(`/ke-hoach/${plan}/ra-soat`);
  await review(officer);
  await submit(officer);
  const leader = await house.person(leaderOf(index));
  await leader.go(`/ke-hoach/${plan}`);
  await leader.click('form[action$="/duyet"] button');
  assert.match(await leader.text(), /chờ ban hành/);
  await leader.close();
  await issue(officer, plan, number);
}

async function issuedAbove(house) {
  const clerk = await house.person('noivu');
  const plan = await importFile(clerk, { name: 'ke-hoach-thanh-pho.md', mimeType: 'text/markdown', buffer: Buffer.from(kPaper) });
  await review(clerk);
  await submit(clerk);
  const leader = await house.person('lanhdao');
  await leader.go(`/ke-hoach/${plan}`);
  await leader.click('form[action$="/duyet"] button');
  await issue(clerk, plan, '15');
  return { clerk, leader, plan };
}

/** One piece of evidence on a line of the unit, from its list of work. */
async function records(person, words) {
  await person.go('/viec-don-vi');
  await person.click(`main a:has-text("${words}")`);
  const line = new URL(person.page.url()).pathname;
  await person.go(`${line}?ghi=1`);
  await person.fill('#them textarea[name=what]', 'Niêm yết tại nhà văn hóa Khóm 1');
  await person.fill('#them input[name=done_on]', today());
  await person.click('#them form p > button');
  return line;
}

const walks = [
  {
    title: 'child plans: a ward makes its plan of its duties, and the city sees 7 of 7',
    async walk(house) {
      const { clerk, plan } = await issuedAbove(house);
      await clerk.go(`/ke-hoach/${plan}`);
      assert.match(await clerk.text(), /0\/7 đơn vị cấp dưới đã ban hành/);
      const { officer, plan: child } = await makes(house, 0);
      assert.match(await officer.text(), /Thực hiện kế hoạch số 15\/KH-UBND ngày .* của Ủy ban nhân dân thành phố Hồng Ngự/);
      if (house.examines) await officer.examine('child-draft');
      // Pressed twice it is one.
      await actFor(officer, 'thành phố Hồng Ngự');
      await officer.go('/viec-don-vi');
      await officer.click('main form[action$="/cap-duoi"] button');
      assert.match(officer.page.url(), new RegExp(`/ke-hoach/${child}$`));
      await says(clerk, `/ke-hoach/${plan}/cap-duoi`, /UBND phường An Lộc Đang soạn thảo/);

      // Her ward's own event, at a hamlet.
      await officer.go(`/ke-hoach/${child}/ra-soat`);
      assert.match(await officer.text(), /Kế hoạch số 15\/KH-UBND ngày/);
      const adding = officer.page.locator('#hoat-dong details.extract--add');
      await adding.locator('> summary').click();
      await adding.locator('textarea[name=title], input[name=title]').first().fill('Tuyên truyền tại buổi sinh hoạt Khóm 1');
      await adding.locator('textarea[name=leads]').fill('Khóm 1');
      await adding.locator('input[name=deadline]').fill(`trước ngày 31/12/${year}`);
      await adding.locator('form p > button').click();
      await officer.page.waitForLoadState('load');
      await finishes(house, officer, child, 0, '21');

      await says(clerk, `/ke-hoach/${plan}/cap-duoi`, /UBND phường An Lộc Đã ban hành 21\/KH-UBND/);
      const seen = await clerk.text();
      assert.match(seen, /1\/7 đơn vị cấp dưới/);
      assert.match(seen, /Chưa ban hành: UBND phường An Thạnh; .*UBND xã Tân Hội/);
      assert.ok(!seen.includes('sinh hoạt Khóm 1'), 'what is the ward\'s alone stays there');
      if (house.examines) await clerk.examine('children');

      // What is done is recorded below and counted above, once.
      const line = await records(officer, 'Niêm yết, cập nhật');
      await officer.click(`form[action^="${line}/minh-chung/"][action$="/xac-nhan"] button`);
      await says(clerk, `/ke-hoach/${plan}/cap-duoi`, /Niêm yết, cập nhật .* Minh chứng đã xác nhận: 1/);
      await clerk.go(`/ke-hoach/${plan}${line.slice(line.indexOf('/viec'))}`); // an id of the ward's is none of the city's
      assert.ok(!(await clerk.text('body')).includes('nhà văn hóa Khóm 1'));
      await actFor(officer, 'thành phố Hồng Ngự');
      await officer.go('/viec-don-vi');
      await officer.click('main a:has-text("Niêm yết, cập nhật")');
      const above = await officer.text();
      assert.match(above, /Thực hiện theo kế hoạch của đơn vị Kế hoạch số 21\/KH-UBND/);
      assert.equal(await officer.page.locator('#them').count(), 0, 'evidence is recorded in the ward\'s plan');
      if (house.examines) await officer.examine('child-line');

      for (let index = 1; index < communes.length; ++index) {
        const { officer: other, plan: own } = await makes(house, index);
        await finishes(house, other, own, index, '21');
        await other.close();
      }
      const whole = await says(clerk, `/ke-hoach/${plan}/cap-duoi`, /7\/7 đơn vị cấp dưới đã ban hành/);
      assert.ok(!whole.includes('Chưa ban hành:'), whole);
    },
  },
  {
    title: 'child plans: an amendment of the city reaches the ward, and nobody else sees anything',
    async walk(house) {
      const { clerk, leader, plan } = await issuedAbove(house);
      const { officer, plan: child } = await makes(house, 0);
      await clerk.go(`/ke-hoach/${plan}`);
      await clerk.click('summary:has-text("Lập bản điều chỉnh")');
      await clerk.click('form[action$="/dieu-chinh"] button');
      const adding = clerk.page.locator('#hoat-dong details.extract--add');
      await adding.locator('> summary').click();
      await adding.locator('textarea[name=title], input[name=title]').first().fill(kAmended);
      await adding.locator('textarea[name=leads]').fill('UBND phường An Lộc');
      await adding.locator('form p > button').click();
      await clerk.page.waitForLoadState('load');
      await clerk.click('#van-ban form button');
      await submit(clerk);
      await leader.go(`/ke-hoach/${plan}`);
      await leader.click('form[action$="/duyet"] button');
      await issue(clerk, plan, '27');
      await officer.go(`/ke-hoach/${child}`);
      assert.match(await officer.text(), /Cấp trên đã điều chỉnh kế hoạch/);
      await officer.click('main a[href$="/cap-tren"]');
      assert.match(await officer.text(), new RegExp(`Việc chưa có trong kế hoạch này ${kAmended}`));
      if (house.examines) await officer.examine('parent-amended');
      await officer.click('form[action$="/cap-tren"] button');
      assert.match(await officer.text(), /Không có gì khác/);
      await officer.go(`/ke-hoach/${child}/ra-soat`);
      assert.ok((await officer.text()).includes(kAmended));

      const outside = [await house.person(officerOf(1)), await house.person(leaderOf(1)), await house.person('tanchau'), leader];
      for (const person of outside)
        for (const path of ['', '/cap-tren', '/cap-duoi']) assert.equal(await person.go(`/ke-hoach/${child}${path}`), 404, `${person.name} at ${path}`);
      await actFor(outside[0], 'thành phố Hồng Ngự');
      assert.equal(await outside[0].go(`/ke-hoach/${plan}/cap-duoi`), 403, 'one ward does not look into another');
      const stranger = await house.person('');
      await stranger.go(`/ke-hoach/${plan}/cap-duoi`);
      assert.equal(new URL(stranger.page.url()).pathname, '/dang-nhap');
    },
  },
];

export const journeys = walks.map((walk) => ({ ...walk, fill: fillWards }));
