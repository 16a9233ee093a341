// A frame of class "drop" with a file input, in <form data-sending="Đang tải lên">: files may be dropped on the
// whole frame, and sending shows how far it is. Without this script the form is sent as any other.

/** `shown` is called after an answer took the page's place. */
export function enhanceDrops(shown: () => void): void {
  for (const frame of document.querySelectorAll<HTMLElement>('.drop')) {
    const input = frame.querySelector<HTMLInputElement>('input[type=file]');
    const form = input?.form;
    if (!input || !form) continue;
    acceptDrops(frame, input);
    form.addEventListener('submit', (event) => {
      if (!input.files?.length) return; // the server says what is missing
      event.preventDefault();
      send(form, frame, shown);
    });
  }
}

function acceptDrops(frame: HTMLElement, input: HTMLInputElement): void {
  const over = (on: boolean) => frame.classList.toggle('is-over', on);
  frame.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  frame.addEventListener('dragleave', (event) => {
    if (!frame.contains(event.relatedTarget as Node | null)) over(false);
  });
  frame.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    input.files = input.multiple ? files : firstOf(files);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

function firstOf(files: FileList): FileList {
  const one = new DataTransfer();
  one.items.add(files[0]);
  return one.files;
}

function send(form: HTMLFormElement, frame: HTMLElement, shown: () => void): void {
  const button = form.querySelector<HTMLButtonElement>('button:not([type=button])');
  const progress = document.createElement('progress');
  progress.className = 'meter';
  progress.max = 1;
  const said = document.createElement('p');
  said.className = 'hint';
  said.setAttribute('role', 'status');
  said.textContent = form.dataset.sending ?? '';
  progress.setAttribute('aria-label', said.textContent);
  frame.append(progress, said);
  button?.setAttribute('aria-busy', 'true');

  const request = new XMLHttpRequest(); // fetch() can't say how much has been sent
  request.open('POST', form.action);
  request.upload.addEventListener('progress', (event) => {
    if (event.lengthComputable) progress.value = event.loaded / event.total;
  });
  request.addEventListener('load', () => {
    showAnswer(request);
    enhanceDrops(shown);
    shown();
  });
  request.addEventListener('error', () => {
    progress.remove();
    said.remove();
    button?.removeAttribute('aria-busy');
    form.submit(); // once more without us: the browser explains what is wrong
  });
  request.send(new FormData(form));
}

/** The answer as if the browser had followed it: a redirect's page, or the form with what is wrong in it. */
function showAnswer(request: XMLHttpRequest): void {
  if (!(request.getResponseHeader('content-type') ?? '').startsWith('text/html')) {
    window.location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
  document.title = answer.title;
  document.body.replaceWith(answer.body);
  window.history.replaceState(null, '', request.responseURL); // Back leads to before the form
  window.scrollTo(0, 0);
}
