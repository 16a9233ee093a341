const dirty = new WeakSet<HTMLFormElement>();

/** <form data-guard>: leaving the page with changed fields asks first; sending the form doesn't. */
export function guardForms(): void {
  const forms = document.querySelectorAll<HTMLFormElement>('form[data-guard]');
  if (forms.length === 0) return;
  for (const form of forms) {
    form.addEventListener('input', () => dirty.add(form));
    form.addEventListener('submit', () => dirty.delete(form));
  }
  window.addEventListener('beforeunload', (event) => {
    const unsaved = [...document.querySelectorAll<HTMLFormElement>('form[data-guard]')].some((form) => dirty.has(form));
    if (unsaved) event.preventDefault();
  });
}
