// Review of what was read out of a document. A field or an item names its words in the document:
//   <div class="field" data-source="s12 s13">  …  <mark id="s12">words</mark>
// Going to the field marks them and brings the first into view. The items are records of a list: keys.ts walks them.

export function enhanceReview(): void {
  const review = document.querySelector<HTMLElement>('.review');
  const paper = review?.querySelector<HTMLElement>('.doc');
  if (!review || !paper) return;
  review.addEventListener('focusin', (event) => showSource(review, paper, event.target as Element));
  review.addEventListener('click', (event) => showSource(review, paper, event.target as Element));
}

function showSource(review: HTMLElement, paper: HTMLElement, target: Element): void {
  const holder = target.closest<HTMLElement>('[data-source]');
  if (!holder || paper.contains(holder)) return;
  for (const now of review.querySelectorAll('.is-now')) now.classList.remove('is-now');
  holder.classList.add('is-now');
  const marks = (holder.dataset.source ?? '').split(/\s+/).flatMap((id) => {
    const mark = document.getElementById(id);
    return mark ? [mark] : [];
  });
  for (const mark of marks) mark.classList.add('is-now');
  if (marks.length > 0) bringIntoView(paper, marks[0]);
}

/** Scrolls the document panel alone where it has its own scrolling; else leaves the page where it is. */
function bringIntoView(paper: HTMLElement, mark: HTMLElement): void {
  if (paper.scrollHeight <= paper.clientHeight) return;
  const from = paper.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  const seen = at.top >= from.top && at.bottom <= from.bottom;
  if (!seen) paper.scrollBy(0, at.top - from.top - from.height / 3); // smoothly, where the style sheet says so
}
