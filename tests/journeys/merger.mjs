// 1 July 2025, prepared on 1 June: the city ends, three wards are made of parts of two districts (Resolution
// 1663/NQ-UBTVQH15). By itself, at five past midnight.
import assert from 'node:assert/strict';
import { setTimeout as later } from 'node:timers/promises';
import { turnOn } from './second_factor.mjs';

const kPassword = 'dong-lua-ven-song';
const kThatDay = '01/07/2025';
const kWards = ['An Bình', 'Hồng Ngự', 'Thường Lạc'].map((name) => `phường ${name}`);
const kCity = { place: 'thành phố Hồng Ngự', administrator: 'quantri' };
const kDistrict = { place: 'huyện Hồng Ngự', administrator: 'quantrihuyen' };
const kOffice = 'Phòng Văn hóa và Thông tin';
const kNewOffice = 'Phòng Văn hóa - Xã hội';

function fill(loa) {
  const where = (place) => ['--authority', `UBND ${place}`];
  const authority = (place, level, from) => loa(['authority', 'add', `Ủy ban nhân dân ${place}`, '--short-name', `UBND ${place}`, '--place', place, '--level', level,
    '--hamlet-word', 'khóm', '--from', from]);
  const unit = (name, kind, place, from = '01/01/2020') => loa(['unit', 'add', name, '--kind', kind, '--from', from, ...where(place)]);
  const user = (account, name, at, role, place) => loa(['user', 'add', account, '--full-name', name, '--unit', at, '--role', role, ...where(place)], `${kPassword}\n`);
  authority(kCity.place, 'district', '01/01/2020');
  for (const name of ['phường An Lộc', 'phường An Thạnh', 'phường An Lạc']) unit(`UBND ${name}`, 'commune', kCity.place);
  unit(kOffice, 'office', kCity.place);
  user(kCity.administrator, 'Lê Quốc Thái', `UBND ${kCity.place}`, 'administrator', kCity.place);
  user('vanhoa', 'Phan Thị Ngọc Diễm', kOffice, 'clerk', kCity.place);
  user('anlac', 'Nguyễn Văn An', 'UBND phường An Lạc', 'clerk', kCity.place);
  authority(kDistrict.place, 'district', '01/01/2020');
  unit('UBND xã Thường Lạc', 'commune', kDistrict.place);
  user(kDistrict.administrator, 'Trần Thị Bích', `UBND ${kDistrict.place}`, 'administrator', kDistrict.place);
  for (const place of kWards) {
    authority(place, 'commune', kThatDay);
    unit(kNewOffice, 'office', place, kThatDay);
  }
  return kPassword;
}

const kEnd = 'form[aria-labelledby=ket-thuc]';

async function end(person, unit, closing, successors) {
  if (!(await person.page.locator(kEnd).isVisible())) await person.click('#ket-thuc');
  await person.chooseNamed(`${kEnd} [name=unit]`, unit);
  await person.choose(`${kEnd} [name=closing]`, closing);
  await person.fill(`${kEnd} [name=successors]`, successors.join('\n'));
  await person.click(`${kEnd} button`);
}

async function begin(person) {
  await turnOn(person);
  await person.go('/don-vi/thay-doi');
  await person.fill('#name', 'Sắp xếp đơn vị hành chính năm 2025');
  await person.fill('#basis', 'Nghị quyết 1663/NQ-UBTVQH15');
  await person.fill('#day', kThatDay);
  await person.click('form[action="/don-vi/thay-doi"] button');
}

/** The wards begin with the day: nobody can sign in there before, so the operator agrees for them. */
function agree(loa, place) {
  const [change] = loa(['unit', 'changes', '--authority', `UBND ${place}`]).split('\t');
  return loa(['unit', 'accept', change]).trim().split('\n').length;
}

async function decide(person) {
  await person.click('button[name=decision][value=confirm]');
  assert.match(await person.text('.pagehead'), /Chờ đến ngày/);
}

const treeOf = (loa, place, day) => loa(['unit', 'export', '--csv', '--day', day, '--authority', `UBND ${place}`]);

export const journeys = [
  {
    title: 'the merger day of 2025 comes by itself, by keyboard and in the dark',
    byKeyboard: true,
    startsOn: '2025-06-01T08:00:00+07:00',
    fill,
    async walk(house) {
      const { clock, loa } = house.installation;
      const committees = kWards.map((place) => `UBND ${place}`);
      const offices = committees.map((name) => `${name} > ${kNewOffice}`);
      const administrator = await house.person(kCity.administrator);
      await begin(administrator);
      const city = `Ủy ban nhân dân ${kCity.place}`;
      await end(administrator, city, 'split', committees.slice(0, 1));
      assert.match(await administrator.text('[role=alert]'), /Chia, tách thì chọn ít nhất hai đơn vị kế tục/);
      if (house.examines) await administrator.examine('unit-change-refused');
      await end(administrator, 'UBND phường An Lộc', 'merged', [committees[0]]);
      await end(administrator, 'UBND phường An Thạnh', 'merged', [committees[1]]);
      await end(administrator, 'UBND phường An Lạc', 'merged', [committees[2]]);
      await end(administrator, kOffice, 'split', [offices[1], offices[0], offices[2]]);
      await end(administrator, city, 'split', [committees[1], committees[0], committees[2]]);
      await administrator.click('form[action$="/thu"] button');
      assert.match(await administrator.text('[aria-labelledby=sau-ngay]'), /Không còn đơn vị nào hoạt động; cơ quan kết thúc cùng ngày/);
      assert.match(await administrator.text('[aria-labelledby=keo-theo]'), /1 người \(1 vai trò\) tiếp tục tại/);
      if (house.examines) await administrator.examine('unit-change-tried');
      assert.equal(agree(loa, kCity.place), 3);
      await administrator.go(new URL(administrator.page.url()).pathname.replace(/\/thu$/, ''));
      await decide(administrator);
      if (house.examines) await administrator.examine('unit-change-confirmed');

      const second = await house.person(kDistrict.administrator);
      await begin(second);
      await end(second, 'UBND xã Thường Lạc', 'merged', [committees[2]]);
      assert.equal(agree(loa, kDistrict.place), 1);
      await second.page.reload();
      await decide(second);
      await administrator.go('/don-vi');
      assert.match(await administrator.text(), /Sắp xếp đơn vị hành chính năm 2025/, 'what is coming is announced');
      if (house.examines) await administrator.examine('units-upcoming');
      const before = treeOf(loa, kCity.place, '30/06/2025');

      clock.set('2025-06-30T22:00:00+07:00');
      const clerk = await house.person('vanhoa');
      await clerk.go('/don-vi');
      assert.match(await clerk.text(), new RegExp(kOffice));
      clock.set('2025-07-01T00:05:30+07:00');
      for (let tries = 0; (await clerk.go('/tai-khoan')) === 200 && !(await clerk.text('body')).includes(kNewOffice); ++tries) {
        assert.ok(tries < 200, 'the day has come and nothing happened');
        await later(100);
      }
      await clerk.go('/don-vi');
      assert.equal(new URL(clerk.page.url()).pathname, '/don-vi', 'whoever is signed in goes on working');
      const tree = await clerk.text();
      assert.match(tree, /Ủy ban nhân dân phường Hồng Ngự/);
      assert.match(tree, new RegExp(kNewOffice));
      if (house.examines) await clerk.examine('units-after');
      await clerk.go('/don-vi?ngay=30/06/2025');
      assert.doesNotMatch(await clerk.text(), new RegExp(kNewOffice), 'the day before there was no ward');
      assert.equal(treeOf(loa, kCity.place, '30/06/2025'), before, 'the tree of 30 June is as it was, with its old names');
      assert.match(before, new RegExp(kOffice));
      assert.equal(treeOf(loa, kCity.place, kThatDay).trim().split('\n').length, 1, 'nothing but the headings: the city has ended');

      const neighbour = await house.person('anlac');
      await neighbour.go('/don-vi');
      await neighbour.click('main a:has-text("Ủy ban nhân dân phường Thường Lạc")');
      const ward = await neighbour.text();
      for (const name of ['UBND phường An Lạc', 'UBND xã Thường Lạc', city]) assert.ok(ward.includes(name), `${name} went into it: ${ward}`);
      assert.ok(ward.includes('Nguyễn Văn An'), 'and its people came along');
      if (house.examines) await neighbour.examine('unit-after');
    },
  },
];
