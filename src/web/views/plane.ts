import type { Frame } from '../../draw/index.ts';
import type { ResolvedProblem } from '../../index.ts';
import { element } from '../dom/element.ts';
import type { Scene } from '../scene.ts';
import { withProblem, withV } from '../state/edit.ts';
import { drawnNow } from '../state/resolved.ts';
import type { State } from '../state/state.ts';
import { arrowHandle, type Held, type Point } from './arrowHandle.ts';
import { chartPlace, charts } from './chartPlace.ts';
import { minimaFinder, on, type Pair } from './minimaInPlane.ts';
import { pairChoice, pairOf } from './pairChoice.ts';
import { COLOUR, type Plane, planeChart, reach } from './planeChart.ts';
import type { Draw, Tools, View } from './view.ts';

/** Handles nearer to each other than this, in pixels, are drawn apart. */
const APART = 30;

/** Puts a vector by hand in place of what the problem says. */
const SET = {
  F: (state: State, feedback: number[]): State => withProblem(state, { feedback }),
  v: withV,
} as const;
type Name = keyof typeof SET;

const LABELS: Record<Name, string> = {
  F: 'Feedback F, the arrow keys move it',
  v: 'Second layer v at the start, the arrow keys move it',
};

/** The plane of two output weights, in which F and the v at the start are dragged. */
export const planeView: View = {
  id: 'plane',
  title: 'The plane of v',
  help: 'The path of two of the student’s output weights, dotted to its end. Drag the tips of F, the feedback, and of v at the start, or move them with the arrow keys, finely with Shift. Open points: students without error; DFA ends in the filled one, best aligned with F, from small starts.',
  book: 'theory.html#degenerate-minima',
  mount,
};

function mount(place: HTMLElement, tools: Tools): Draw {
  const { choice, show: showChoice } = pairChoice(tools);
  place.append(choice);
  const { plot, show } = chartPlace(place);
  plot.classList.add('plane');
  plot.hidden = choice.hidden = true;
  const words = element('p', { class: 'status' });
  place.append(words);
  const minimaOf = minimaFinder();
  let plane: (Plane & { half: number; frame: Frame }) | undefined;
  let held: Name | undefined;

  const vectorOf = (name: Name, { feedback, student }: ResolvedProblem): readonly number[] =>
    name === 'F' ? (feedback ?? []) : student.v;
  /** What the state says now, which may be newer than what is drawn. */
  const now = (): { problem: ResolvedProblem; pair: Pair } | undefined => {
    const problem = drawnNow(tools.store.get());
    return problem && { problem, pair: pairOf(tools.store.get(), problem.student.v.length) };
  };
  const grip = (name: Name): Held => ({
    at: () => {
      const at = now();
      return at ? on(vectorOf(name, at.problem), at.pair) : [0, 0];
    },
    scale: () => {
      const { half, frame } = plane!;
      return { half, perPixel: (frame.x.high - frame.x.low) / (frame.right - frame.left) };
    },
    move: (to) => {
      const at = now();
      if (!at) return;
      const vector = [...vectorOf(name, at.problem)];
      at.pair.forEach((k, axis) => {
        vector[k] = to[axis];
      });
      tools.store.set(SET[name](tools.store.get(), vector), `arrow:${name}`);
    },
    hold: (on) => {
      held = on ? name : undefined;
      plot.classList.toggle('held', on);
      // The axes may follow now.
      if (!on) draw(tools.scene(), { theory: true, students: true, cursor: true, look: true });
    },
    settle: () => tools.store.settle(),
  });
  const handles = { F: arrowHandle('F', LABELS.F, grip('F')), v: arrowHandle('v', LABELS.v, grip('v')) };
  plot.append(handles.v.handle, handles.F.handle);

  const planeOf = (scene: Scene): Plane | undefined => {
    const { theory, state } = scene;
    const problem = drawnNow(state) ?? theory?.problem;
    if (!theory || !problem || problem.student.v.length < 2) return undefined;
    const pair = pairOf(state, problem.student.v.length);
    // The curve of the problem before may have other units.
    if (theory.curve.v.some((v) => v.length !== problem.student.v.length)) return undefined;
    return { scene, theory, problem, pair, minima: minimaOf(theory, problem, pair) };
  };
  charts.set('plane', () => {
    const now = planeOf(tools.scene());
    return now && { ...planeChart(now, reach(now)), title: planeView.title };
  });

  const draw: Draw = (scene, changed) => {
    const moved = plane?.problem !== (drawnNow(scene.state) ?? scene.theory?.problem);
    if (!changed.theory && !changed.students && !changed.look && !changed.cursor && !moved) return;
    const next = planeOf(scene);
    if (!next) {
      const units = drawnNow(scene.state)?.student.v.length;
      if (units === 1) {
        plot.hidden = choice.hidden = true;
        words.textContent = 'A plane takes two student units; here there is one.';
      }
      return;
    }
    plot.hidden = false;
    const half = held && plane ? plane.half : reach(next);
    plane = { ...next, half, frame: show(planeChart(next, half), tools) };
    showChoice(next.pair, next.problem.student.v.length);
    words.textContent = next.minima.words;
    placeHandles(plane);
  };

  function placeHandles({ problem, pair, half, frame }: NonNullable<typeof plane>): void {
    handles.F.handle.hidden = problem.feedback === undefined;
    for (const name of ['F', 'v'] as const)
      handles[name].handle.style.color = tools.look().pens[COLOUR[name]];
    const tip = (name: Name): Point => {
      const [x, y] = on(vectorOf(name, problem), pair);
      const clamped = (value: number): number => Math.min(half, Math.max(-half, value));
      return [frame.px(clamped(x)), frame.py(clamped(y))];
    };
    const v = tip('v');
    const F = problem.feedback ? apart(tip('F'), v, [frame.px(0), frame.py(0)]) : v;
    handles.v.place(v, 'v', pair, half);
    if (problem.feedback) handles.F.place(F, 'F', pair, half);
  }
  return draw;
}

/** A tip, or where it lies too near to another, a place beside it, so that both can be taken. */
function apart(tip: Point, other: Point, origin: Point): Point {
  const away = (from: Point): Point => [tip[0] - from[0], tip[1] - from[1]];
  const distance = Math.hypot(...away(other));
  if (distance >= APART) return tip;
  // Of two at nearly the same place one goes on along its arrow.
  const [dx, dy] = distance > APART / 2 ? away(other) : away(origin);
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 1 ? [dx / length, dy / length] : [0, -1];
  return [other[0] + APART * ux, other[1] + APART * uy];
}
