// The source plan itself: Kế hoạch tuyên truyền cải cách hành chính năm 2024 of thành phố Hồng Ngự, in the hands of the
// city that issued it. The file is not part of the product, so these run where the shared material lies beside it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { communeAccount, communes, fillCity } from './city.mjs';
import { approve, importFile, issue, otherAuthoritySeesNothing, review, strangerSeesNothing, submit } from './steps.mjs';

const kShared = process.env.LOA_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const kFile = `${kShared}/mission/ke-hoach-hong-ngu-2024.md`;
const kMostActions = 40;
const kNumber = '15';
const kDay = '19/01/2024';

async function issuedPlan(house) {
  const clerk = await house.person('noivu');
  const plan = await importFile(clerk, kFile);
  await review(clerk);
  await submit(clerk);
  await approve(house, plan);
  await issue(clerk, plan, kNumber, kDay);
  return { clerk, plan };
}

/** "III.1" → its roles, for the lines of activities; "nhiệm vụ" → how many duties. */
async function ownLines(person) {
  await person.go('/viec-don-vi');
  const lines = await person.page.locator('main .tasks > li').evaluateAll((items) =>
    items.map((item) => ({ title: item.querySelector('a').innerText, roles: item.querySelector('p').innerText.split('. ')[0] })));
  const found = { duties: 0 };
  for (const { title, roles } of lines) {
    const ordinal = /^(III\.[0-9](?:\.[ab])?) /.exec(title);
    if (ordinal) found[ordinal[1]] = roles;
    else ++found.duties;
  }
  return found;
}

const kLead = 'Chủ trì';
const kOnlyLead = 'Chủ trì, đầu mối';
const kPartner = 'Phối hợp';
const both = (lead) => `${lead}, phối hợp`;
const kOfCommune = { 'III.1': kPartner, 'III.2.a': kPartner, 'III.2.b': kPartner, 'III.3': kPartner, 'III.4': kLead, 'III.5': kPartner, duties: 2 };
const kOfOffice = {
  noivu: { 'III.1': kLead, 'III.2.a': kPartner, 'III.2.b': kPartner, 'III.3': both(kLead), 'III.4': kPartner, 'III.5': both(kOnlyLead), duties: 4 },
  vhtt: { 'III.1': kLead, 'III.2.a': kOnlyLead, 'III.2.b': kLead, 'III.3': kPartner, 'III.4': both(kLead), 'III.5': kPartner, duties: 3 },
  vanphong: { 'III.2.a': kPartner, 'III.2.b': kPartner, 'III.3': both(kLead), 'III.4': both(kLead), 'III.5': kPartner, duties: 2 },
  taichinh: { 'III.3': kPartner, 'III.4': kPartner, 'III.5': kPartner, duties: 3 },
  truyenthanh: { 'III.1': kPartner, 'III.2.b': kLead, 'III.5': kPartner, duties: 2 },
};

// What the paper leaves open, in the order of its activities.
const kCompletions = [
  { accountable: 'Phòng Văn hóa và Thông tin', deadline: 'trước ngày 30/11/2024', targets: '70 panô\n20.000 tờ rơi' },
  { deadline: 'Quý IV/2024', targets: 'ít nhất 04 tin, bài' },
  { deadline: 'Thường xuyên', targets: 'mỗi tháng ít nhất 02 tin' },
  { deadline: 'trước ngày 31/10/2024', targets: '12 chuyên mục' },
  { deadline: 'Quý II/2024', targets: '07 hội nghị' },
  { deadline: 'trước ngày 30/9/2024', targets: '01 hội thi' },
];

const walks = [
  {
    title: 'source plan: the clerk checks what Loa read in it',
    async walk(house) {
      const clerk = await house.person('noivu');
      clerk.actions = 0;
      const plan = await importFile(clerk, kFile);
      const said = await clerk.text();
      for (const words of ['Căn cứ pháp lý (2)', 'Nội dung tuyên truyền (8)', 'Hoạt động (6)', 'Nơi nhận (10)', 'số văn bản', 'ngày ban hành', '6 hoạt động chưa có thời hạn', '6 hoạt động chưa có chỉ tiêu'])
        assert.ok(said.includes(words), `the review page says "${words}": ${said.slice(0, 1500)}`);
      if (house.examines) await clerk.examine('source-review');
      const basis = (number) => clerk.page.locator('#muc-legal_basis details.extract').nth(number);
      assert.match(await basis(0).innerText(), /2077\/QĐ-UBND-HC ngày 19 tháng 10 năm 2021/);
      assert.match(await basis(1).innerText(), /114\/KH-UBND ngày 11 tháng 01 năm 2024/);
      const activity = (number) => clerk.page.locator('#hoat-dong details.extract').nth(number);
      assert.match(await activity(0).innerText(), /Phòng Nội vụ; Phòng Văn hóa và Thông tin/);
      assert.match(await activity(1).innerText(), /Đài Phát thanh và Truyền hình Đồng Tháp; Báo Đồng Tháp/);
      assert.match(await activity(4).innerText(), /Ủy ban nhân dân các xã, phường/);
      const unfilled = await clerk.page.locator('.doc mark.is-bad').allInnerTexts();
      assert.equal(unfilled.length, 2, `number and day are marked in the paper: ${unfilled.join('|')}`);
      // Each item shows on click where it stands in the paper.
      await activity(1).locator('> summary').click();
      const marked = await clerk.page.locator('.doc .is-now mark').allInnerTexts();
      assert.ok(marked.some((text) => text.includes('Phối hợp tuyên truyền trên kênh thông tin của tỉnh Đồng Tháp')), marked.join('|'));
      if (house.examines) await clerk.examine('source-review-item');
      await review(clerk);
      await submit(clerk);
      assert.ok(clerk.actions <= kMostActions, `${clerk.actions} actions, at most ${kMostActions}`);
      await clerk.go(`/ke-hoach/${plan}?muc=hoat-dong`);
      assert.equal(await clerk.page.locator('main article').count(), 6);
      // Nothing was invented: no activity has a deadline or a target that the paper does not print.
      assert.ok((await clerk.text()).match(/Thời hạn Chưa có/g)?.length === 6, 'six activities without a deadline');
    },
  },
  {
    title: 'source plan: completed, approved, issued; each of twelve units sees its own lines',
    async walk(house) {
      const clerk = await house.person('noivu');
      const plan = await importFile(clerk, kFile);
      await review(clerk);
      // What the paper leaves open is completed before the leader reads it.
      for (let number = 0; number < kCompletions.length; ++number) {
        const { accountable, deadline, targets } = kCompletions[number];
        await clerk.go(`/ke-hoach/${plan}/bo-sung`);
        const item = clerk.page.locator('main details.extract').nth(number);
        if ((await item.getAttribute('open')) === null) await item.locator('> summary').click();
        if (accountable) await item.locator('select[name=accountable]').selectOption({ label: accountable });
        await item.locator('input[name=deadline]').fill(deadline);
        await item.locator('textarea[name=targets]').fill(targets);
        await item.locator('form p > button').click();
        await clerk.page.waitForLoadState('load');
      }
      await clerk.go(`/ke-hoach/${plan}/bo-sung`);
      if (house.examines) await clerk.examine('source-completion');
      await clerk.go(`/ke-hoach/${plan}`);
      await submit(clerk);
      await approve(house, plan);
      await issue(clerk, plan, kNumber, kDay);
      await clerk.go(`/ke-hoach/${plan}`);
      const issued = await clerk.text();
      assert.match(issued, /Số 15\/KH-UBND ngày 19\/01\/2024/);
      assert.match(issued, /trước ngày 30\/11\/2024.*bổ sung ngày/);
      for (const { deadline, targets } of kCompletions)
        for (const words of [deadline, ...targets.split('\n')]) assert.ok(issued.includes(words), words);
      assert.doesNotMatch(issued, /Thời hạn Chưa có/);

      for (const [account, expected] of Object.entries(kOfOffice)) {
        const person = await house.person(account);
        const lines = await ownLines(person);
        if (account === 'noivu' || account === 'vhtt') expected['III.1'] = account === 'vhtt' ? kOnlyLead : kLead;
        assert.deepEqual(lines, expected, account);
        await person.close();
      }
      for (let index = 0; index < communes.length; ++index) {
        const person = await house.person(communeAccount(index));
        assert.deepEqual(await ownLines(person), kOfCommune, communes[index]);
        if (index === 0 && house.examines) await person.examine('source-unit-work');
        await person.close();
      }
    },
  },
  {
    title: 'source plan: an amendment changes one lead and one deadline',
    async walk(house) {
      const { clerk, plan } = await issuedPlan(house);
      await clerk.go(`/ke-hoach/${plan}`);
      await clerk.click('summary:has-text("Lập bản điều chỉnh")');
      await clerk.click('form[action$="/dieu-chinh"] button');
      const contest = '#hoat-dong details.extract:nth-of-type(6)';
      await clerk.click(`${contest} > summary`);
      await clerk.fill(`${contest} textarea[name=leads]`, 'Phòng Văn hóa và Thông tin');
      await clerk.fill(`${contest} input[name=deadline]`, 'Quý III/2024');
      await clerk.click(`${contest} form button`);
      await clerk.click('#van-ban form button');
      await submit(clerk);
      await approve(house, plan);
      await issue(clerk, plan, '27', '01/03/2024');
      await clerk.go(`/ke-hoach/${plan}?muc=ban-sua-doi`);
      const revisions = await clerk.text();
      assert.match(revisions, /27\/KH-UBND.*15\/KH-UBND/);
      await clerk.click('main .list a');
      assert.match(await clerk.text(), /Cơ quan chủ trì.*Phòng Nội vụ.*Phòng Văn hóa và Thông tin.*Thời hạn.*Quý III\/2024/);
      const culture = await house.person('vhtt');
      await culture.go('/thong-bao');
      assert.match(await culture.text(), /27\/KH-UBND/);
      assert.equal((await ownLines(culture))['III.5'], 'Chủ trì, đầu mối, phối hợp');
    },
  },
  {
    title: 'source plan: nobody else sees anything of it',
    async walk(house) {
      const { clerk, plan } = await issuedPlan(house);
      for (const path of ['/bo-sung', '?muc=nhiem-vu', '?muc=don-vi', '?muc=dien-bien', '']) await clerk.go(`/ke-hoach/${plan}${path}`);
      const file = await clerk.page.locator('a[href^="/tep/"]').first().getAttribute('href');
      await clerk.click('main article h2 a');
      await clerk.go('/viec-don-vi');
      await clerk.click('main .tasks a');
      await clerk.go('/tim-kiem?q=pan%C3%B4');
      assert.match(await clerk.text(), /Tuyên truyền trực quan/);
      const paths = [...house.visited(), `/ke-hoach/${plan}/ra-soat`, file];
      for (const part of ['/hoat-dong/', '/viec/', '/ra-soat', '/tep/', '?muc=']) assert.ok(paths.some((path) => path.includes(part)), `${part} in ${paths.join(' ')}`);
      const words = ['Tuyên truyền trực quan', 'Tuyên truyền cải cách hành chính năm 2024', '15/KH-UBND'];
      const stranger = await house.person('');
      const other = await house.person('tanchau');
      await strangerSeesNothing(stranger, paths, words);
      await otherAuthoritySeesNothing(other, paths.filter((path) => path !== '/dang-nhap'), words);
      const commune = await house.person(communeAccount(0));
      assert.equal(await commune.go(`/ke-hoach/${plan}`), 200);
      assert.equal(await commune.page.locator('main form').count(), 0);
      assert.equal(await commune.go(`/ke-hoach/${plan}/bo-sung`), 403);
      assert.equal(await commune.go(`/ke-hoach/${plan}/ra-soat`), 403);
    },
  },
];

export const journeys = walks.map((walk) => ({ ...walk, fill: fillCity, skip: existsSync(kFile) ? '' : 'the shared material is not here' }));
