// What is wider than the page scrolls in a box of its own, which the keyboard can reach; what fits needs no stop there.
{
  const measure = () => {
    for (const formula of document.querySelectorAll('article .katex')) {
      if (formula.closest('.scroll')) continue;
      formula.classList.remove('wide-formula');
      if (
        formula.getBoundingClientRect().right >
        formula.closest('article').getBoundingClientRect().right + 1
      )
        formula.classList.add('wide-formula');
    }
    for (const box of document.querySelectorAll('.scroll, .wide-formula')) {
      if (box.scrollWidth > box.clientWidth + 1) {
        box.tabIndex = 0;
        box.setAttribute('role', 'group');
        box.setAttribute('aria-label', box.dataset.label ?? 'Formula');
      } else {
        for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name);
      }
      shade(box);
    }
  };
  /** At which edges there is more to see. */
  const shade = (box) => {
    const beyond = box.scrollWidth - box.clientWidth;
    box.classList.toggle('more-before', beyond > 1 && box.scrollLeft > 1);
    box.classList.toggle('more-after', beyond > 1 && box.scrollLeft < beyond - 1);
  };
  measure();
  // What scrolls tells nobody but itself and those that listen on the way down.
  addEventListener(
    'scroll',
    ({ target }) => target.matches?.('.scroll, .wide-formula') && shade(target),
    true,
  );
  addEventListener('load', measure);
  addEventListener('resize', measure);
}
