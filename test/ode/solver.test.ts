import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Solver as Odex } from '../../src/ode/odexSolver.ts';
import { Solver } from '../../src/ode/solver.ts';
import { pack, resolveProblem } from '../../src/shallow/problem/index.ts';
import { equationsOfMotion } from '../../src/shallow/theory/index.ts';
import { twelveProblems } from '../support/twelveProblems.ts';

type Field = (x: number, y: number[], out: number[]) => void;

interface Case {
  field: Field;
  start: number[];
  end: number;
}

const CASES: [string, Case][] = [
  [
    'a pendulum',
    {
      field: (_, [angle, speed], out) => {
        out[0] = speed;
        out[1] = -Math.sin(angle);
      },
      start: [2, 0],
      end: 30,
    },
  ],
  [
    'the oscillator of van der Pol, where steps are rejected',
    {
      field: (_, [x, v], out) => {
        out[0] = v;
        out[1] = 20 * (1 - x * x) * v - x;
      },
      start: [2, 0],
      end: 60,
    },
  ],
  [
    'a point at rest, where no step has an error',
    {
      field: (_, __, out) => {
        out[0] = 0;
      },
      start: [1],
      end: 10,
    },
  ],
  ...twelveProblems.map(([name, given]): [string, Case] => {
    const problem = resolveProblem(given);
    const motion = equationsOfMotion(problem);
    return [name, { field: (_, y, out) => motion(y, out), start: Array.from(pack(problem)), end: 10 }];
  }),
];

const TOLERANCES = [1e-5, 1e-9, 1e-12];

function solve(Method: typeof Odex, { field, start, end }: Case, rtol: number) {
  let evaluations = 0;
  const solver = new Method(
    (x, y, out) => {
      evaluations++;
      field(x, y, out);
    },
    start.length,
    { rawFunction: true, relativeTolerance: rtol, absoluteTolerance: 1e-3 * rtol, maxSteps: 1e5 },
  );
  const steps = [...solver.solutionSegments(0, start, end)].length;
  return { evaluations, steps };
}

/** What odex itself found last, before src/ode/solver.ts computed it again; and how far apart the two were at most. */
let byOdex = { step: 0, work: 0, next: undefined as number | undefined };
let apart = 0;
const compared = { rows: 0, steps: 0 };

const note = (own: number, theirs: number): void => {
  apart = Math.max(apart, own === theirs ? 0 : Math.abs(own / theirs - 1));
};

/** The solver, looked at after each row and each step. */
class Watched extends Solver {
  protected override midEx(...args: Parameters<Solver['midEx']>): boolean {
    const goesOn = super.midEx(...args);
    if (goesOn && args[0] > 0) {
      compared.rows++;
      note(this.hh[args[0]], byOdex.step);
      note(this.w[args[0]], byOdex.work);
    }
    return goesOn;
  }

  protected override acceptStep(...args: Parameters<Solver['acceptStep']>): ReturnType<Solver['acceptStep']> {
    const step = super.acceptStep(...args);
    expect(step.hoptde === undefined).toBe(byOdex.next === undefined);
    if (step.hoptde !== undefined) {
      compared.steps++;
      note(step.hoptde, byOdex.next!);
    }
    return step;
  }
}

/** The methods of odex, which its types keep to itself. */
const methods = Odex.prototype as unknown as {
  midEx(this: { hh: number[]; w: number[] }, j: number, ...rest: unknown[]): boolean;
  acceptStep(...args: unknown[]): { hoptde?: number };
};
const { midEx, acceptStep } = methods;

beforeAll(() => {
  methods.midEx = function (j, ...rest) {
    const goesOn = midEx.call(this, j, ...rest);
    byOdex = { ...byOdex, step: this.hh[j], work: this.w[j] };
    return goesOn;
  };
  methods.acceptStep = function (...args) {
    const step = acceptStep.apply(this, args);
    byOdex = { ...byOdex, next: step.hoptde };
    return step;
  };
});
afterAll(() => Object.assign(methods, { midEx, acceptStep }));

describe.each(CASES)('for %s', (_, one) => {
  it.each(TOLERANCES)('the lengths of steps are those of odex to rounding at a tolerance of %d', (rtol) => {
    Object.assign(compared, { rows: 0, steps: 0 });
    apart = 0;
    solve(Watched, one, rtol);
    expect(compared.rows).toBeGreaterThan(5);
    expect(compared.steps).toBeGreaterThan(2);
    expect(apart).toBeLessThan(4 * Number.EPSILON);
  });
});

describe('steps and evaluations', () => {
  // Where steps are rejected, a rounding may decide which.
  it.each(CASES.filter(([name]) => !name.includes('rejected')))(
    'are as many as those of odex for %s',
    (_, one) => {
      expect(solve(Solver, one, 1e-5)).toEqual(solve(Odex, one, 1e-5));
    },
  );
});
