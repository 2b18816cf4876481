import { listed, type Panel, short, type Trace } from '../../draw/index.ts';
import { hypot } from '../../numbers/index.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import type { Measured } from './leastSquares.ts';
import {
  ASYMMETRIES,
  fixedPoint,
  INPUT_SEED,
  type Measurement,
  type Measurements,
  measurePlateaus,
  N,
  NEAR,
  type OfStudents,
  type OnCurve,
  PAPER,
  type PlateauSizes,
  printed,
  printedHeight,
  RULES,
  type RuleName,
  SIGMAS,
  SIZES,
  SMALL,
  START_N,
  STUDENT_SEED,
  STUDENT_SIGMA,
  STUDENT_TIMES,
  timesFor,
} from './plateauMeasurements.ts';

/* What is measured on the symmetric plateau, and the claims about it. */

type PlateauClaims = [
  Claim<SameNumbers>,
  Claim<Equation31Numbers>,
  Claim<HeightNumbers>,
  Claim<EscapeNumbers>,
  Claim<LengthNumbers>,
];

export async function plateauFigure(
  workshop: Workshop,
  sizes: PlateauSizes,
): Promise<Drawing<PlateauClaims>> {
  const measured = await measurePlateaus(workshop, sizes);
  return {
    caption: `The symmetric plateau of erf students, K = M, A = 1, |F_k| = 1. Its height: the fixed point (lines) and what curves and students show (points): the median of the test error over the longest time that it keeps within 0.5 % of one value. Students, and theory's curves from their start, are measured with ${100 * NEAR} %, and each beside the other. Its length: the time from within ${100 * NEAR} % of the height to ${100 * NEAR} % below it, against the prediction from the eigenvalues for the student at its beginning.`,
    parameters: {
      activation: 'erf',
      rules: RULES,
      'K = M': sizes.K,
      T: 'the identity',
      A: 'A_m = 1',
      F: '|F_k| = 1, signs + − + − …',
      'learning rates': [SMALL, PAPER],
      times: { [`η = ${SMALL}`]: timesFor(SMALL), [`η = ${PAPER}`]: timesFor(PAPER) },
      'random starts': { N: START_N, sigma: SIGMAS, seeds: sizes.seeds },
      'starts on the plateau': { asymmetry: ASYMMETRIES },
      students: {
        N,
        runs: sizes.runs,
        K: sizes.studentK,
        sigma: STUDENT_SIGMA,
        'seed of the start': STUDENT_SEED,
        'seed of the inputs': INPUT_SEED,
        alpha: STUDENT_TIMES,
        student: 'projected',
      },
    },
    panels: [
      heights(sizes.K, measured),
      relative(measured),
      lengths(measured),
      curves(measured, sizes.seeds[0]),
    ],
    claims: [
      sameForBoth(measured),
      equation31(measured),
      heightHolds(measured),
      escapeHolds(measured),
      lengthHolds(measured),
    ],
  };
}

const NAMES: Record<RuleName, string> = { dfa: 'DFA', bp: 'BP' };
const first = (K: number): number => fixedPoint({ K, rule: 'dfa', learningRate: SMALL }).eg;
const full = (K: number, rule: RuleName, learningRate = PAPER): number =>
  fixedPoint({ K, rule, learningRate }, 'full').eg;

/** Curves from the starts that come nearest to the plateau. */
const longest = (fromRandom: OnCurve[], rule: RuleName, learningRate: number): OnCurve[] =>
  fromRandom.filter(
    (one) => one.rule === rule && one.learningRate === learningRate && one.sigma === SIGMAS[1],
  );

/** The points of students are moved to the right of their K by this much, so that nothing hides them. */
const ASIDE: Record<RuleName, number> = { dfa: 0.12, bp: 0.24 };
/** Each kind of point of a rule has a colour of its own: curves at the small rate, at the paper's, students. */
const COLOURS: Record<RuleName, { small: number; paper: number; students: number }> = {
  dfa: { small: 5, paper: 0, students: 2 },
  bp: { small: 4, paper: 1, students: 3 },
};

function ofCurvesIn(
  fromRandom: OnCurve[],
  rule: RuleName,
  learningRate: number,
  over: (one: OnCurve) => number,
): Trace {
  const some = longest(fromRandom, rule, learningRate);
  return {
    name: `curves, η = ${learningRate}, ${NAMES[rule]}`,
    mark: 'open points',
    colour: COLOURS[rule][learningRate === SMALL ? 'small' : 'paper'],
    x: some.map(({ K }) => K),
    y: some.map((one) => one.height / over(one)),
  };
}

function ofStudentsIn(students: OfStudents[], rule: RuleName, over: (one: OfStudents) => number): Trace {
  const some = students.filter((one) => one.rule === rule);
  return {
    name: `students, η = ${PAPER}, ${NAMES[rule]}`,
    mark: 'points',
    colour: COLOURS[rule].students,
    x: some.map(({ K }) => K + ASIDE[rule]),
    y: some.map((one) => one.height / over(one)),
    low: some.map((one) => (one.height - one.error) / over(one)),
    high: some.map((one) => (one.height + one.error) / over(one)),
  };
}

/** Heights relative to the fixed point of the same rate and rule: how far above it a curve stays on its way down. */
function relative({ fromRandom, students }: Measurements): Panel {
  const K = sizesOf(fromRandom);
  return {
    name: 'plateau-relative',
    title: 'Height over that of the fixed point',
    x: { label: 'K = M' },
    y: { label: 'ε_g on the plateau / ε_g of the fixed point' },
    traces: [
      { name: 'fixed point', mark: 'line', colour: 7, x: K, y: K.map(() => 1) },
      ...RULES.flatMap((rule): Trace[] => {
        const inFact = students.filter((one) => one.rule === rule);
        return [
          ofCurvesIn(fromRandom, rule, SMALL, (one) => full(one.K, rule, SMALL)),
          ofCurvesIn(fromRandom, rule, PAPER, (one) => full(one.K, rule)),
          {
            name: `curves from the students’ start, ${NAMES[rule]}`,
            mark: 'open points',
            colour: COLOURS[rule].students,
            x: inFact.map((one) => one.K + ASIDE[rule]),
            y: inFact.map((one) => one.ofTheory / full(one.K, rule)),
          },
          ofStudentsIn(students, rule, (one) => full(one.K, rule)),
        ];
      }),
    ],
    note: `Students, and the curves from their start, are drawn a little to the right of their K. They are measured while curves still come down, and so are above the fixed point alike. Bars: standard errors over the inputs, from one start.`,
  };
}

function heights(K: readonly number[], { fromRandom, students }: Measurements): Panel {
  return {
    name: 'plateau-height',
    title: 'Height',
    x: { label: 'K = M' },
    y: { label: 'test error ε_g on the plateau', range: [0, 0.06] },
    traces: [
      { name: 'fixed point, η → 0', mark: 'line', colour: 7, x: [...K], y: K.map(first) },
      { name: 'eq. 31 as printed', mark: 'dotted', colour: 7, x: [...K], y: K.map(printedHeight) },
      ...RULES.flatMap((rule): Trace[] => [
        {
          name: `fixed point, η = ${PAPER}, ${NAMES[rule]}`,
          mark: 'dashed',
          colour: COLOURS[rule].paper,
          x: [...K],
          y: K.map((size) => full(size, rule)),
        },
        ofCurvesIn(fromRandom, rule, SMALL, () => 1),
        ofCurvesIn(fromRandom, rule, PAPER, () => 1),
        ofStudentsIn(students, rule, () => 1),
      ]),
    ],
    note: 'Eq. 31 as printed leaves the panel: from K = 3 on its test error is negative. No student can have the overlaps that it prints. Students are drawn a little to the right of their K.',
  };
}

/** Lengths in units of 1/η, those of curves at the small rate. */
const known = <One extends Measurement>(all: One[]): (One & { length: number })[] =>
  all.filter((one): one is One & { length: number } => one.length !== null && one.learningRate === SMALL);

function lengths({ fromRandom, fromPlateau }: Measurements): Panel {
  const trace = (all: Measurement[], rule: RuleName, start: string, mark: Trace['mark']): Trace => {
    const some = known(all).filter((one) => one.rule === rule);
    return {
      name: `${NAMES[rule]}, from ${start}`,
      mark,
      colour: RULES.indexOf(rule),
      x: some.map(({ predicted }) => SMALL * predicted),
      y: some.map(({ length }) => SMALL * length),
      text: some.map(({ K }) => `K = M = ${K}`),
    };
  };
  const ends = [30, 1000];
  return {
    name: 'plateau-length',
    title: `Length, η = ${SMALL}`,
    x: { label: 'predicted length, in units of 1/η', log: true },
    y: { label: 'length of the curve’s plateau, in units of 1/η', log: true },
    traces: [
      { name: 'equal', mark: 'line', colour: 7, x: ends, y: ends },
      // Circles over the squares, which are larger.
      ...RULES.toReversed().flatMap((rule) => [
        trace(fromPlateau, rule, 'the plateau and an asymmetry', 'points'),
        trace(fromRandom, rule, 'small random weights', 'open points'),
      ]),
    ],
  };
}

function curves({ fromRandom }: Measurements, seed: number): Panel {
  const some = fromRandom.filter(
    (one) => one.rule === 'dfa' && one.learningRate === SMALL && one.sigma === SIGMAS[1] && one.seed === seed,
  );
  return {
    name: 'plateau-curves',
    title: `Curves, DFA, η = ${SMALL}`,
    x: { label: 'η α', log: true },
    y: { label: 'test error ε_g', log: true },
    traces: some.flatMap(({ K, alpha, eg }, colour): Trace[] => [
      { name: `K = M = ${K}`, mark: 'line', colour, x: alpha.map((a) => SMALL * a), y: eg },
      {
        name: 'fixed point',
        mark: 'dashed',
        colour,
        x: [alpha[0], alpha[alpha.length - 1]].map((a) => SMALL * a),
        y: [first(K), first(K)],
        silent: colour > 0,
      },
    ]),
  };
}

const percent = (x: number): string => `${short(100 * x)} %`;
/** The smallest asymmetry of starts on the plateau. */
const NEAREST = ASYMMETRIES[ASYMMETRIES.length - 1];
const largest = (x: number[]): number => Math.max(...x.map(Math.abs));
const sizesOf = (all: { K: number }[]): number[] => [...new Set(all.map(({ K }) => K))];

type SameNumbers = {
  /** The largest difference of the heights of curves at the small rate, relative. */
  curves: number;
  /** By how much the fixed point of BP is above that of DFA, relative, at the small rate and at the paper's. */
  corrections: { K: number; small: number; paper: number }[];
  /** The height of BP over that of DFA: of students, and of theory's curves from their start. */
  students: { K: number; ratio: Measured; theory: number }[];
};

function sameForBoth({ fromRandom, students }: Measurements): Claim<SameNumbers> {
  const mean = (K: number, rule: RuleName): number => {
    const some = longest(fromRandom, rule, SMALL).filter((one) => one.K === K);
    return some.reduce((sum, { height }) => sum + height, 0) / some.length;
  };
  const K = sizesOf(fromRandom);
  const apart = (size: number, learningRate: number): number =>
    full(size, 'bp', learningRate) / full(size, 'dfa', learningRate) - 1;
  const numbers: SameNumbers = {
    curves: largest(K.map((size) => mean(size, 'bp') / mean(size, 'dfa') - 1)),
    corrections: K.map((size) => ({ K: size, small: apart(size, SMALL), paper: apart(size, PAPER) })),
    students: sizesOf(students).flatMap((size) => {
      const [dfa, bp] = RULES.map((rule) => students.find((one) => one.K === size && one.rule === rule));
      if (!dfa || !bp) return [];
      const value = bp.height / dfa.height;
      const error = value * hypot(bp.error / bp.height, dfa.error / dfa.height);
      return [{ K: size, ratio: { value, error }, theory: bp.ofTheory / dfa.ofTheory }];
    }),
  };
  const { curves: onCurves, corrections } = numbers;
  // Nothing of first order: at a hundredth of the rate less than a five-hundredth is left.
  const ofHigherOrder = corrections.every(({ small, paper }) => Math.abs(small) < Math.abs(paper) / 500);
  return {
    by: 'paper',
    says: 'The test error on the plateau is the same for DFA and BP: to first order in η, to which the paper restricts itself.',
    holds: verdictOf(onCurves < 0.01 && ofHigherOrder),
    numbers,
    found: `To first order they have one fixed point. Curves at η = ${SMALL} agree to ${percent(onCurves)}. The correction: at η = ${PAPER} the fixed point of BP is lower, by ${corrections.map((one) => `${percent(-one.paper)} at K = ${one.K}`).join(', ')}, at η = ${SMALL} by ${percent(largest(corrections.map(({ small }) => small)))} at most: v_k on the plateau is below 1 by a part of order η, and in the terms of order η² BP has v_k where DFA has F_k = ±1. What is measured on a curve, which still comes down, may differ otherwise. Students, N = ${N}, η = ${PAPER} (± over the inputs, from one start): ${numbers.students
      .map(
        (one) =>
          `K = ${one.K}: BP over DFA ${one.ratio.value.toFixed(4)} ± ${one.ratio.error.toFixed(4)}, and ${one.theory.toFixed(4)} on theory's curves from the same start`,
      )
      .join('; ')}.`,
  };
}

type Equation31Numbers = {
  /** On curves by DFA, half-way through the plateau: r and v, as eq. 31 prints them, and the r that holds, √(q/K). */
  curves: { K: number; r: number; v: number; printed: { r: number; v: number }; expected: number }[];
  /** The test error of the overlaps that are printed, for K > 2. */
  printedErrors: { K: number; eg: number }[];
};

function equation31({ fromPlateau }: Measurements): Claim<Equation31Numbers> {
  const curves = fromPlateau
    .filter(({ rule, asymmetry }) => rule === 'dfa' && asymmetry === NEAREST)
    .map(({ K, r, v }) => {
      const eq = printed(K);
      return { K, r, v, printed: { r: eq.r, v: eq.v }, expected: Math.sqrt(eq.q / K) };
    });
  const printedErrors = curves.filter(({ K }) => K > 2).map(({ K }) => ({ K, eg: printedHeight(K) }));
  const off = largest(curves.flatMap(({ r, v, expected }) => [r / expected - 1, v - 1]));
  return {
    by: 'paper',
    says: 'Eq. 31: Q_kl = q = 1/(2K−1), R_km = r = √(q/2), v_k = √((1+2q)/(q(4+3q))) for K = M and F_k > 0.',
    holds: off < 0.02 ? 'not as printed' : 'undecided',
    numbers: { curves, printedErrors },
    found: `True at K = 2 only; what holds is r = √(q/K), v = 1. Curves at η = ${SMALL}: ${curves
      .map(
        ({ K, r, v, printed: eq, expected }) =>
          `K = ${K}: r = ${r.toFixed(4)} (printed ${eq.r.toFixed(4)}, √(q/K) = ${expected.toFixed(4)}), v = ${v.toFixed(3)} (printed ${eq.v.toFixed(3)})`,
      )
      .join(
        '; ',
      )}. The printed overlaps are those of no student for K > 2: the part of W_k in the teacher's span would be longer than W_k, K r² = K q/2 > q, and the formula of the test error gives ${listed(printedErrors.map(({ K, eg }) => `${short(eg).replace('-', '−')} at K = ${K}`))}.`,
  };
}

type HeightNumbers = {
  /**
   * The largest differences of curves from the fixed point, relative: first order at the small rate, full order at the
   * paper's.
   */
  curves: { small: number; paper: number };
  /** By how much the closed form, of first order, is too low at the paper's rate, relative. */
  closedForm: { K: number; low: number }[];
  /** Heights of students, and of theory's curve from their start by the same measurement. */
  students: { K: number; rule: RuleName; height: Measured; theory: number }[];
  /** The largest difference of the two, relative. */
  apart: number;
};

function heightHolds({ fromRandom, students }: Measurements): Claim<HeightNumbers> {
  const off = (learningRate: number, predicted: (one: OnCurve) => number): number =>
    largest(
      fromRandom
        .filter((one) => one.learningRate === learningRate && one.sigma === SIGMAS[1])
        .map((one) => one.height / predicted(one) - 1),
    );
  const numbers: HeightNumbers = {
    curves: {
      small: off(SMALL, ({ K }) => first(K)),
      paper: off(PAPER, ({ K, rule }) => full(K, rule)),
    },
    closedForm: [2, 6].map((K) => ({ K, low: 1 - first(K) / full(K, 'dfa') })),
    students: students.map(({ K, rule, height, error, ofTheory }) => ({
      K,
      rule,
      height: { value: height, error },
      theory: ofTheory,
    })),
    apart: largest(students.map(({ height, ofTheory }) => height / ofTheory - 1)),
  };
  const { curves: ofCurves, closedForm, apart } = numbers;
  return {
    by: 'alignode',
    says: 'The fixed point is the height of the plateau, and students have the height of theory’s curve from their start.',
    holds: verdictOf(ofCurves.small < 0.02 && ofCurves.paper < 0.05 && apart < 0.02),
    numbers,
    found: `Largest differences of curves from the fixed point: ${percent(ofCurves.small)} at η = ${SMALL} (first order), ${percent(ofCurves.paper)} at η = ${PAPER} (full order: the closed form, of first order, is ${listed(
      closedForm.map(({ K, low }) => `${percent(low)} too low there at K = ${K}`),
    )}). Curves come down to it slowly and leave it before they are there. Students at η = ${PAPER}, N = ${N}, against theory's curve from their start by the same measurement (± over the inputs, from one start): ${numbers.students
      .map(
        ({ K, rule, height, theory }) =>
          `${height.value.toFixed(6)} ± ${height.error.toFixed(6)} and ${theory.toFixed(6)} (K = ${K}, ${NAMES[rule]})`,
      )
      .join(', ')}: they agree to ${percent(apart)}. Tolerated here: 2 %, 5 % and 2 %.`,
  };
}

type EscapeNumbers = {
  /** The rate at which the asymmetry grows on curves, over the eigenvalue. */
  growth: { K: number; rule: RuleName; growth: number }[];
  /** The largest eigenvalue over η. */
  eigenvalues: { K: number; rate: number }[];
};

function escapeHolds({ fromPlateau }: Measurements): Claim<EscapeNumbers> {
  const growths = fromPlateau
    .filter(({ asymmetry }) => asymmetry === NEAREST)
    .map(({ K, rule, growth }) => ({ K, rule, growth }));
  const eigenvalues = sizesOf(growths).map((K) => ({
    K,
    rate: fixedPoint({ K, rule: 'dfa', learningRate: SMALL }).escapeRate / SMALL,
  }));
  return {
    by: 'alignode',
    says: 'The asymmetry of a student on the plateau grows at the rate of the largest eigenvalue.',
    holds: verdictOf(growths.every(({ growth }) => Math.abs(growth - 1) < 0.03)),
    numbers: { growth: growths, eigenvalues },
    found: `Growth on curves at η = ${SMALL} over the eigenvalue: ${growths.map(({ K, rule, growth }) => `${growth.toFixed(4)} (K = ${K}, ${NAMES[rule]})`).join(', ')}. Eigenvalues: ${listed(
      eigenvalues.map(({ K, rate }) => `${rate.toFixed(5)} η at K = ${K}`),
    )}.`,
  };
}

/**
 * How far from 1 length over prediction may be, from the plateau with the smallest asymmetry and from small random
 * weights.
 */
const ROOM = { plateau: 0.2, random: 0.5 };

/** The smallest and the largest of some ratios; null of none. */
type Range = [low: number, high: number] | null;

type LengthNumbers = {
  /** Length over prediction: from the plateau with the smallest asymmetry, with all, and from small random weights. */
  nearest: Range;
  plateau: Range;
  random: Range;
  /** How many curves there are, and how many of them had not left their plateau in the time given. */
  curves: number;
  open: number;
};

export function lengthHolds({
  fromRandom,
  fromPlateau,
}: Pick<Measurements, 'fromRandom' | 'fromPlateau'>): Claim<LengthNumbers> {
  const atSmall = fromRandom.filter(({ learningRate }) => learningRate === SMALL);
  const all = [...atSmall, ...fromPlateau];
  const range = (some: Measurement[]): Range => {
    const ratios = known(some).map(({ length, predicted }) => length / predicted);
    return ratios.length === 0 ? null : [Math.min(...ratios), Math.max(...ratios)];
  };
  const numbers: LengthNumbers = {
    nearest: range(fromPlateau.filter(({ asymmetry }) => asymmetry === NEAREST)),
    plateau: range(fromPlateau),
    random: range(atSmall),
    curves: all.length,
    open: all.filter(({ length }) => length === null).length,
  };
  const { nearest, random, open } = numbers;
  const within = (ratios: Range, room: number): boolean =>
    ratios === null || ratios.every((ratio) => Math.abs(ratio - 1) < room);
  const holds = within(nearest, ROOM.plateau) && within(random, ROOM.random);
  const inWords = (ratios: Range): string =>
    ratios === null ? 'not known' : `${ratios[0].toFixed(2)} to ${ratios[1].toFixed(2)}`;
  return {
    by: 'alignode',
    says: `The length of the plateau follows from the eigenvalues and the asymmetry at its beginning: to ${percent(ROOM.plateau)} for students who start on the plateau with an asymmetry of ${short(NEAREST)}, and to ${percent(ROOM.random)} from small random weights.`,
    holds: holds && open > 0 ? 'undecided' : verdictOf(holds),
    numbers,
    found: `Length over prediction at η = ${SMALL}: ${inWords(nearest)} for students who start on the plateau with that asymmetry, ${inWords(numbers.plateau)} with larger ones too; ${inWords(random)} from small random weights, where the v_k still drift along the family (by BP most), and the rate with them. ${open === 0 ? 'Every curve left its plateau in the time given' : `${open} of ${numbers.curves} curves had not left their plateau in the time given`}.`,
  };
}

const script = `import { integrate, plateau } from 'alignode';

for (const K of [2, 3, 4]) {
  const eye = Array.from({ length: K }, (_, k) => Array.from({ length: K }, (_, m) => (k === m ? 1 : 0)));
  const problem = {
    activation: 'erf',
    rule: 'dfa',
    learningRate: ${SMALL},
    teacher: { T: eye, A: new Array<number>(K).fill(1) },
    student: { draw: { K, N: 500, sigma: 1e-6, seed: 4 } },
    feedback: Array.from({ length: K }, (_, k) => (k % 2 === 0 ? 1 : -1)),
    alpha: { from: 1000, to: 1e6, points: 31 },
  };
  const { eg, escapeRate, student } = plateau(problem);
  console.log(\`K = \${K}: plateau at \${eg}, left as exp(\${escapeRate} α), q = \${student.Q[0][0]}, v = \${student.v}\`);
  console.log(integrate(problem).eg.map((x) => x.toPrecision(3)).join(' '));
}
`;

export const figurePlateau: Figure = {
  name: 'plateau',
  title: 'The symmetric plateau',
  source: 'Eq. 31 of Refinetti et al. 2021, appendix B',
  seconds: { quick: 12, full: 60 },
  script,
  make: (workshop) =>
    plateauFigure(
      workshop,
      workshop.pick({
        quick: { K: SIZES, seeds: [4], studentK: [2, 3], runs: 8 },
        full: { K: SIZES, seeds: [1, 2, 3, 4, 5], studentK: [2, 3, 4], runs: 50 },
      }),
    ),
};
