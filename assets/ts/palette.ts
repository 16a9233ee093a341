// The palette of Ctrl+K (kernel/web/components/palette.html): the pages of the navigation, and what the search page
// finds for what is typed. It reads the lists of that page, so it shows what the person may see and nothing else, and
// there is no second way of searching. The keys stay in the field; aria-activedescendant says which line is chosen.

const kPause = 150; // milliseconds without a letter before the server is asked
const kShortest = 2; // letters
const kOfEachKind = 5;

interface Place {
  title: string;
  detail: string;
  path: string;
}
interface Group {
  label: string;
  places: Place[];
}

let palette: Palette | null = null;

export function openPalette(dialog: HTMLDialogElement): void {
  if (palette?.dialog !== dialog) palette = new Palette(dialog);
  palette.open();
}

class Palette {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly said: HTMLElement;
  private options: HTMLElement[] = [];
  private chosen = 0;
  private asked = new AbortController();
  private timer = 0;

  constructor(readonly dialog: HTMLDialogElement) {
    this.input = dialog.querySelector<HTMLInputElement>('[role=combobox]')!;
    this.list = dialog.querySelector<HTMLElement>('[role=listbox]')!;
    this.said = dialog.querySelector<HTMLElement>('[role=status]')!;
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', (event) => this.pressed(event));
    dialog.addEventListener('close', () => this.forget());
    this.list.addEventListener('mousedown', (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener('click', (event) => this.follow((event.target as Element).closest<HTMLElement>('[role=option]')));
  }

  open(): void {
    this.input.value = '';
    this.dialog.showModal();
    this.show(this.pages());
    this.say('');
  }

  private get query(): string {
    return this.input.value.trim().replace(/\s+/g, ' ');
  }

  private get searchPath(): string {
    return `${this.dialog.dataset.search}?q=${encodeURIComponent(this.query)}`;
  }

  /** The pages at once; what is to be searched for when the hand rests. */
  private typed(): void {
    this.forget();
    const found = this.pages();
    this.show(found);
    const asks = this.query.length >= kShortest;
    this.say(asks ? this.said.dataset.searching : '');
    if (asks) this.timer = window.setTimeout(() => void this.search(found), kPause);
  }

  private async search(before: Group[]): Promise<void> {
    const { signal } = this.asked;
    try {
      const answer = await fetch(`${this.searchPath}&dang-go=1`, { signal, headers: { accept: 'text/html' } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status)); // the session may have ended
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (signal.aborted) return;
      const groups = [...before, ...listsOf(page)];
      const count = groups.reduce((sum, group) => sum + group.places.length, 0);
      this.show(groups);
      this.say(count > 0 ? `${this.said.dataset.count}: ${count}` : this.said.dataset.none);
    } catch {
      if (!signal.aborted) this.say(this.said.dataset.failed);
    }
  }

  /** Whatever answer is still under way comes too late. */
  private forget(): void {
    window.clearTimeout(this.timer);
    this.asked.abort();
    this.asked = new AbortController();
  }

  private pages(): Group[] {
    const words = folded(this.query).split(' ');
    const places = [...document.querySelectorAll<HTMLAnchorElement>('.sidenav a[href]')]
      .map((link) => ({ title: ownText(link), detail: '', path: link.getAttribute('href')! }))
      .filter((place) => words.every((word) => folded(place.title).includes(word)));
    return places.length > 0 ? [{ label: this.list.dataset.pages ?? '', places }] : [];
  }

  private show(groups: Group[]): void {
    this.list.replaceChildren(...groups.map((group, index) => this.group(group, index)));
    if (this.query) this.list.append(this.everywhere());
    this.options = [...this.list.querySelectorAll<HTMLElement>('[role=option]')];
    this.options.forEach((option, index) => (option.id = `${this.list.id}-${index + 1}`));
    this.choose(0);
    this.list.scrollTop = 0;
  }

  private group({ label, places }: Group, index: number): HTMLElement {
    const heading = made('p', 'palette__label', label);
    heading.id = `${this.list.id}-n${index + 1}`;
    const group = made('div', 'palette__group');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-labelledby', heading.id);
    group.append(heading, ...places.map(optionOf));
    return group;
  }

  /** The last line leads to the search page itself, with all its kinds and pages. */
  private everywhere(): HTMLElement {
    return optionOf({ title: `${this.list.dataset.everywhere} “${this.query}”`, detail: '', path: this.searchPath });
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return; // Enter and the arrows belong to the input method
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) this.choose((this.chosen + step + this.options.length) % this.options.length);
    else if (event.key === 'Enter') this.follow(this.options[this.chosen]);
    else return;
    event.preventDefault();
  }

  private choose(index: number): void {
    this.chosen = index;
    this.options.forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
    const option = this.options[index];
    this.input.setAttribute('aria-activedescendant', option?.id ?? '');
    option?.scrollIntoView({ block: 'nearest' });
  }

  private follow(option: HTMLElement | null | undefined): void {
    const path = option?.dataset.path;
    if (!path) return;
    this.dialog.close();
    window.location.assign(path);
  }

  private say(text = ''): void {
    this.said.textContent = text;
  }
}

/** What the search page shows: each list a kind, named by the heading of its section. */
function listsOf(page: Document): Group[] {
  return [...page.querySelectorAll<HTMLElement>('main [data-list]')].map((list) => ({
    label: textOf(list.closest('section')?.querySelector('h2')),
    places: [...list.children].slice(0, kOfEachKind).map((row) => ({
      title: textOf(row.querySelector('a')),
      detail: textOf(row.querySelector('.small')),
      path: row.querySelector('a')?.getAttribute('href') ?? '',
    })),
  }));
}

function optionOf(place: Place): HTMLElement {
  const option = made('div', 'palette__option');
  option.setAttribute('role', 'option');
  option.dataset.path = place.path;
  option.append(made('span', '', place.title));
  if (place.detail) option.append(' ', made('span', 'small', place.detail));
  return option;
}

function made(name: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').trim().replace(/\s+/g, ' ');
}

/** The words of a link without what counts beside them. */
function ownText(link: Element): string {
  return [...link.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : '')).join('').trim();
}

/** As the server folds (loa/base/text.h): small letters without marks, đ as d. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
