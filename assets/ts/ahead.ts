// <input type="file" name="files" data-ahead="PANEL">: files of 8 MB and more go ahead of their form in chunks
// (kernel/media/include/loa/media/ahead.h), so that a broken line or a reload costs one chunk. Smaller ones, and all of
// them without this script or without TLS, go with the form.

const FROM = 8 * 1024 * 1024;
const ADDRESS = '/-/tai-len';
const AGAIN = 3000; // milliseconds, after the network failed

interface Sent {
  id: string;
  received: number;
  size: number;
  chunk: number;
  finished: boolean;
}

/** What the server says to the person; anything else is a broken line, and is tried again. */
class Refused extends Error {}

export function enhanceAhead(): void {
  if (!window.crypto?.subtle) return;
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type=file][data-ahead]')) {
    const form = input.form;
    const panel = document.getElementById(input.dataset.ahead ?? '');
    if (!form || !panel || form.dataset.aheadReady) continue;
    form.dataset.aheadReady = 'yes';
    // Before every other listener: the form is sent once its large files are there.
    form.addEventListener('submit', (event) => intercept(event, form, input, panel), { capture: true });
  }
}

function intercept(event: SubmitEvent, form: HTMLFormElement, input: HTMLInputElement, panel: HTMLElement): void {
  const files = [...(input.files ?? [])];
  if (!files.some((file) => file.size >= FROM)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!panel.hidden && panel.dataset.busy) return;
  void sendAll(form, input, files, new Panel(panel)).then((all) => {
    if (all) form.requestSubmit(event.submitter);
  });
}

/** Sends the large ones and leaves the others in the field; false where the server refused one. */
async function sendAll(form: HTMLFormElement, input: HTMLInputElement, files: File[], panel: Panel): Promise<boolean> {
  const token = form.querySelector<HTMLInputElement>('input[name=csrf]')?.value ?? '';
  const left = new DataTransfer();
  const sent: string[] = [];
  try {
    for (const file of files) {
      if (file.size < FROM) left.items.add(file);
      else sent.push(await new Sender(file, token, panel).send());
    }
  } catch (error) {
    panel.fail(error instanceof Refused ? error.message : '');
    return false;
  }
  for (const id of sent) {
    const hidden = document.createElement('input');
    hidden.type = 'hidden';
    hidden.name = input.name + '-sent';
    hidden.value = id;
    form.append(hidden);
  }
  input.files = left.files;
  panel.hide();
  return true;
}

class Sender {
  /** The same file, chosen again after a reload, goes on where it was. */
  private readonly key: string;

  constructor(
    private readonly file: File,
    private readonly token: string,
    private readonly panel: Panel,
  ) {
    this.key = ['ahead', file.name, file.size, file.lastModified].join('|');
  }

  /** The id that the form names it by. */
  async send(): Promise<string> {
    let state = await this.begin();
    while (!state.finished) {
      this.panel.show(this.file.name, state.received / this.file.size, state.received, this.file.size);
      await this.panel.mayGoOn();
      const known = state;
      state = await this.patiently(() => (known.received < this.file.size ? this.chunk(known) : this.post(known.id + '/xong')));
    }
    return state.id; // and the key stays: should the form come back, the file is here already
  }

  private async begin(): Promise<Sent> {
    const known = localStorage.getItem(this.key);
    if (known) {
      try {
        return await this.patiently(() => fetch(ADDRESS + '/' + known));
      } catch {
        localStorage.removeItem(this.key); // it has ended, or a form has used it
      }
    }
    const fields = new URLSearchParams({ csrf: this.token, name: this.file.name, size: String(this.file.size) });
    const state = await this.patiently(() => fetch(ADDRESS, { method: 'POST', body: fields }));
    localStorage.setItem(this.key, state.id);
    return state;
  }

  private async chunk(state: Sent): Promise<Response> {
    const bytes = await this.file.slice(state.received, state.received + state.chunk).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const headers = {
      'Content-Type': 'application/octet-stream',
      'X-Csrf-Token': this.token,
      'Upload-Offset': String(state.received),
      'Upload-Sha256': [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    };
    return fetch(ADDRESS + '/' + state.id, { method: 'POST', body: bytes, headers });
  }

  private post(path: string): Promise<Response> {
    return fetch(ADDRESS + '/' + path, { method: 'POST', body: new URLSearchParams({ csrf: this.token }) });
  }

  /** Asks until there is an answer: the network may be away for an hour. */
  private async patiently(ask: () => Promise<Response>): Promise<Sent> {
    for (;;) {
      try {
        const answer = await ask();
        if (answer.ok || answer.status === 409) return (await answer.json()) as Sent; // 409 says where to go on
        if (answer.status === 422 || answer.status === 404 || answer.status === 403) throw new Refused(await problem(answer));
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      this.panel.wait();
      await new Promise((resolve) => window.setTimeout(resolve, AGAIN));
      await this.panel.mayGoOn();
    }
  }
}

async function problem(answer: Response): Promise<string> {
  try {
    return ((await answer.json()) as { problem: string }).problem;
  } catch {
    return ''; // a page, not ours: the panel has words of its own
  }
}

/** How far it is, and the button that stops it: kernel/media/pages/_ahead.html. */
class Panel {
  private readonly progress: HTMLProgressElement;
  private readonly said: HTMLElement;
  private readonly button: HTMLButtonElement;
  private resume: (() => void) | null = null;
  private paused = false;

  constructor(private readonly frame: HTMLElement) {
    this.progress = frame.querySelector('progress')!;
    this.said = frame.querySelector<HTMLElement>('[role=status]')!;
    this.button = frame.querySelector('button')!;
    this.button.onclick = () => this.toggle();
    this.button.hidden = false;
    frame.hidden = false;
    frame.dataset.busy = 'yes';
  }

  show(name: string, share: number, sent: number, size: number): void {
    this.progress.value = share;
    const text = this.said.dataset;
    this.say(`${text.sending}: ${name}, ${megabytes(sent)} ${text.of} ${megabytes(size)}`);
  }
  wait(): void {
    this.say(this.said.dataset.waiting ?? '');
  }
  fail(problem: string): void {
    this.say(problem || (this.said.dataset.failed ?? ''));
    this.button.hidden = true;
    delete this.frame.dataset.busy;
  }
  hide(): void {
    this.frame.hidden = true;
    delete this.frame.dataset.busy;
  }
  async mayGoOn(): Promise<void> {
    if (this.paused) await new Promise<void>((resolve) => (this.resume = resolve));
  }

  private say(text: string): void {
    if (!this.paused) this.said.textContent = text;
  }
  private toggle(): void {
    if (!this.paused) this.say(this.said.dataset.paused ?? '');
    this.paused = !this.paused;
    this.button.textContent = (this.paused ? this.button.dataset.goOn : this.button.dataset.pause) ?? '';
    if (!this.paused) {
      this.resume?.();
      this.resume = null;
    }
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 0 }) + ' MB';
}
