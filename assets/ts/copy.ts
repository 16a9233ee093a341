// <button data-copy="ID" data-copied="Đã sao chép" hidden>: copies the field with that id. Without this script the
// button stays hidden and the text is marked and copied by hand.

export function enhanceCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const field = document.getElementById(button.dataset.copy ?? '');
    if (!(field instanceof HTMLTextAreaElement)) continue;
    button.hidden = false;
    button.addEventListener('click', () => void copy(field, button));
  }
}

async function copy(field: HTMLTextAreaElement, button: HTMLButtonElement): Promise<void> {
  field.select(); // whatever happens, the text is marked: Ctrl+C is one step away
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Over plain HTTP there is no clipboard; the old way is there everywhere.
    if (!document.execCommand('copy')) return;
  }
  const said = button.parentElement?.querySelector('[role=status]');
  if (said) said.textContent = button.dataset.copied ?? '';
}
