/** In the browser: the search of each page, and folded parts that are opened for a link into them or for a printer. */

const input = document.getElementById('search');
const found = document.getElementById('found');
const MOST = 40;

let entries;

/** The index is a script that calls this; it is loaded when somebody searches. */
globalThis.searchIndex = (list) => {
  entries = list.map(([title, place, kind, words = '']) => ({
    ...{ title, place, kind },
    lower: title.toLowerCase(),
    all: `${title} ${place} ${kind} ${words}`.toLowerCase(),
  }));
  show();
};

function load() {
  if (entries) return;
  entries = [];
  document.head.append(Object.assign(document.createElement('script'), { src: 'search-index.js' }));
}

/** All words must be in an entry; those with more of them in the title come first, and of these the ones that begin with them. */
function matching(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ lower }) =>
    (lower.startsWith(words.join(' ')) ? 2 : 0) + words.filter((word) => lower.includes(word)).length * 4;
  return entries
    .filter(({ all }) => words.every((word) => all.includes(word)))
    .map((entry, i) => ({ entry, rank: rank(entry), i }))
    .sort((a, b) => b.rank - a.rank || a.i - b.i)
    .map(({ entry }) => entry);
}

function show() {
  const list = input.value.trim() ? matching(input.value) : [];
  found.hidden = !input.value.trim();
  found.replaceChildren(...list.slice(0, MOST).map(lineOf));
  if (list.length === 0) found.textContent = 'Nothing is found: fewer or other words may be.';
  if (list.length > MOST) found.append(`and ${list.length - MOST} more: another word makes it fewer`);
  found.querySelector('li')?.classList.add('chosen');
}

function lineOf({ title, place, kind }) {
  const link = Object.assign(document.createElement('a'), { href: place });
  const small = Object.assign(document.createElement('small'), { textContent: kind, className: 'kind' });
  link.append(Object.assign(document.createElement('span'), { textContent: title }), small);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

function choose(by) {
  const items = [...found.querySelectorAll('li')];
  const at = items.findIndex((item) => item.classList.contains('chosen'));
  const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
  items[at]?.classList.remove('chosen');
  next?.classList.add('chosen');
  next?.scrollIntoView({ block: 'nearest' });
}

function close() {
  found.hidden = true;
}

const KEYS = {
  ArrowDown: () => choose(1),
  ArrowUp: () => choose(-1),
  Escape: close,
};

input.addEventListener('focus', load);
input.addEventListener('input', show);
input.addEventListener('keydown', (event) => {
  if (!KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
input.form.addEventListener('submit', (event) => {
  event.preventDefault();
  found.querySelector('li.chosen a')?.click();
});
found.addEventListener('click', close);
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === input) return;
  event.preventDefault();
  input.focus();
});
document.addEventListener('click', ({ target }) => {
  if (!target.closest('header')) close();
  for (const menu of document.querySelectorAll('.menu[open]')) if (!menu.contains(target)) menu.open = false;
});

/** A link into a folded part opens it. */
function open() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let part = target; part; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', open);
open();

/** A printer gets all scenarios; what was folded is folded again afterwards. */
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details.scenario:not([open])')];
  for (const part of opened) part.open = true;
});
addEventListener('afterprint', () => {
  for (const part of opened) part.open = false;
});
