import { type Panel, short, type Trace, vector } from '../../draw/index.ts';
import { arcsine, cos, hypot, ln } from '../../numbers/index.ts';
import type { Problem, Student } from '../../shallow/problem/index.ts';
import { earlyTimes, integrate } from '../../shallow/theory/index.ts';
import { median } from '../../support/median.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { ORTHONORMAL, ZERO_WEIGHTS } from './fromZero.ts';
import type { Measured } from './leastSquares.ts';

/*
 * How a DFA student begins from zero weights (T = 1, erf): theory, its expansion to leading order
 *
 *     R_km = (√2/π) η A_m F_k α,   Q_kl = (2/3π) η² ‖A‖² F_k F_l α,   v_k = (1/π²) η² ‖A‖² F_k α²,
 *
 * and eq. 29 of Refinetti et al. 2021, which prints (2/π) η² (A_k² + A_l²) F_k F_l for the derivative of Q. The
 * teacher's output weights are unequal, so that the printed formula cannot be right by luck.
 */

const A = [1.2, -0.7];
const F = [0.8, -0.5];
const ETA = 0.1;
/** Large, so that the 1/N of a finite student is below the error of the means. */
const N = 5000;
const SEED = 29;
export const TIMES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const LAST = 300;
/** Where the derivative of Q is measured: R, which is of order α, adds α² to it soon. */
const FOR_Q = 0.01;
/** Where the derivatives of R and v are measured: earlier, v, of order α², is lost in the spread of the students. */
const FOR_R_AND_V = 0.1;

const problemAt = (alpha: Problem['alpha']): Problem => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate: ETA,
  teacher: { T: ORTHONORMAL, A },
  student: ZERO_WEIGHTS,
  feedback: F,
  alpha,
});

/** Eq. 29 as printed: dQ_kl/dα at α = 0. */
export const printedSlope = (k: number, l: number): number =>
  (2 / Math.PI) * ETA ** 2 * (A[k] ** 2 + A[l] ** 2) * F[k] * F[l];

/** One order parameter: its name, its kind, and its value in a student. */
interface Quantity {
  name: string;
  kind: 'R' | 'Q' | 'v';
  of: (student: Student) => number;
  printed?: number;
}
const QUANTITIES: readonly Quantity[] = [
  ...[0, 1].flatMap((k) =>
    [0, 1].map(
      (m): Quantity => ({ name: `R_${k + 1}${m + 1}`, kind: 'R', of: (student) => student.R[k][m] }),
    ),
  ),
  ...[
    [0, 0],
    [0, 1],
    [1, 1],
  ].map(
    ([k, l]): Quantity => ({
      name: `Q_${k + 1}${l + 1}`,
      kind: 'Q',
      of: (student) => student.Q[k][l],
      printed: printedSlope(k, l),
    }),
  ),
  ...[0, 1].map((k): Quantity => ({ name: `v_${k + 1}`, kind: 'v', of: (student) => student.v[k] })),
];

/** The angle between v and the line of F: 0 for v along F, whichever way it points. */
const angle = ([v1, v2]: number[]): number =>
  arcsine(Math.min(1, Math.abs(v1 * F[1] - v2 * F[0]) / hypot(v1, v2) / hypot(...F)));
/** Whether v points away from F. */
const isOpposite = ([v1, v2]: number[]): boolean => v1 * F[0] + v2 * F[1] < 0;

interface Curve {
  alpha: number[];
  /** A row for each quantity. */
  values: number[][];
  /** Between v and the line of F; of students the median. */
  angle: number[];
  /** The part of the students whose v points away from F; of theory's curve 0 or 1. */
  opposite: number[];
}

export function theory(alpha: Problem['alpha']): Curve {
  const curve = integrate(problemAt(alpha), { rtol: 1e-11, atol: 1e-20 });
  const at = curve.alpha.map((_, i) => ({ Q: curve.Q[i], R: curve.R[i], v: curve.v[i] }));
  return {
    alpha: curve.alpha,
    values: QUANTITIES.map(({ of }) => at.map(of)),
    angle: curve.v.map(angle),
    opposite: curve.v.map((v) => Number(isOpposite(v))),
  };
}

interface Students extends Curve {
  /** Of the means; rows as in `values`. */
  errors: number[][];
}

export function students(workshop: Workshop, runs: number): Promise<Students> {
  const problem = problemAt(TIMES);
  return workshop.piece(
    'students from zero weights, and their v',
    { problem, N, runs, seed: SEED },
    async (bench) => {
      const { alpha, mean, stderr, perRun } = await bench.simulate(problem, {
        N,
        runs,
        seed: SEED,
        student: 'projected',
      });
      const table = ({ Q, R, v }: typeof mean) =>
        QUANTITIES.map(({ of }) => alpha.map((_, i) => of({ Q: Q[i], R: R[i], v: v[i] })));
      const angles = perRun.map(({ v }) => v.map(angle));
      return {
        alpha,
        values: table(mean),
        errors: table(stderr),
        angle: alpha.map((_, i) => median(angles.map((one) => one[i]))),
        opposite: alpha.map((_, i) => perRun.filter(({ v }) => isOpposite(v[i])).length / runs),
      };
    },
  );
}

type EarlyTimesClaims = [
  Claim<RatioNumbers>,
  Claim<PrintedNumbers>,
  Claim<RatioNumbers>,
  Claim<AlignmentNumbers>,
];

export async function earlyTimesFigure(workshop: Workshop, runs: number): Promise<Drawing<EarlyTimesClaims>> {
  const seen = await students(workshop, runs);
  const line = theory({ from: 0.01, to: LAST, points: 113 });
  const atTimes = theory(TIMES);
  return {
    caption: `Order parameters of an erf student who starts from zero weights, trained by DFA, in size. Lines: theory. Dashed: its expansion to leading order in α. Dotted: the derivative of Q as eq. 29 prints it. Points: the mean of ${runs} projected students with N = ${N} and its standard error.`,
    parameters: { problem: problemAt(TIMES), N, runs, seed: SEED, student: 'projected' },
    panels: [
      panel('R', 'Overlap with the teacher', '|R_km|', line, seen),
      panel('Q', 'Overlaps of the student', '|Q_kl|', line, seen),
      panel('v', 'Output weights', '|v_k|', line, seen),
      {
        name: 'early-times-angle',
        title: 'Weight alignment: v and the line of F',
        x: { label: 'time α = examples / N', log: true },
        y: { label: 'angle between v and the line of F (radians)', log: true },
        traces: [
          { name: 'theory', mark: 'line', colour: 0, x: line.alpha, y: line.angle },
          { name: 'the median student', mark: 'points', colour: 0, x: seen.alpha, y: seen.angle },
        ],
        note: `Every single student keeps to the line of F, if not at first in its direction: all its units are multiples F_k of one vector, so that the noise of its v is along F too. Its v points away from F in ${partsInWords(partsOf(seen))}.`,
      },
    ],
    claims: [
      slopeOfR(atTimes, seen),
      slopeOfQ(atTimes, seen),
      growthOfV(atTimes, seen),
      alignment(atTimes, seen),
    ],
  };
}

function panel(kind: Quantity['kind'], title: string, label: string, line: Curve, seen: Students): Panel {
  const early = earlyTimes(problemAt([1]));
  const traces = QUANTITIES.flatMap((quantity, row): Trace[] => {
    const { name, of, printed } = quantity;
    if (quantity.kind !== kind) return [];
    const first = quantity === QUANTITIES.find((other) => other.kind === kind);
    const colour = QUANTITIES.filter((other) => other.kind === kind).indexOf(quantity);
    const size = (y: number[]): number[] => y.map(Math.abs);
    const mean = size(seen.values[row]);
    return [
      { name, mark: 'line', colour, x: line.alpha, y: size(line.values[row]) },
      {
        name: 'leading order',
        mark: 'dashed',
        colour,
        x: line.alpha,
        y: size(line.alpha.map((alpha) => of(early.at(alpha)))),
        silent: !first,
      },
      ...(printed === undefined
        ? []
        : [
            {
              name: 'eq. 29 as printed',
              mark: 'dotted' as const,
              colour,
              x: line.alpha,
              y: size(line.alpha.map((alpha) => printed * alpha)),
              silent: !first,
            },
          ]),
      {
        name: 'students, mean',
        mark: 'points',
        colour,
        x: seen.alpha,
        y: mean,
        // A bar that reaches below 0 has no place on a logarithmic axis.
        low: mean.map((y, i) => Math.max(y - seen.errors[row][i], 0.1 * y)),
        high: mean.map((y, i) => y + seen.errors[row][i]),
        silent: !first,
      },
    ];
  });
  return {
    name: `early-times-${kind}`,
    title,
    x: { label: 'time α = examples / N', log: true },
    y: { label, log: true },
    traces,
  };
}

/** One quantity at one time, against a prediction that is to hold there. */
type Ratio = {
  /** Theory and the mean of the students, over the prediction. */
  theory: number;
  students: Measured;
  /** The distances of the students from 1 and from theory, in standard errors. */
  fromOne: number;
  fromTheory: number;
};

/** By the name of the quantity. */
type Ratios = Record<string, Ratio>;

function ratios(
  kind: Quantity['kind'],
  alpha: number,
  curve: Curve,
  seen: Students,
  prediction: (quantity: Quantity) => number,
): Ratios {
  const i = TIMES.indexOf(alpha);
  const all: Ratios = {};
  for (const [row, quantity] of QUANTITIES.entries()) {
    if (quantity.kind !== kind) continue;
    const over = prediction(quantity);
    const theory = curve.values[row][i] / over;
    const [value, error] = [seen.values[row][i] / over, Math.abs(seen.errors[row][i] / over)];
    all[quantity.name] = {
      theory,
      students: { value, error },
      fromOne: (value - 1) / error,
      fromTheory: (value - theory) / error,
    };
  }
  return all;
}

const leading =
  (alpha: number) =>
  ({ of }: Quantity): number =>
    of(earlyTimes(problemAt([1])).at(alpha));

/** Beyond this many standard errors a mean is not what was predicted. */
const FAR = 5;
const areOne = (all: Ratios, room: number): boolean =>
  Object.values(all).every((one) => Math.abs(one.theory - 1) < room && Math.abs(one.fromTheory) < FAR);

const inWords = (all: Ratios): string =>
  Object.entries(all)
    .map(
      ([name, { theory: inTheory, students: mean }]) =>
        `${name}: ${inTheory.toFixed(4)} in theory, ${mean.value.toFixed(4)} ± ${mean.error.toFixed(4)} of the students`,
    )
    .join('; ');

/** Order parameters at one time over their leading order. */
type RatioNumbers = { alpha: number; ratios: Ratios };

function slopeOfR(curve: Curve, seen: Students): Claim<RatioNumbers> {
  const all = ratios('R', FOR_R_AND_V, curve, seen, leading(FOR_R_AND_V));
  return {
    by: 'paper',
    says: 'Eq. 29: dR_km/dα = (√2/π) η A_m F_k at α = 0.',
    holds: verdictOf(areOne(all, 1e-3)),
    numbers: { alpha: FOR_R_AND_V, ratios: all },
    found: `R_km(α = ${FOR_R_AND_V}) over that: ${inWords(all)}.`,
  };
}

/** Q_kl at one time over what eq. 29 prints, and over its leading order. */
type PrintedNumbers = { alpha: number; printed: Ratios; leading: Ratios };

function slopeOfQ(curve: Curve, seen: Students): Claim<PrintedNumbers> {
  const printed = ratios('Q', FOR_Q, curve, seen, (quantity) => (quantity.printed ?? Number.NaN) * FOR_Q);
  const right = ratios('Q', FOR_Q, curve, seen, leading(FOR_Q));
  const rejected = Object.values(printed).every(({ fromOne }) => Math.abs(fromOne) > FAR);
  return {
    by: 'paper',
    says: 'Eq. 29: dQ_kl/dα = (2/π) η² (A_k² + A_l²) F_k F_l at α = 0.',
    holds: rejected && areOne(right, 0.02) ? 'not as printed' : 'undecided',
    numbers: { alpha: FOR_Q, printed, leading: right },
    found: `Q_kl(α = ${FOR_Q}) over the printed: ${Object.entries(printed)
      .map(
        ([name, { theory: inTheory, students: mean, fromOne }]) =>
          `${name}: ${inTheory.toFixed(3)} in theory, ${mean.value.toFixed(3)} ± ${mean.error.toFixed(3)} of the students, ${Math.abs(fromOne).toFixed(0)} standard errors from 1`,
      )
      .join(
        '; ',
      )}. What holds is (2/3π) η² ‖A‖² F_k F_l. Over that: ${inWords(right)}. The students' ratios are one piece of evidence, not three: while all units of a student are multiples F_k of one vector, its Q_kl stand as F_k F_l. The 1 % beyond 1 is of order α, as R_km grows.`,
  };
}

function growthOfV(curve: Curve, seen: Students): Claim<RatioNumbers> {
  const all = ratios('v', FOR_R_AND_V, curve, seen, leading(FOR_R_AND_V));
  return {
    by: 'paper',
    says: 'Eq. 30: dv_k/dα = (2/π²) η² ‖A‖² F_k α to linear order.',
    holds: verdictOf(areOne(all, 1e-3)),
    numbers: { alpha: FOR_R_AND_V, ratios: all },
    found: `v_k(α = ${FOR_R_AND_V}) over its integral: ${inWords(all)}.`,
  };
}

/** The part of the students whose v points away from F, at one time. */
type Part = { alpha: number; part: number };
const partsOf = ({ alpha, opposite }: Curve): Part[] =>
  alpha.map((a, i) => ({ alpha: a, part: opposite[i] }));

/** "34.0 % of the students at α = 0.01, 27.3 % at α = 0.02, and none from α = 0.1 on". */
function partsInWords(all: Part[]): string {
  const from = all.findLastIndex(({ part }) => part > 0) + 1;
  const some = all
    .slice(0, from)
    .map(
      ({ alpha, part }, i) =>
        `${(100 * part).toFixed(1)} %${i === 0 ? ' of the students' : ''} at α = ${alpha}`,
    );
  const none = from < all.length ? `none from α = ${all[from].alpha} on` : 'some to the end';
  return some.length === 0 ? none : `${some.join(', ')}, and ${none}`;
}

/** Between v and the line of F. */
type AlignmentNumbers = {
  F: number[];
  /** In radians; of the students the median. */
  angles: { alpha: number; theory: number; students: number }[];
  /** Of theory, at the first of these times: 1 − cos(v, F). */
  misalignment: number;
  /** The power of α with which the angle grows from 0. */
  powers: { theory: number; students: number };
  opposite: { theory: Part[]; students: Part[] };
};

function alignment(curve: Curve, seen: Students): Claim<AlignmentNumbers> {
  const slope = ({ angle: x }: Curve): number => ln(x[6] / x[0]) / ln(TIMES[6] / TIMES[0]);
  const angles = [2, 0.1, FOR_Q].map((alpha) => {
    const i = TIMES.indexOf(alpha);
    return { alpha, theory: curve.angle[i], students: seen.angle[i] };
  });
  const numbers: AlignmentNumbers = {
    F,
    angles,
    misalignment: 1 - cos(angles[0].theory),
    powers: { theory: slope(curve), students: slope(seen) },
    opposite: { theory: partsOf(curve), students: partsOf(seen) },
  };
  const { powers, opposite, misalignment } = numbers;
  const inTheory = powers.theory > 0.9 && opposite.theory.every(({ part }) => part === 0);
  const inFact = powers.students > 0.9 && opposite.students[TIMES.indexOf(1)].part === 0;
  return {
    by: 'paper',
    says: 'The student begins in the direction of F: the weight alignment of theory tends to 1 as α → 0.',
    holds: verdictOf(inTheory && inFact),
    numbers,
    found: `${vector('F', F)}: v points towards F in theory at all times, and its angle to the line of F falls to 0 with α: it is ${angles
      .map(
        (angle) =>
          `${short(angle.theory)} at α = ${angle.alpha} (the median student ${short(angle.students)})`,
      )
      .join(
        ', ',
      )}; an alignment of 1 − ${short(misalignment)} at the first of these times. Single students of N = ${N} are as near to the line, but the v of the first examples is noise along it: it points away from F, cos(v, F) = −1, in ${partsInWords(opposite.students)}.`,
  };
}

const script = `import { earlyTimes, integrate } from 'alignode';

const A = [${A.join(', ')}];
const F = [${F.join(', ')}];
const eta = ${ETA};
const alpha = [0.001, 0.01, 0.1];
const problem = {
  activation: 'erf',
  rule: 'dfa',
  learningRate: eta,
  teacher: { T: [[1, 0], [0, 1]], A },
  student: { Q: [[0, 0], [0, 0]], R: [[0, 0], [0, 0]], v: [0, 0] },
  feedback: F,
  alpha,
};
const theory = integrate(problem, { rtol: 1e-12, atol: 1e-20 });
const leading = earlyTimes(problem);
const printed = (2 / Math.PI) * eta ** 2 * 2 * A[0] ** 2 * F[0] ** 2; // eq. 29 for Q_11
alpha.forEach((a, i) => {
  const Q = theory.Q[i][0][0];
  console.log(\`alpha \${a}: Q_11 is \${Q / leading.at(a).Q[0][0]} of leading order, \${Q / (printed * a)} of eq. 29\`);
});
`;

export const figureEarlyTimes: Figure = {
  name: 'early-times',
  title: 'Early times',
  source: 'Eqs. 28–30 of Refinetti et al. 2021, appendix B',
  seconds: { quick: 6, full: 60 },
  script,
  make: (workshop) => earlyTimesFigure(workshop, workshop.pick({ quick: 2000, full: 20_000 })),
};
