/**
 * The report's script: filters, their counts and their state in the address. Plain JavaScript of its own, the same in every report, so
 * that its hash can stand in the page's security policy. It reads attributes and shows or hides elements; it makes no markup.
 */
export const reportScript = `
(() => {
  'use strict';
  const form = document.querySelector('.filters');
  if (!form) return;
  const findings = [...document.querySelectorAll('.finding')];
  const boxes = [...form.querySelectorAll('input[type=checkbox]')];
  const search = form.querySelector('input[type=search]');
  const shown = form.querySelector('.shown');
  const nothing = document.querySelector('.nothing');
  const facets = ['priority', 'category'];
  const chosen = (facet) => boxes.filter((box) => box.name === facet && box.checked).map((box) => box.value);

  const matcher = (without) => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = facets.filter((facet) => facet !== without).map((facet) => [facet, chosen(facet)]);
    return (finding) =>
      words.every((word) => finding.dataset.search.includes(word)) &&
      wanted.every(([facet, values]) => values.length === 0 || values.includes(finding.dataset[facet]));
  };

  const show = () => {
    const matches = matcher();
    const visible = findings.filter((finding) => (finding.hidden = !matches(finding)) === false);
    for (const box of boxes) {
      const others = findings.filter(matcher(box.name));
      const number = others.filter((finding) => finding.dataset[box.name] === box.value).length;
      box.parentElement.querySelector('.number').textContent = number;
      box.parentElement.classList.toggle('none', number === 0);
    }
    const filtered = visible.length < findings.length;
    shown.textContent = filtered ? visible.length + ' of ' + findings.length + ' shown' : findings.length + ' shown';
    nothing.hidden = visible.length > 0;
    form.querySelector('[data-do=reset]').disabled = !search.value && !boxes.some((box) => box.checked);
  };

  const write = () => {
    const parts = facets.filter((facet) => chosen(facet).length > 0).map((facet) => facet + '=' + chosen(facet).join(','));
    if (search.value.trim()) parts.push('q=' + encodeURIComponent(search.value.trim()));
    history.replaceState(null, '', parts.length > 0 ? '#' + parts.join('&') : location.pathname + location.search);
  };

  const read = () => {
    const hash = location.hash.slice(1);
    const target = /^F-[0-9a-z]{8}$/.test(hash) && document.getElementById(hash);
    if (target) {
      target.querySelector('details').open = true;
      target.scrollIntoView();
    }
    if (!hash.includes('=')) return;
    const state = new URLSearchParams(hash);
    for (const box of boxes) box.checked = (state.get(box.name) || '').split(',').includes(box.value);
    search.value = state.get('q') || '';
  };

  const actions = {
    reset: () => {
      for (const box of boxes) box.checked = false;
      search.value = '';
      write();
      show();
    },
    open: () => setOpen(true),
    close: () => setOpen(false),
  };
  const setOpen = (open) => {
    for (const finding of findings) if (!finding.hidden) finding.querySelector('details').open = open;
  };

  form.addEventListener('input', () => (write(), show()));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-do]');
    if (button) actions[button.dataset.do]();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target.matches('input, textarea');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === 'Escape' && event.target === search && search.value) {
      search.value = '';
      write();
      show();
    }
  });
  addEventListener('hashchange', () => (read(), show()));
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('.finding > details:not([open])')];
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });

  form.hidden = false;
  read();
  show();
})();
`;
