// What officers do with a plan, step by step; the journeys put these together.
import assert from 'node:assert/strict';
import { setTimeout as later } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const demonstration = (file) => fileURLToPath(new URL(`../../modules/plan/data/demo/${file}`, import.meta.url));
export const kPlanOfClerk = demonstration('ke-hoach-1-hai-co-quan-chu-tri.md');
export const kPlanInWord = demonstration('ke-hoach-4-docx.docx');

/** Drops the file on the import page; gives the plan's id. */
export async function importFile(clerk, file) {
  await clerk.go('/ke-hoach/nhap');
  await clerk.attach('input[type=file]', file);
  await clerk.click('main .drop button');
  await clerk.page.waitForURL(/\/ra-soat/);
  assert.match(clerk.page.url(), /\/ke-hoach\/\d+\/ra-soat/);
  return /\/ke-hoach\/(\d+)/.exec(clerk.page.url())[1];
}

/** The file, imported and confirmed by a script for the office that drafts; gives the plan's id. */
export function importByCommand(loa, file) {
  return loa(['plan', 'import', file, '--authority', 'UBND xã Bình Hòa Trung', '--unit', 'Phòng Văn hóa - Xã hội', '--accept-all']).trim();
}

/** Confirms everything group by group; names that no unit bears are bodies outside. */
export async function review(clerk) {
  const open = 'main #ten-co-quan form';
  while (await clerk.page.locator(open).count()) {
    await clerk.choose(`${open} select`, 'outside');
    await clerk.click(`${open} button`);
  }
  await clerk.click('#van-ban form button');
  for (const form of ['/hoat-dong-xac-nhan', '/nhiem-vu-xac-nhan', '/muc-xac-nhan/']) {
    const button = `form[action*="${form}"] button`;
    while (await clerk.page.locator(button).count()) await clerk.click(button);
  }
  // What Loa was not sure of is opened, looked at and saved one by one.
  const unsure = '#hoat-dong details.extract:has(> summary .conf)';
  while (await clerk.page.locator(unsure).count()) {
    if (!(await clerk.page.locator(unsure).first().getAttribute('open'))) await clerk.click(`${unsure} > summary`);
    await clerk.click(`${unsure} form button`);
  }
}

export async function submit(clerk) {
  await clerk.click('form[action$="/chuyen-ra-soat"] button');
  assert.match(await clerk.text(), /Chờ lãnh đạo duyệt/);
}

export async function approve(house, plan) {
  const leader = await house.person('lanhdao');
  await leader.go(`/ke-hoach/${plan}`);
  await leader.click('form[action$="/duyet"] button');
  assert.match(await leader.text(), /chờ ban hành/);
  return leader;
}

export function today() {
  return new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date());
}

export async function issue(clerk, plan, number, day = today()) {
  await clerk.go(`/ke-hoach/${plan}`);
  await clerk.fill('#number', number);
  await clerk.fill('#issued_on', day);
  await clerk.click('form[action$="/ban-hanh"] button');
  assert.match(await clerk.text(), new RegExp(`Số ${number}/KH-UBND`));
}

/** The clerk's file, imported, reviewed, approved and issued. */
export async function issued(house, account, file) {
  const clerk = await house.person(account);
  const plan = await importFile(clerk, file);
  await review(clerk);
  await submit(clerk);
  await approve(house, plan);
  await issue(clerk, plan, '15');
  return { clerk, plan };
}


/** A stranger gets each of the addresses as 404, or the sign-in page, or a page for all that says nothing of `words`. */
export async function strangerSeesNothing(stranger, paths, words) {
  for (const path of paths) {
    const status = await stranger.go(path);
    const seen = await stranger.text('body');
    const asked = new URL(stranger.page.url()).pathname === '/dang-nhap';
    if (/^\/(ke-hoach|viec-don-vi|tep|thong-bao)/.test(path)) assert.ok(status === 404 || asked, `a stranger at ${path}: ${status} ${stranger.page.url()}`);
    for (const word of words) assert.ok(!seen.includes(word), `a stranger reads "${word}" at ${path}`);
  }
}

/** An officer of another authority: 404 for what is the plan's own, and nothing of it on the pages that she has too. */
export async function otherAuthoritySeesNothing(officer, paths, words) {
  for (const path of paths) {
    const status = await officer.go(path);
    if (/^\/(ke-hoach\/(nhap\/)?\d|tep\/)/.test(path)) assert.equal(status, 404, `an officer of another authority at ${path}`);
    const seen = await officer.text('body');
    for (const word of words) assert.ok(!seen.includes(word), `an officer of another authority reads "${word}" at ${path}`);
  }
}

/** Asks for the page until it says so: what a job does comes in its own time. */
export async function says(person, path, words) {
  let text = '';
  for (let tries = 0; tries < 60; ++tries) {
    await person.go(path);
    text = await person.text();
    if (words.test(text)) return text;
    await later(500);
  }
  throw new Error(`${path} does not say ${words}: ${text}`);
}
