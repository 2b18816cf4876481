// The search. Its index is a script, as pages that are files may load nothing else, and it comes when it is first wanted.
{
  const root = document.documentElement.dataset.root;
  const box = document.querySelector('.search');
  const input = box.querySelector('input');
  const found = box.querySelector('.found');
  const status = found.querySelector('p');
  const list = found.querySelector('ol');
  let index;

  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${root}assets/${name}`;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  const wanted = () => {
    index ??= Promise.all([load('minisearch.js'), load('search-index.js')]).then(() =>
      MiniSearch.loadJS(window.bookIndex, {
        fields: ['title', 'page', 'text'],
        storeFields: ['title', 'page', 'text', 'path'],
      }),
    );
    return index;
  };

  const search = async () => {
    const query = input.value.trim();
    if (query === '') return close();
    status.textContent = 'Searching …';
    found.hidden = false;
    const hits = (await wanted()).search(query, {
      boost: { title: 4, page: 2 },
      prefix: true,
      fuzzy: (word) => (word.length > 4 ? 0.2 : false),
      combineWith: 'AND',
      boostDocument: (_id, _term, entry) => weight(entry, query),
    });
    if (input.value.trim() !== query) return;
    status.textContent =
      hits.length === 0
        ? 'Nothing found.'
        : `${hits.length} ${hits.length === 1 ? 'place' : 'places'} found.`;
    list.replaceChildren(...hits.slice(0, 20).map(item));
  };

  /** What bears the very name comes first, then pages and their parts; members of the API and files come last. */
  const weight = ({ title, page, path }, query) =>
    (title.toLowerCase() === query.toLowerCase() ? 5 : 1) *
    (page === 'File' ? 0.3 : page === 'API' && path.includes('#') ? 0.4 : path.includes('#') ? 1 : 1.5);

  const item = ({ title, page, text, path, terms }) => {
    const link = document.createElement('a');
    link.href = root + path;
    const name = document.createElement('b');
    name.textContent = title;
    const where = document.createElement('span');
    where.textContent = `${page === title ? '' : ` · ${page}`} ${around(text, terms)}`;
    link.append(name, where);
    const entry = document.createElement('li');
    entry.append(link);
    return entry;
  };

  /** Some words of the passage, where it first says what was asked for. */
  const around = (text, terms) => {
    const at = Math.max(
      0,
      Math.min(...terms.map((term) => (text.toLowerCase().indexOf(term) + 1 || Infinity) - 1)),
    );
    const from = Number.isFinite(at) && at > 60 ? text.indexOf(' ', at - 50) + 1 : 0;
    if (text === '') return '';
    const part = text.slice(from, from + 130);
    return `${from > 0 ? '… ' : '— '}${part}${from + 130 < text.length ? ' …' : ''}`;
  };

  const close = () => {
    found.hidden = true;
    list.replaceChildren();
  };

  const links = () => [...list.querySelectorAll('a')];
  box.addEventListener('keydown', (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      close();
      if (at >= 0) input.focus();
      else input.blur();
    } else if (event.key === 'ArrowDown' && at + 1 < all.length) all[at + 1].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (all[at - 1] ?? input).focus();
    else if (event.key === 'Enter' && at < 0 && all.length > 0) all[0].click();
    else return;
    event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  input.addEventListener('focus', wanted);
  input.addEventListener('input', search);
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (!box.contains(relatedTarget)) close();
  });
  list.addEventListener('click', close);
  box.hidden = false;
}
