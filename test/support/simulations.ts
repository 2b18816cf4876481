import type { Problem, Run, SimulationSettings, StudentKind } from '../../src/index.ts';
import { backends } from '../../src/shallow/students/index.ts';
import { outline, type Plan, plan } from '../../src/shallow/students/plan.ts';

/** Every kind of student on every backend that runs here. */
export const everyStudent: { backend: string; student: StudentKind }[] = Object.entries(backends).flatMap(
  ([backend, students]) =>
    (['trained', 'projected'] as const)
      .filter((student) => students[student].missing({ activation: 'erf', rule: 'dfa' }) === undefined)
      .map((student) => ({ backend, student })),
);

/** The numbers of a run, without its number among others. */
export const curvesOfRun = ({ eg, Q, R, v, egSampled }: Run) => ({ eg, Q, R, v, egSampled });

/** A problem that draws all its parts: label noise, decay and different rates as well. */
export const drawnProblem = (): Problem => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.3,
  secondLayerRate: 0.2,
  noise: 0.1,
  weightDecay: [0.01, 0.02],
  teacher: { draw: { M: 2, N: 30, seed: 7, secondLayer: 'normal' } },
  student: { draw: { K: 3, N: 30, sigma: 0.5, seed: 8 } },
  feedback: { draw: 'normal', seed: 9 },
  alpha: [0, 0.5, 2],
});

/** What a simulation will do, with a backend of the CPU. */
export const planned = (problem: Problem, settings: SimulationSettings): Plan =>
  plan(outline(problem, settings.N, settings.redraw), settings, backends[settings.backend][settings.student]);
