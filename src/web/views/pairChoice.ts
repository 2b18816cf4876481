import { element } from '../dom/element.ts';
import type { State } from '../state/state.ts';
import { LOOK } from '../state/store.ts';
import type { Pair } from './minimaInPlane.ts';
import type { Tools } from './view.ts';

/** The pair of units that spans the plane; the first two where the state names units that are not there. */
export function pairOf({ view: { pair } }: State, K: number): Pair {
  const [i, j] = pair;
  return i !== j && Math.max(i, j) < K && Math.min(i, j) >= 0 ? pair : [0, 1];
}

/** Two choices of units, shown where there are more than two. */
export function pairChoice({ store }: Pick<Tools, 'store'>) {
  const selects = ['Horizontal', 'Vertical'].map((label) =>
    element('select', { 'aria-label': `${label}: student unit` }),
  );
  const choice = element(
    'div',
    { class: 'pair' },
    element('label', {}, 'across: unit ', selects[0]),
    element('label', {}, 'up: unit ', selects[1]),
  );
  selects.forEach((select, axis) => {
    select.addEventListener('change', () => {
      const state = store.get();
      const now = selects.map(({ value }) => Number(value)) as [number, number];
      // Taking the unit of the other axis exchanges the two.
      if (now[0] === now[1]) now[1 - axis] = before[axis];
      store.set({ ...state, view: { ...state.view, pair: now } }, LOOK);
    });
  });
  let units = 0;
  let before: Pair = [0, 1];
  return {
    choice,
    show(pair: Pair, K: number): void {
      choice.hidden = K <= 2;
      if (K !== units)
        for (const select of selects)
          select.replaceChildren(
            ...Array.from({ length: K }, (_, k) => element('option', { value: k }, String(k + 1))),
          );
      units = K;
      before = pair;
      selects.forEach((select, axis) => {
        select.value = String(pair[axis]);
      });
    },
  };
}
