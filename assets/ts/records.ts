// <ol data-list>, <table data-list>: a list of records, of which each row is one. j and k put the focus on what opens
// the next and the previous: [data-opens] where a row has one, or its first link or <summary>; Enter does the rest. A row
// that opens nothing takes the focus itself, so that it can be read. Lists follow each other as on the page.

const kRecord = ['li', 'article', 'details', 'tbody > tr:not(.group)'].map((row) => `[data-list] > ${row}`).join(', ');
const kOpens = ['[data-opens]', 'a[href], summary:not(.btn)'];

export function stepThroughRecords(direction: 1 | -1): void {
  const records = [...document.querySelectorAll<HTMLElement>(kRecord)].filter(isShown);
  const here = records.findIndex((record) => record.contains(document.activeElement));
  const next = records[here < 0 ? (direction > 0 ? 0 : records.length - 1) : here + direction];
  if (!next) return;
  const stop = opens(next) ?? next;
  if (stop === next) next.tabIndex = -1;
  stop.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function opens(record: HTMLElement): HTMLElement | undefined {
  return kOpens.flatMap((selector) => [...record.querySelectorAll<HTMLElement>(selector)]).find(isShown);
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
