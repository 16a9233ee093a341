// <form data-on-site>: the evidence form on a telephone. What is recorded is kept here first, on the way or in a cellar as
// well, and sent once there is a network. Without this script the page shows its list of lines, each with the ordinary form.
import { takenAt } from './exif';
import { allPieces, drop, keep, piecesOf, type Piece } from './on_site_box';
import { NEWS, sendWaiting } from './on_site_send';
import { keepShell } from './on_site_shell';

const WORKER = '/assets/on_site.worker.js';
const SCOPE = '/ghi-minh-chung';
const AGAIN = 30_000; // milliseconds between tries while something waits: browsers are not sure of the network
const SHOWN = 24 * 60 * 60 * 1000; // milliseconds that a sent piece stays in the list
const MOST_PHOTOS = 12;
const FIRST: Piece['state'][] = ['refused', 'waiting', 'sent'];

export function enhanceOnSite(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-on-site]');
  const owner = document.documentElement.dataset.owner;
  if (!form || !owner || !('indexedDB' in window && 'serviceWorker' in navigator && 'locks' in navigator)) return;
  void new OnSite(form, owner).start();
}

class OnSite {
  private readonly said = document.querySelector<HTMLElement>('[data-on-site-said]')!;
  private readonly list = document.querySelector<HTMLElement>('[data-on-site-list]')!;
  private readonly card = document.querySelector<HTMLTemplateElement>('#lan-ghi')!;
  private readonly files: HTMLInputElement;
  private readonly day: HTMLInputElement;
  private readonly line: HTMLSelectElement;
  private piece: Piece;
  private dayTyped = false;
  private sending = false;
  private readonly drawings = new Map<string, HTMLCanvasElement[]>(); // by piece: a photo is large, and the list is shown often

  constructor(
    private readonly form: HTMLFormElement,
    private readonly owner: string,
  ) {
    const field = <T extends Element>(name: string) => form.elements.namedItem(name) as unknown as T;
    this.files = field('files');
    this.day = field('done_on');
    this.line = field('line');
    this.piece = this.empty();
  }

  async start(): Promise<void> {
    for (const without of document.querySelectorAll<HTMLElement>('[data-without-script]')) without.hidden = true;
    for (const within of document.querySelectorAll<HTMLElement>('[data-with-script]')) within.hidden = false;
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.record();
    });
    this.line.addEventListener('change', () => {
      this.showLine();
      this.presetChannel();
    });
    this.files.addEventListener('change', () => void this.choose());
    this.day.addEventListener('input', () => {
      this.dayTyped = true;
      this.ask();
    });
    this.form.querySelector('[data-place]')?.addEventListener('click', () => this.locate());
    this.form.querySelector('[data-cancel]')?.addEventListener('click', () => this.reset());
    this.showLine();
    this.presetChannel();
    this.suggestToday();
    new BroadcastChannel(NEWS).addEventListener('message', () => void this.show());
    window.addEventListener('online', () => void this.send());
    document.addEventListener('visibilitychange', () => void (document.hidden || this.send()));
    window.setInterval(() => void this.send(), AGAIN);
    await this.forgetSent();
    await this.show();
    // What is kept for later may fail (private window, no room): the form works as long as the page is open.
    void navigator.serviceWorker.register(WORKER, { scope: SCOPE }).catch(() => {});
    void keepShell(this.owner).catch(() => {});
    await this.send();
  }

  private empty(): Piece {
    const id = crypto.randomUUID();
    return { id, owner: this.owner, line: '', title: '', fields: [], photos: [], state: 'waiting', tries: 0, status: 0, reasons: [], link: '', sent_at: 0 };
  }

  /** Keeps what the form says. Twice at once is once: the id is the form's until it is empty again. */
  private async record(): Promise<void> {
    const { fault } = this.form.dataset;
    const chosen = [...(this.files.files ?? [])];
    const photos = chosen.length > 0 ? chosen.map((file) => ({ name: file.name, bytes: file as Blob })) : this.piece.photos;
    const fields = [...new FormData(this.form)].filter(([name, value]) => typeof value === 'string' && !['line', 'csrf', 'request_id'].includes(name)) as [string, string][];
    this.drawings.delete(this.piece.id);
    const title = this.line.selectedOptions[0]?.textContent?.trim() ?? '';
    const piece: Piece = { ...this.piece, line: this.line.value, title, fields, photos, state: 'waiting', tries: 0, status: 0, reasons: [] };
    try {
      await keep(piece);
    } catch {
      this.say(fault ?? '', true);
      return;
    }
    void navigator.storage?.persist?.();
    this.reset();
    await this.show();
    this.say(this.said.dataset.kept ?? '');
    await this.askToSendLater();
    await this.send();
  }

  /** The line and the way of telling stay: panels are photographed one after the other. */
  private reset(): void {
    const line = this.line.value;
    const channel = this.form.elements.namedItem('channel') as HTMLSelectElement | null;
    const told = channel?.value ?? '';
    this.form.reset();
    this.line.value = line;
    if (channel) channel.value = told;
    this.piece = this.empty();
    this.dayTyped = false;
    this.files.required = true;
    this.shown('[data-mending]', false);
    this.showLine();
    this.suggestToday();
    void this.drawChosen([]);
  }

  private showLine(): void {
    for (const set of this.form.querySelectorAll<HTMLFieldSetElement>('fieldset[data-line]')) {
      set.disabled = set.dataset.line !== this.line.value;
      set.hidden = set.disabled;
    }
    this.checkTopics((this.line.selectedOptions[0]?.dataset.topics ?? '').split(' '));
    this.ask();
  }

  /** What the activity tells, until somebody says otherwise of this piece. */
  private checkTopics(chosen: string[]): void {
    for (const box of this.form.querySelectorAll<HTMLInputElement>('input[name=topics]')) box.checked = chosen.includes(box.value);
  }

  private presetChannel(): void {
    const channel = this.form.elements.namedItem('channel') as HTMLSelectElement | null;
    const only = this.line.selectedOptions[0]?.dataset.channel;
    if (channel && only) channel.value = only;
  }

  private async choose(): Promise<void> {
    const chosen = [...(this.files.files ?? [])];
    this.files.setCustomValidity(chosen.length > MOST_PHOTOS ? (this.files.dataset.tooMany ?? '') : '');
    await this.drawChosen(chosen);
    const moment = this.dayTyped || chosen.length === 0 ? null : await takenAt(chosen[0]);
    if (moment && !this.dayTyped) this.day.value = moment.slice(0, 10).split(':').reverse().join('/');
    this.ask();
  }

  private suggestToday(): void {
    this.day.value = today().split('-').reverse().join('/');
    this.ask();
  }

  /** Shows the field of the explanation where the day is one that the server will question. */
  private ask(): void {
    const [day, month, year] = this.day.value.split(/[/-]/);
    const typed = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-');
    const early = typed < (this.line.selectedOptions[0]?.dataset.issued ?? '');
    this.shown('[data-explanation]', early || typed > today() || this.piece.reasons.length > 0);
  }

  private locate(): void {
    const place = this.form.elements.namedItem('place') as HTMLInputElement;
    const words = this.form.dataset;
    if (!navigator.geolocation) return this.say(words.noPlace ?? '', true);
    this.say(words.locating ?? '');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const number = (value: number) => value.toLocaleString('en', { minimumFractionDigits: 5, maximumFractionDigits: 5 });
        place.value = `${place.value.replace(/\s*\(-?\d+\.\d+, .*\)$/, '')} (${number(coords.latitude)}, ${number(coords.longitude)} ±${Math.round(coords.accuracy)} m)`.trim();
        this.say(words.located ?? '');
      },
      () => this.say(words.noPlace ?? '', true),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    if (!(await this.anyWaits())) return;
    this.sending = true;
    try {
      this.say(this.said.dataset.sending ?? '');
      // What was recorded meanwhile goes too.
      let outcome = await sendWaiting();
      while (outcome === 'done' && (await this.anyWaits())) outcome = await sendWaiting();
      await this.show();
      this.say(this.said.dataset[outcome === 'signed_out' ? 'signedOut' : outcome] ?? '');
      this.shown('[data-sign-in]', outcome === 'signed_out');
    } finally {
      this.sending = false;
    }
  }

  private async anyWaits(): Promise<boolean> {
    return (await piecesOf(this.owner)).some((piece) => piece.state === 'waiting');
  }

  /** Where the browser can: the worker sends though the page is closed. */
  private async askToSendLater(): Promise<void> {
    const worker = (await navigator.serviceWorker.getRegistration(SCOPE)) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
    await worker?.sync?.register('gui').catch(() => {}); // not allowed: it is sent when the page is open
  }

  private async forgetSent(): Promise<void> {
    for (const piece of await piecesOf(this.owner)) if (piece.state === 'sent' && piece.sent_at < Date.now() - SHOWN) await drop(piece);
  }

  private async show(): Promise<void> {
    const all = await allPieces();
    // What asks for her hand stands first, what is done last.
    const own = FIRST.flatMap((state) => all.filter((piece) => piece.owner === this.owner && piece.state === state));
    this.list.replaceChildren(...own.map((piece) => this.cardOf(piece)));
    this.shown('[data-none]', own.length === 0);
    this.shown('[data-of-others]', all.some((piece) => piece.owner !== this.owner && piece.state !== 'sent'));
  }

  private cardOf(piece: Piece): HTMLElement {
    const card = (this.card.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const part = <T extends HTMLElement = HTMLElement>(name: string) => card.querySelector<T>(`[data-${name}]`)!;
    const value = (name: string) => piece.fields.find(([known]) => known === name)?.[1] ?? '';
    card.dataset.state = piece.state;
    part('what').textContent = value('what');
    part('where').textContent = [piece.title, value('done_on'), value('place')].filter((text) => text !== '').join(' · ');
    const state = part('state');
    state.textContent = this.list.dataset[piece.state] ?? '';
    state.classList.add({ waiting: 'tag--warn', refused: 'tag--late', sent: 'tag--ok' }[piece.state]);
    part('shots').append(...this.drawingsOf(piece));
    part('refusal').hidden = piece.state !== 'refused';
    for (const reason of this.reasonsOf(piece)) part('reasons').append(item(reason));
    part<HTMLAnchorElement>('link').hidden = piece.state !== 'sent';
    part<HTMLAnchorElement>('link').href = piece.link;
    const mend = part('mend'), take = part('take');
    mend.hidden = piece.state !== 'refused';
    mend.addEventListener('click', () => this.mend(piece));
    take.hidden = piece.state === 'sent';
    take.addEventListener('click', () => void this.take(piece));
    for (const button of [mend, take, part('link')]) button.append(hidden(': ' + value('what')));
    return card;
  }

  private drawingsOf(piece: Piece): HTMLCanvasElement[] {
    const known = this.drawings.get(piece.id);
    if (known) return known;
    const made = piece.photos.map((photo) => drawn(photo.bytes, photo.name));
    this.drawings.set(piece.id, made);
    return made;
  }

  private reasonsOf(piece: Piece): string[] {
    if (piece.reasons.length > 0) return piece.reasons;
    const words = this.list.dataset;
    return [{ 0: words.broken, 403: words.forbidden, 404: words.gone, 413: words.tooLarge }[piece.status] ?? words.unknown ?? ''];
  }

  /** Back into the form, under the id it has; the photos stay unless others are chosen. */
  private mend(piece: Piece): void {
    this.reset();
    this.piece = piece;
    this.line.value = piece.line;
    this.showLine();
    this.checkTopics(piece.fields.filter(([name]) => name === 'topics').map(([, value]) => value));
    for (const [name, value] of piece.fields.filter(([known]) => known !== 'topics')) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
    }
    this.dayTyped = true;
    this.files.required = false;
    this.shown('[data-mending]', true);
    this.ask();
    void this.drawChosen(piece.photos.map(({ bytes, name }) => new File([bytes], name)));
    const explanation = this.form.querySelector<HTMLTextAreaElement>('[name=explanation]')!;
    this.form.scrollIntoView();
    explanation.focus();
  }

  private async take(piece: Piece): Promise<void> {
    if (!window.confirm(this.list.dataset.takeSure ?? '')) return;
    await drop(piece);
    if (this.piece.id === piece.id) this.reset();
    await this.show();
    this.list.tabIndex = -1;
    this.list.focus();
  }

  private async drawChosen(files: File[]): Promise<void> {
    this.form.querySelector('[data-chosen]')!.replaceChildren(...files.slice(0, MOST_PHOTOS).map((file) => drawn(file, file.name)));
  }

  private shown(selector: string, yes: boolean): void {
    for (const element of document.querySelectorAll<HTMLElement>(selector)) element.hidden = !yes;
  }

  private say(words: string, wrong = false): void {
    this.said.textContent = words;
    this.said.classList.toggle('error', wrong);
  }
}

/** "2026-04-01": the day it is in Vietnam, as the server counts, wherever the telephone thinks it is. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
}

function item(text: string): HTMLLIElement {
  const made = document.createElement('li');
  made.textContent = text;
  return made;
}

function hidden(text: string): HTMLSpanElement {
  const made = document.createElement('span');
  made.className = 'sr';
  made.textContent = text;
  return made;
}

/** A small picture on a canvas: an address of a Blob would need a wider policy of the page. */
function drawn(photo: Blob, name: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = 160;
  canvas.height = 120;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', name);
  createImageBitmap(photo, { resizeHeight: 120, resizeQuality: 'low' }).then(
    (small) => {
      canvas.width = small.width;
      canvas.getContext('2d')?.drawImage(small, 0, 0);
      small.close();
    },
    () => {}, // an empty frame with its name: what is wrong with the photo, the server says
  );
  return canvas;
}
