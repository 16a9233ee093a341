// A person at a browser: signs in, goes to pages, fills in forms, and counts what she does.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const pictures = new URL('../../build/pictures/', import.meta.url).pathname;
// Of every page at each width in each scheme, to be looked at; or, "shown", only of those that people are shown: half of a
// story's time goes into drawing.
const kEveryPicture = process.env.LOA_PICTURES !== 'shown';
const kWidths = [390, 1280];
// What a screen shows at first: for the README and the manual (tools/keep-pictures).
const manual = new URL('../../docs/manual/vi/', import.meta.url);
const kShown = new Set([new URL('../../README.md', import.meta.url), ...readdirSync(manual).map((name) => new URL(name, manual))]
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/pictures\/([a-z-]+)\.png/g)].map((match) => match[1])));
const kSchemes = ['light', 'dark'];
// The schemes differ in colours alone: what axe finds wrong of the rest it finds in the first.
const kRulesOfScheme = { light: undefined, dark: { type: 'tag', values: ['cat.color'] } };
// A page that says 404 or 422 is an answer like any other; the browser calls it an error.
const kAnswered = /^Failed to load resource: the server responded with a status of 4/;
const kNoNetwork = /^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED)/;

export class Person {
  constructor(browser, installation, name, { script = true, phone = false } = {}) {
    this.browser = browser;
    this.installation = installation;
    this.name = name;
    this.script = script;
    this.scheme = 'light';
    this.viewport = phone ? { width: 390, height: 800 } : { width: 1280, height: 900 };
    this.actions = 0;
    this.visited = new Set(); // every address of ours that she was at, redirects and answers to forms too
    this.faults = []; // what no page of ours may do, on whatever journey
  }

  async open() {
    this.context = await this.browser.newContext({ locale: 'vi-VN', javaScriptEnabled: this.script, viewport: this.viewport });
    this.watch();
    this.page = await this.context.newPage();
    this.page.on('framenavigated', (frame) => {
      const url = new URL(frame.url());
      if (url.origin === this.installation.address) this.visited.add(url.pathname + url.search);
    });
    return this;
  }

  /** Notes what the browser refused by the policy of our pages, what a script threw, and every request to another origin. */
  watch() {
    const note = (page, what) => this.faults.push(`${this.name} at ${page?.url()}: ${what}`);
    this.context.on('console', (message) => {
      if (message.type() !== 'error' || kAnswered.test(message.text())) return;
      if (!(this.losesNetwork && kNoNetwork.test(message.text()))) note(message.page(), message.text());
    });
    this.context.on('weberror', (thrown) => note(thrown.page(), thrown.error().stack));
    this.context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== this.installation.address && protocol !== 'data:') this.faults.push(`${this.name} asks ${request.url()}`);
    });
  }

  /** Airplane mode, on or off; from then on the browser may say that something could not be loaded. */
  async flies(yes) {
    this.losesNetwork = true;
    await this.context.setOffline(yes);
  }

  /** By the form, whose page is not drawn: what it looks like and how it is filled in is KeyboardPerson's. */
  async signIn(password = this.installation.password) {
    await this.open();
    const address = `${this.installation.address}/dang-nhap`;
    const page = await (await this.context.request.get(address)).text();
    const hidden = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)[1];
    const answer = await this.context.request.post(address, {
      form: { csrf: hidden('csrf'), request_id: hidden('request_id'), sign_in_name: this.name, password },
      maxRedirects: 0,
    });
    if (answer.status() !== 303) throw new Error(`${this.name} is not let in: ${answer.status()}`);
    this.visited.add('/dang-nhap').add('/tong-quan'); // where the form leads
    return this;
  }

  async go(path) {
    const answer = await this.page.goto(this.installation.address + path);
    return answer.status();
  }

  /** One counted action: a click, a choice, a field filled in. */
  async click(selector) {
    ++this.actions;
    await Promise.all([this.page.waitForLoadState('load'), this.page.locator(`${selector} >> visible=true`).first().click()]);
    await this.page.waitForLoadState('load');
  }
  /** What a button gives to keep, as { name, bytes }; the page stays. */
  async download(selector) {
    ++this.actions;
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.push(selector)]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }
  async push(selector) {
    await this.page.locator(`${selector} >> visible=true`).first().click();
  }
  async fill(selector, text) {
    ++this.actions;
    await this.page.locator(selector).first().fill(text);
  }
  async choose(selector, value) {
    ++this.actions;
    await this.page.locator(selector).first().selectOption(value);
  }
  /** The option that says `words`. */
  async chooseNamed(selector, words) {
    const option = this.page.locator(`${selector} option`, { hasText: words }).first();
    await this.choose(selector, await option.getAttribute('value'));
  }
  /** file: a path, or { name, mimeType, buffer }. */
  async attach(selector, file) {
    ++this.actions;
    await this.page.setInputFiles(selector, file);
  }

  async text(selector = 'main') {
    return (await this.page.locator(selector).first().innerText()).replace(/\s+/g, ' ');
  }

  /** No finding of axe that is serious or worse, and pictures to look at, at two widths in two schemes. */
  async examine(title, { widths = kWidths } = {}) {
    mkdirSync(pictures, { recursive: true });
    const findings = [];
    await this.page.evaluate(axe); // as a debugger would: the policy of the page lets no script in from inside it
    for (const scheme of kSchemes) {
      await this.page.emulateMedia({ colorScheme: scheme });
      for (const width of widths) {
        await this.page.setViewportSize({ width, height: 900 });
        if (kEveryPicture) await this.page.screenshot({ path: join(pictures, `${title}-${width}-${scheme}.png`), fullPage: true });
        if (width === 1280 && scheme === 'light' && kShown.has(title)) await this.page.screenshot({ path: join(pictures, `${title}.png`) });
        const told = await this.page.evaluate((runOnly) => window.axe.run({ resultTypes: ['violations'], preload: false, runOnly }), kRulesOfScheme[scheme]);
        for (const violation of told.violations)
          if (['serious', 'critical'].includes(violation.impact))
            findings.push(`${width} ${scheme} ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join('; ')}`);
        const wide = await this.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        if (wide) findings.push(`${width} ${scheme}: the page is wider than the screen`);
      }
    }
    await this.page.emulateMedia({ colorScheme: this.scheme });
    await this.page.setViewportSize(this.viewport);
    if (findings.length > 0) throw new Error(`${title}:\n${findings.join('\n')}`);
  }

  /** A picture of the page on paper, and the words that a printer gets. */
  async print(title) {
    await this.page.emulateMedia({ media: 'print' });
    await this.page.screenshot({ path: join(pictures, `${title}.png`), fullPage: true });
    await this.page.emulateMedia({ media: null });
    const words = spawnSync('pdftotext', ['-', '-'], { input: await this.page.pdf({ preferCSSPageSize: true }), encoding: 'utf8' });
    if (words.status !== 0) throw new Error(`pdftotext: ${words.stderr}`);
    return words.stdout.normalize('NFC').replace(/\s+/g, ' ');
  }

  async close() {
    await this.context.close();
  }
}
