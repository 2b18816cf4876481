import type { AlphaGrid } from '../../index.ts';
import { howMany } from '../../support/howMany.ts';
import { MOST_TIMES } from '../exchange/stateShape.ts';
import { withProblem } from '../state/edit.ts';
import type { State } from '../state/state.ts';
import type { Control, Group } from './control.ts';
import { log } from './scale.ts';
import { short } from './words.ts';

const gridOf = ({ problem: { alpha } }: State): AlphaGrid | undefined =>
  Array.isArray(alpha) ? undefined : alpha;
const listOf = ({ problem: { alpha } }: State): number[] | undefined =>
  Array.isArray(alpha) ? alpha : undefined;
const isGrid = (state: State): boolean => gridOf(state) !== undefined;
const isLog = (state: State): boolean => (gridOf(state)?.scale ?? 'log') === 'log';

const withGrid = (state: State, part: Partial<AlphaGrid>): State =>
  withProblem(state, { alpha: { ...gridOf(state)!, ...part } });

/** A log scale begins above 0: where it would begin at 0, it begins at this part of its end. */
const DECADES = 1e-4;
const aboveZero = (from: number, to: number): number => (from > 0 ? from : to * DECADES);

/** The range and scale of a list of times. */
function rangeOf(times: readonly number[]): AlphaGrid {
  const [from, to] = [times[0], times[times.length - 1]];
  const points = Math.max(2, times.length);
  if (!(to > from)) return { from: 0, to: to > 0 ? to : 1, points: 200, scale: 'linear' };
  return { from, to, points, scale: from > 0 && to / from > 100 ? 'log' : 'linear' };
}

const ends: Control[] = [
  {
    kind: 'number',
    id: 'from',
    label: 'From α',
    paths: ['alpha.from'],
    scale: log(1e-3, 1e3),
    shown: isGrid,
    get: (state) => gridOf(state)?.from,
    set: (state, from) => withGrid(state, { from }),
  },
  {
    kind: 'number',
    id: 'to',
    label: 'To α',
    help: 'Time α counts examples per input: one unit of it is N examples.',
    book: 'model.html#time-and-why-there-are-equations',
    paths: ['alpha.to'],
    scale: log(1, 1e6),
    shown: isGrid,
    get: (state) => gridOf(state)?.to,
    set: (state, to) => withGrid(state, { to }),
  },
  {
    kind: 'number',
    id: 'points',
    label: 'Points of the curve',
    paths: ['alpha.points'],
    whole: { least: 2, most: MOST_TIMES },
    shown: isGrid,
    get: (state) => gridOf(state)?.points,
    set: (state, points) => withGrid(state, { points }),
  },
  {
    kind: 'choice',
    id: 'scale',
    label: 'Scale',
    paths: ['alpha.scale'],
    options: [
      ['log', 'log'],
      ['linear', 'linear'],
    ],
    shown: isGrid,
    get: (state) => (isLog(state) ? 'log' : 'linear'),
    set: (state, scale) => {
      const { from, to } = gridOf(state)!;
      return scale === 'log'
        ? withGrid(state, { scale, from: aboveZero(from, to) })
        : withGrid(state, { scale: 'linear' });
    },
  },
];

export const time: Group = {
  id: 'time',
  title: 'Time',
  controls: [
    {
      kind: 'note',
      id: 'times',
      label: 'Times',
      paths: ['alpha'],
      shown: (state) => !isGrid(state),
      text: (state) => {
        const times = listOf(state) ?? [];
        return times.length === 1
          ? `One time, α = ${short(times[0])}, from a list.`
          : `A list of ${howMany(times.length, 'time')}, from α = ${short(times[0])} to ${short(times[times.length - 1])}.`;
      },
    },
    {
      kind: 'action',
      id: 'range',
      label: 'Make it a range',
      shown: (state) => !isGrid(state),
      act: (state) => withProblem(state, { alpha: rangeOf(listOf(state) ?? []) }),
    },
    ...ends,
  ],
};
