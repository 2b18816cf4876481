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
        fields: ['title', 'page', 'text', 'code', 'asked'],
        storeFields: ['title', 'page', 'text', 'code', 'path', 'rank', 'asked'],
      }),
    );
    return index;
  };

  const search = async () => {
    const query = input.value.trim();
    if (query === '') return close();
    status.textContent = 'Searching …';
    found.hidden = false;
    const hits = ranked(await wanted(), query);
    if (input.value.trim() !== query) return;
    status.textContent =
      hits.length === 0
        ? 'Nothing found.'
        : `${hits.length} ${hits.length === 1 ? 'place' : 'places'} found.`;
    list.replaceChildren(...hits.slice(0, 20).map(item));
  };

  /** What answers the very question, then what bears the very name; then the guide, the API, files; what is misspelt comes last. */
  const ranked = (index, query) => {
    const asked = query.toLowerCase();
    const options = {
      boost: { asked: 6, title: 4, page: 2, code: 0.5 },
      prefix: true,
      combineWith: 'AND',
      boostDocument: (_id, _term, { path, rank }) => (path.includes('#') ? (rank === 1 ? 0.4 : 1) : 1.5),
    };
    const order = (hit) => [
      Number(!hit.asked.some((one) => one.toLowerCase() === asked)),
      Number(!(hit.rank < 2 && hit.title.toLowerCase() === asked)),
      hit.rank,
      -hit.score,
    ];
    const sorted = (hits) =>
      hits
        .map((hit) => ({ hit, key: order(hit) }))
        .sort((a, b) => a.key.map((one, i) => one - b.key[i]).find((one) => one !== 0) ?? 0)
        .map(({ hit }) => hit);
    const hits = sorted(index.search(query, options));
    const spelt = new Set(hits.map(({ id }) => id));
    const fuzzy = (word) => (word.length > 4 ? 0.2 : false);
    const near = index.search(query, { ...options, fuzzy }).filter(({ id }) => !spelt.has(id));
    return [...hits, ...sorted(near)];
  };

  const item = ({ title, page, text, code, path, terms }) => {
    const link = document.createElement('a');
    link.href = root + path;
    const name = document.createElement('b');
    name.textContent = title;
    const where = document.createElement('span');
    where.textContent = `${page === title ? '' : ` · ${page}`} ${around(text, code, terms)}`;
    link.append(name, where);
    const entry = document.createElement('li');
    entry.append(link);
    return entry;
  };

  /** Some words of the passage, whole ones, where it first says what was asked for; of its code if only that does. */
  const around = (text, code, terms) => {
    const first = (words) =>
      Math.min(...terms.map((term) => (words.toLowerCase().indexOf(term) + 1 || Infinity) - 1));
    const words = Number.isFinite(first(text)) || !Number.isFinite(first(code)) ? text || code : code;
    if (words === '') return '';
    const at = first(words);
    const from = Number.isFinite(at) && at > 60 ? words.indexOf(' ', at - 50) + 1 : 0;
    const rest = words.slice(from);
    const part = rest.length > 130 ? `${rest.slice(0, 130).replace(/\s+\S*$/, '')} …` : rest;
    return `${from > 0 ? '… ' : '— '}${part}`;
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
