import { breathing } from '../breath.ts';
import { type AlphaGrid, type Problem, pack, resolveProblem, type Student } from '../problem/index.ts';
import { integrateInSteps, observer, type Plateau, plateau } from '../theory/index.ts';
import { type Span, spanNear } from './flat.ts';
import type { Claim, Drawing, Figure, Panel, Trace } from './types.ts';
import { listed, short } from './words.ts';
import type { Workshop } from './workshop.ts';

/*
 * The symmetric plateau (erf, T = 1, A = 1): its height and its length, from the fixed point and its eigenvalues, against
 * curves and students. The closed form is of first order in η, and so is eq. 31 of Refinetti et al. 2021; curves at a
 * small rate are the fair test of it. At η = 0.1 the fixed point is taken to full order.
 */

const SMALL = 1e-3;
const PAPER = 0.1;
const SIZES = [2, 3, 4, 5, 6];
const RULES = ['dfa', 'bp'] as const;
type RuleName = (typeof RULES)[number];
/** A curve stands on its plateau while it is within this part of the height. */
const NEAR = 0.05;

const signs = (K: number): number[] => Array.from({ length: K }, (_, k) => (k % 2 === 0 ? 1 : -1));
const matrix = (K: number, of: (k: number, l: number) => number): number[][] =>
  Array.from({ length: K }, (_, k) => Array.from({ length: K }, (_, l) => of(k, l)));

interface Case {
  K: number;
  rule: RuleName;
  learningRate: number;
}

/** K = M, and |F_k| = 1: to full order in η a student with unequal |F_k| rests nowhere on the plateau. */
const problemOf = (
  { K, rule, learningRate }: Case,
  student: Problem['student'],
  alpha: Problem['alpha'],
): Problem => ({
  activation: 'erf',
  rule,
  learningRate,
  teacher: { T: matrix(K, (k, l) => (k === l ? 1 : 0)), A: new Array<number>(K).fill(1) },
  student,
  feedback: signs(K),
  alpha,
});

const randomStart = (K: number, sigma: number, seed: number): Problem['student'] => ({
  draw: { K, N: 500, sigma, seed },
});

/** A student who stands on the plateau but for an asymmetry of this size: weights s_k c Σ_m W̃_m, and a little of each W̃_m. */
function nearPlateau(K: number, asymmetry: number): Student {
  const s = signs(K);
  const c = 1 / Math.sqrt(K * (2 * K - 1));
  const W = matrix(K, (k, m) => s[k] * c + asymmetry * Math.sin(1 + 3 * k + 7 * m));
  return {
    Q: W.map((wk) => W.map((wl) => wk.reduce((sum, x, m) => sum + x * wl[m], 0))),
    R: W,
    v: s,
  };
}

/** Eq. 31 as printed. */
export function printed(K: number): { q: number; r: number; v: number } {
  const q = 1 / (2 * K - 1);
  return { q, r: Math.sqrt(q / 2), v: Math.sqrt((1 + 2 * q) / (q * (4 + 3 * q))) };
}

const fixedPoint = (one: Case, order: 'first' | 'full' = 'first'): Plateau =>
  plateau(problemOf(one, nearPlateau(one.K, 0), [1]), { order });

/** The test error of the overlaps that eq. 31 prints, whether or not a student can have them. */
function printedHeight(K: number): number {
  const { q, r, v } = printed(K);
  const p = resolveProblem(problemOf({ K, rule: 'dfa', learningRate: SMALL }, nearPlateau(K, 0), [1]));
  const s = signs(K);
  const student = {
    Q: matrix(K, (k, l) => s[k] * s[l] * q),
    R: matrix(K, (k) => s[k] * r),
    v: s.map((sk) => sk * v),
  };
  return observer(p)(pack({ ...p, student })).eg;
}

interface Curve {
  alpha: number[];
  eg: number[];
  at: Student[];
}

/** A curve, until it has left the plateau for good. */
function curveOf(problem: Problem, height: number): Curve {
  const steps = integrateInSteps(problem, { rtol: 1e-9, atol: 1e-14 });
  for (;;) {
    const { value, done } = steps.next();
    const { alpha, eg, Q, R, v } = done ? value : value.curve;
    if (done || eg[eg.length - 1] < 0.2 * height)
      return { alpha, eg, at: alpha.map((_, i) => ({ Q: Q[i], R: R[i], v: v[i] })) };
  }
}

/** How much a student tells one teacher from another: the largest part of an R_km beyond the mean over m. */
function specialisation({ R }: Student): number {
  return Math.max(
    ...R.flatMap((row) => {
      const mean = row.reduce((sum, x) => sum + x, 0) / row.length;
      return row.map((x) => Math.abs(x - mean));
    }),
  );
}

/** A plateau measured on a curve. Lengths are in units of α. */
interface Measurement {
  K: number;
  rule: RuleName;
  learningRate: number;
  height: number;
  /** From the first time within NEAR of the height to the first time NEAR below it; null if the curve ends before. */
  length: number | null;
  predicted: number;
}

interface OnCurve extends Measurement {
  sigma: number;
  seed: number;
  /** Some of the curve, to be drawn. */
  alpha: number[];
  eg: number[];
}

const timesFor = (learningRate: number): AlphaGrid => ({
  from: 2 / learningRate,
  to: 1200 / learningRate,
  points: 1199,
  scale: 'linear',
});

/** From small random weights. */
function measureFromRandom(one: Case, sigma: number, seed: number): OnCurve {
  const { K, rule, learningRate } = one;
  const problem = problemOf(one, randomStart(K, sigma, seed), timesFor(learningRate));
  const theory = plateau(problem);
  const { alpha, eg, at } = curveOf(problem, theory.eg);
  const { height } = spanNear(alpha, eg, 0.005) as Span;
  const first = eg.findIndex((x) => x < (1 + NEAR) * height);
  const last = eg.findIndex((x) => x < (1 - NEAR) * height);
  // The plateau is a family: of the same K and signs, the one with her own sizes of v_k.
  const { v } = at[first];
  const sum = v.reduce((total, x) => total + Math.abs(x), 0);
  const start = {
    ...theory.student,
    v: theory.student.v.map((x, k) => Math.sign(x) * Math.abs(v[k]) * (K / sum)),
  };
  const thin = alpha.map((_, i) => i).filter((i) => i < 60 || i % 6 === 0);
  return {
    K,
    rule,
    learningRate,
    sigma,
    seed,
    height,
    length: last < 0 ? null : alpha[last] - alpha[first],
    predicted: plateau(problem, { start }).length(at[first]),
    alpha: thin.map((i) => alpha[i]),
    eg: thin.map((i) => eg[i]),
  };
}

interface OnPlateau extends Measurement {
  asymmetry: number;
  /** The rate at which the asymmetry grows, over the escape rate. */
  growth: number;
  /** Half-way through: the mean |R_km| and |v_k|. */
  r: number;
  v: number;
}

/** From the plateau itself and a small asymmetry. */
function measureFromPlateau(one: Case, asymmetry: number): OnPlateau {
  const { K, rule, learningRate } = one;
  const start = nearPlateau(K, asymmetry);
  const theory = fixedPoint(one);
  const predicted = theory.length(start);
  const points = 601;
  const problem = problemOf(one, start, { from: 0, to: 1.5 * predicted, points, scale: 'linear' });
  const { alpha, eg, at } = curveOf(problem, theory.eg);
  const { height } = spanNear(alpha, eg, 0.005) as Span;
  const last = eg.findIndex((x) => x < (1 - NEAR) * height);
  // Well after the parts that die out, well before the growth is that of a few per cent of R.
  const [i, j] = [0.5, 0.8].map((part) => Math.round((part * predicted) / alpha[1]));
  const sizes = at.map(specialisation);
  const mean = (x: number[]): number => x.reduce((sum, xi) => sum + Math.abs(xi), 0) / x.length;
  return {
    K,
    rule,
    learningRate,
    asymmetry,
    height,
    length: last < 0 ? null : alpha[last],
    predicted,
    growth: Math.log(sizes[j] / sizes[i]) / (alpha[j] - alpha[i]) / theory.escapeRate,
    r: mean(at[i].R.flat()),
    v: mean(at[i].v),
  };
}

interface OfStudents {
  K: number;
  rule: RuleName;
  height: number;
  error: number;
}

const N = 500;
const STUDENT_SIGMA = 1e-3;
/** One start for all: the runs differ in their inputs. */
const STUDENT_SEED = 4;

/** The heights of single students of N = 500 at η = 0.1. */
function ofStudents(workshop: Workshop, K: number, rule: RuleName, runs: number): Promise<OfStudents> {
  const alpha = { from: 20, to: 1600, points: 80, scale: 'linear' as const };
  const problem = problemOf(
    { K, rule, learningRate: PAPER },
    randomStart(K, STUDENT_SIGMA, STUDENT_SEED),
    alpha,
  );
  const name = `plateaus of students by ${rule.toUpperCase()}, K = ${K}`;
  return workshop.piece(name, { problem, N, runs }, async (bench) => {
    const { perRun, alpha: times } = await bench.simulate(problem, { N, runs, student: 'projected' });
    const heights = perRun.map(({ eg }) => spanNear(times, eg, NEAR)?.height ?? Number.NaN);
    const height = heights.reduce((sum, x) => sum + x, 0) / runs;
    const square = heights.reduce((sum, x) => sum + (x - height) ** 2, 0);
    return { K, rule, height, error: Math.sqrt(square / (runs - 1) / runs) };
  });
}

export interface PlateauSizes {
  K: readonly number[];
  seeds: readonly number[];
  /** Which K students are trained with, and how many. */
  studentK: readonly number[];
  runs: number;
}

const SIGMAS = [1e-3, 1e-6];
const ASYMMETRIES = [1e-3, 1e-5, 1e-7];

export interface Measurements {
  fromRandom: OnCurve[];
  fromPlateau: OnPlateau[];
  students: OfStudents[];
}

export async function measurePlateaus(
  workshop: Workshop,
  { K, seeds, studentK, runs }: PlateauSizes,
): Promise<Measurements> {
  const fromRandom: OnCurve[] = [];
  const fromPlateau: OnPlateau[] = [];
  const students: OfStudents[] = [];
  for (const size of K) {
    const kept = await workshop.piece(`plateaus of curves, K = ${size}`, { size, seeds }, async (bench) => {
      const breathe = breathing();
      const random: OnCurve[] = [];
      const near: OnPlateau[] = [];
      for (const rule of RULES) {
        const small = { K: size, rule, learningRate: SMALL };
        for (const asymmetry of ASYMMETRIES) near.push(measureFromPlateau(small, asymmetry));
        for (const learningRate of [SMALL, PAPER])
          for (const seed of seeds)
            for (const sigma of SIGMAS) {
              await breathe();
              bench.signal.throwIfAborted();
              random.push(measureFromRandom({ ...small, learningRate }, sigma, seed));
              bench.progress(random.length / (4 * SIGMAS.length * seeds.length));
            }
      }
      return { random, near };
    });
    fromRandom.push(...kept.random);
    fromPlateau.push(...kept.near);
  }
  for (const size of studentK)
    for (const rule of RULES) students.push(await ofStudents(workshop, size, rule, runs));
  return { fromRandom, fromPlateau, students };
}

export async function plateauFigure(workshop: Workshop, sizes: PlateauSizes): Promise<Drawing> {
  const measured = await measurePlateaus(workshop, sizes);
  return {
    caption: `The symmetric plateau of erf students, K = M, A = 1, |F_k| = 1. Its height: the fixed point (lines) and what curves and students show (points): the median of the test error over the longest time that it keeps within 0.5 % of one value, for students ${100 * NEAR} %. Its length: the time from within ${100 * NEAR} % of the height to ${100 * NEAR} % below it, against the prediction from the eigenvalues for the student at its beginning.`,
    parameters: {
      problem: problemOf(
        { K: 2, rule: 'dfa', learningRate: SMALL },
        randomStart(2, SIGMAS[1], sizes.seeds[0]),
        timesFor(SMALL),
      ),
      K: sizes.K,
      'learning rates': [SMALL, PAPER],
      'random starts': { sigma: SIGMAS, seeds: sizes.seeds },
      'starts on the plateau': { asymmetry: ASYMMETRIES },
      students: {
        N,
        runs: sizes.runs,
        K: sizes.studentK,
        sigma: STUDENT_SIGMA,
        seed: 1,
        student: 'projected',
      },
    },
    panels: [heights(sizes.K, measured), lengths(measured), curves(measured, sizes.seeds[0])],
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
const full = (K: number, rule: RuleName): number => fixedPoint({ K, rule, learningRate: PAPER }, 'full').eg;

function heights(K: readonly number[], { fromRandom, students }: Measurements): Panel {
  const ofCurves = (rule: RuleName, learningRate: number): OnCurve[] =>
    fromRandom.filter(
      (one) => one.rule === rule && one.learningRate === learningRate && one.sigma === SIGMAS[1],
    );
  return {
    name: 'plateau-height',
    title: 'Height',
    x: { label: 'K = M' },
    y: { label: 'test error ε on the plateau', range: [0, 0.06] },
    traces: [
      { name: 'fixed point, η → 0', mark: 'line', colour: 7, x: [...K], y: K.map(first) },
      { name: 'eq. 31 as printed', mark: 'dotted', colour: 7, x: [...K], y: K.map(printedHeight) },
      ...RULES.flatMap((rule, colour): Trace[] => {
        const [small, large] = [ofCurves(rule, SMALL), ofCurves(rule, PAPER)];
        const inFact = students.filter((one) => one.rule === rule);
        const y = inFact.map(({ height }) => height);
        return [
          {
            name: `fixed point, η = ${PAPER}, ${NAMES[rule]}`,
            mark: 'dashed',
            colour,
            x: [...K],
            y: K.map((size) => full(size, rule)),
          },
          {
            name: `curves, ${NAMES[rule]}`,
            mark: 'open points',
            colour,
            x: [...small, ...large].map((one) => one.K),
            y: [...small, ...large].map(({ height }) => height),
            text: [...small, ...large].map(({ learningRate }) => `η = ${learningRate}`),
          },
          {
            name: `students, η = ${PAPER}, ${NAMES[rule]}`,
            mark: 'points',
            colour: colour + 2,
            x: inFact.map((one) => one.K),
            y,
            low: inFact.map(({ error }, i) => y[i] - error),
            high: inFact.map(({ error }, i) => y[i] + error),
          },
        ];
      }),
    ],
    note: 'Eq. 31 as printed leaves the panel: from K = 3 on its test error is negative. No student can have the overlaps that it prints.',
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
    y: { label: 'test error ε', log: true },
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
const yes = (holds: boolean): Claim['holds'] => (holds ? 'yes' : 'no');
const largest = (x: number[]): number => Math.max(...x.map(Math.abs));
const sizesOf = (all: { K: number }[]): number[] => [...new Set(all.map(({ K }) => K))];

function sameForBoth({ fromRandom, students }: Measurements): Claim {
  const mean = (K: number, rule: RuleName, learningRate: number): number => {
    const some = fromRandom.filter(
      (one) =>
        one.K === K && one.rule === rule && one.learningRate === learningRate && one.sigma === SIGMAS[1],
    );
    return some.reduce((sum, { height }) => sum + height, 0) / some.length;
  };
  const K = sizesOf(fromRandom);
  const small = K.map((size) => mean(size, 'bp', SMALL) / mean(size, 'dfa', SMALL) - 1);
  const large = K.map((size) => full(size, 'bp') / full(size, 'dfa') - 1);
  const inFact = sizesOf(students).map((size) => {
    const [dfa, bp] = RULES.map((rule) => students.find((one) => one.K === size && one.rule === rule));
    return `K = ${size}: ε = ${dfa?.height.toFixed(6)} ± ${dfa?.error.toFixed(6)} by DFA and ${bp?.height.toFixed(6)} ± ${bp?.error.toFixed(6)} by BP`;
  });
  return {
    by: 'paper',
    says: 'The test error on the plateau is the same for DFA and BP.',
    holds: yes(largest(small) < 0.01),
    found: `To first order in η they have one fixed point. Curves at η = ${SMALL} agree to ${percent(largest(small))}. At η = ${PAPER} the fixed point of BP is lower, by ${K.map((size, i) => `${percent(-large[i])} at K = ${size}`).join(', ')}. Students, N = ${N}, ${inFact.join('; ')}.`,
  };
}

function equation31({ fromPlateau }: Measurements): Claim {
  const some = fromPlateau.filter(
    ({ rule, asymmetry }) => rule === 'dfa' && asymmetry === ASYMMETRIES[ASYMMETRIES.length - 1],
  );
  const off = some.map(({ K, r, v }) => largest([r / Math.sqrt(1 / (2 * K - 1) / K) - 1, v - 1]));
  return {
    by: 'paper',
    says: 'Eq. 31: Q_kl = q = 1/(2K−1), R_km = r = √(q/2), v_k = √((1+2q)/(q(4+3q))) for K = M and F_k > 0.',
    holds: largest(off) < 0.02 ? 'not as printed' : 'undecided',
    found: `True at K = 2 only; what holds is r = √(q/K), v = 1. Curves at η = ${SMALL}: ${some
      .map(({ K, r, v }) => {
        const eq = printed(K);
        return `K = ${K}: r = ${r.toFixed(4)} (printed ${eq.r.toFixed(4)}, √(q/K) = ${Math.sqrt(eq.q / K).toFixed(4)}), v = ${v.toFixed(3)} (printed ${eq.v.toFixed(3)})`;
      })
      .join(
        '; ',
      )}. The printed overlaps are those of no student for K > 2: the part of W_k in the teacher's span would be longer than W_k, K r² = K q/2 > q, and the formula of the test error gives ${listed(some.filter(({ K }) => K > 2).map(({ K }) => `${short(printedHeight(K)).replace('-', '−')} at K = ${K}`))}.`,
  };
}

function heightHolds({ fromRandom, students }: Measurements): Claim {
  const off = (learningRate: number, predicted: (one: OnCurve) => number): number[] =>
    fromRandom
      .filter((one) => one.learningRate === learningRate && one.sigma === SIGMAS[1])
      .map((one) => one.height / predicted(one) - 1);
  const small = off(SMALL, ({ K }) => first(K));
  const large = off(PAPER, ({ K, rule }) => full(K, rule));
  const inFact = students.map(({ K, rule, height }) => height / full(K, rule) - 1);
  return {
    by: 'alignode',
    says: 'The fixed point is the height of the plateau.',
    holds: yes(largest(small) < 0.02 && largest(large) < 0.05 && largest(inFact) < 0.1),
    found: `Largest differences: ${percent(largest(small))} for curves at η = ${SMALL} (first order), ${percent(largest(large))} at η = ${PAPER} (full order: the closed form, of first order, is ${percent(1 - first(2) / full(2, 'dfa'))} too low there at K = 2, and ${percent(1 - first(6) / full(6, 'dfa'))} at K = 6), ${percent(largest(inFact))} for students at η = ${PAPER}, N = ${N}. Curves come down to it slowly and leave it before they are there.`,
  };
}

function escapeHolds({ fromPlateau }: Measurements): Claim {
  const some = fromPlateau.filter(({ asymmetry }) => asymmetry === ASYMMETRIES[ASYMMETRIES.length - 1]);
  return {
    by: 'alignode',
    says: 'The asymmetry of a student on the plateau grows at the rate of the largest eigenvalue.',
    holds: yes(some.every(({ growth }) => Math.abs(growth - 1) < 0.03)),
    found: `Growth on curves at η = ${SMALL} over the eigenvalue: ${some.map(({ K, rule, growth }) => `${growth.toFixed(4)} (K = ${K}, ${NAMES[rule]})`).join(', ')}. Eigenvalues: ${listed(
      sizesOf(some).map(
        (K) =>
          `${(fixedPoint({ K, rule: 'dfa', learningRate: SMALL }).escapeRate / SMALL).toFixed(5)} η at K = ${K}`,
      ),
    )}.`,
  };
}

function lengthHolds({ fromRandom, fromPlateau }: Measurements): Claim {
  const ratio = (all: Measurement[]): string => {
    const x = known(all).map(({ length, predicted }) => length / predicted);
    return `${Math.min(...x).toFixed(2)} to ${Math.max(...x).toFixed(2)}`;
  };
  const longest = fromPlateau.filter(({ asymmetry }) => asymmetry === ASYMMETRIES[ASYMMETRIES.length - 1]);
  const within = (all: Measurement[], room: number): boolean =>
    known(all).every(({ length, predicted }) => Math.abs(length / predicted - 1) < room);
  return {
    by: 'alignode',
    says: 'The length of the plateau follows from the eigenvalues and the asymmetry at its beginning.',
    holds: yes(within(longest, 0.2) && within(fromRandom, 0.5)),
    found: `Length over prediction: ${ratio(longest)} for students who start on the plateau with an asymmetry of ${ASYMMETRIES[ASYMMETRIES.length - 1]}, ${ratio(fromPlateau)} with larger ones too; ${ratio(fromRandom)} from small random weights, where the v_k still drift along the family (by BP most), and the rate with them. The prediction is until the asymmetry is as large as R, which is a little after ε has fallen by ${100 * NEAR} %.`,
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
  seconds: { quick: 9, full: 60 },
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
