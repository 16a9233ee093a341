// What somebody slips into a page does nothing: the browser obeys the policy that our pages bring along. And the watch
// over every journey (Person.watch) sees each of these.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

/** A machine that anybody may ask, and that counts who did. */
async function elsewhere() {
  const machine = { asked: 0 };
  const server = createServer((request, response) => {
    ++machine.asked;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end();
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  machine.address = `http://127.0.0.1:${server.address().port}`;
  machine.stop = () => server.close();
  return machine;
}

/** In the page, as if its markup held all this. */
async function slipIn(address) {
  const put = (name, attributes = {}) => {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    return document.body.appendChild(element);
  };
  put('script').textContent = 'window.slippedIn = true';
  put('script', { src: `${address}/ma.js` });
  put('a', { onclick: 'window.slippedIn = true' }).click();
  put('style').textContent = 'body { position: fixed }';
  put('link', { rel: 'stylesheet', href: `${address}/mau.css` });
  put('img', { src: `${address}/anh.png` });
  put('iframe', { src: address });
  put('form', { action: address, method: 'post' }).submit();
  const fetched = await fetch(address).then(() => true, () => false);
  await new Promise((later) => setTimeout(later, 300));
  return { script: window.slippedIn === true, style: getComputedStyle(document.body).position === 'fixed', fetched };
}

const directives = ['script-src', 'style-src', 'img-src', 'default-src', 'form-action', 'connect-src'];

export const journeys = [
  {
    title: 'what is slipped into a page does nothing, and no journey would overlook it',
    async walk(house) {
      const machine = await elsewhere();
      try {
        for (const [account, path] of [['vanhoa', '/tong-quan'], ['', '/dang-nhap']]) {
          const person = await house.person(account);
          assert.equal(await person.go(path), 200);
          assert.deepEqual(person.faults, []);
          assert.deepEqual(await person.page.evaluate(slipIn, machine.address), { script: false, style: false, fetched: false }, path);
          assert.equal(machine.asked, 0, `${path}: nothing left the machine`);
          const missing = () => directives.filter((directive) => !person.faults.some((fault) =>
            fault.includes('Content Security Policy') && fault.includes(directive)));
          // A form's sending is refused by another process of the browser, which tells when it comes to it.
          for (const end = Date.now() + 10_000; missing().length > 0 && Date.now() < end;)
            await new Promise((later) => setTimeout(later, 50));
          assert.deepEqual(missing(), [], `${path}: the watch saw each at work: ${person.faults.join('\n')}`);
          person.faults.splice(0);
        }
        // A page without a policy asks and throws: the watch alone sees it.
        const stranger = await house.person('');
        await stranger.page.evaluate((address) => fetch(address), machine.address);
        assert.equal(machine.asked, 1);
        await stranger.page.evaluate(() => new Promise((done) => {
          setTimeout(done, 50);
          setTimeout(() => { throw new Error('không ai đón'); });
        }));
        const [asks, throws, ...more] = stranger.faults.splice(0);
        assert.ok(asks.includes(`asks ${machine.address}`), asks);
        assert.ok(throws.includes('không ai đón'), throws);
        assert.deepEqual(more, []);
      } finally {
        machine.stop();
      }
    },
  },
];
