/** A <details class="menu"> closes when something else is pressed, and on Escape. */
export function closeMenusOutside(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>('.menu[open]');
  document.addEventListener('click', (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
}
