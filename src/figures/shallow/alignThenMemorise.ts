import { short } from '../../draw/index.ts';
import { hypot, ln } from '../../numbers/index.ts';
import type { StudentKind } from '../../shallow/students/index.ts';
import { bestAligned, integrate, type Places, placesOf } from '../../shallow/theory/index.ts';
import { median } from '../../support/median.ts';
import { type Claim, type Drawing, type Figure, verdictOf } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import { least, most } from './extremes.ts';
import { learnedAt } from './learned.ts';
import {
  ERROR,
  errorTraces,
  feedback,
  LAST,
  last,
  N,
  oneBy,
  phasesShown,
  problemOf,
  SEED,
  type Theory,
  TIME,
  theoryOf,
} from './oneStart.ts';

/*
 * Figure 3b of Refinetti et al. 2021: the alignment of an erf student by DFA with its feedback weights, and the phases
 * it marks.
 */

/** The maximum is where the plateau begins, as printed, if the two times differ by no more than this factor. */
const SAME_TIME = 2;
/** With a larger cos(v, F) than this, a solution or a student is along F already, and has nothing to turn away to. */
const ALONG = 0.999;

/** One of many starts, in theory. */
interface Turn {
  /** How many times later the plateau begins than the alignment is largest. */
  later: number;
  /** The weight alignment at its largest, at the beginning of the plateau, at its end, and at the end of the curve. */
  most: number;
  plateau: number;
  leaves: number;
  end: number;
  /** The smallest there is from the beginning of the plateau to the end of the curve, and that of the solution. */
  least: number;
  solution: number;
  learned: boolean;
}

interface Turns {
  starts: number;
  /** Those that come to a plateau. */
  turns: Turn[];
}

function turns(workshop: Workshop, starts: number): Promise<Turns> {
  return workshop.piece(
    'alignment from many starts, and the solutions',
    { problem: problemOf('dfa'), starts },
    async (bench) => {
      const found: Turn[] = [];
      for (let seed = 1; seed <= starts; seed++) {
        bench.signal.throwIfAborted();
        const curve = integrate(problemOf('dfa', seed), { rtol: 1e-7 });
        const phases = placesOf(curve);
        const at = curve.weightAlignment;
        if (phases)
          found.push({
            later: curve.alpha[phases.plateau] / curve.alpha[phases.aligned],
            most: at[phases.aligned],
            plateau: at[phases.plateau],
            leaves: at[phases.leaves],
            end: last(at),
            least: Math.min(...at.slice(phases.plateau)),
            solution: bestAligned(problemOf('dfa', seed)).overlap,
            learned: learnedAt(curve) !== undefined,
          });
        bench.progress(seed / starts);
      }
      return { starts, turns: found };
    },
  );
}

export interface AlignmentSizes {
  student: StudentKind;
  /** How many other starts are followed in theory. */
  starts: number;
}

export async function alignment(
  workshop: Workshop,
  { student: kind, starts }: AlignmentSizes,
): Promise<Drawing<[Claim<PeakNumbers>, Claim<FallNumbers>]>> {
  const [theory, student, many] = await Promise.all([
    theoryOf(workshop, 'dfa'),
    oneBy(workshop, 'dfa', kind),
    turns(workshop, starts),
  ]);
  const phases = phasesShown(theory);
  const { alpha } = theory;
  const marks = {
    bands: [
      { from: alpha[0], to: alpha[phases.aligned], label: 'align' },
      { from: alpha[phases.aligned], to: last(alpha), label: 'memorise' },
    ],
    lines: [
      { x: alpha[phases.plateau], label: 'plateau begins' },
      { x: alpha[phases.leaves], label: 'plateau ends' },
    ],
  };
  const F = feedback();
  return {
    caption: `An erf student, K = M = 2, trained by DFA from small weights that point away from F: cosine of v and F (weight alignment) and of the first layer's updates and those of BP (update alignment), and the test error at the same times. Lines: theory. Points: the student of figure 3a, N = ${N}. The align phase lasts until the weight alignment is largest; the plateau is where the error falls more slowly than α^(−1/2).`,
    parameters: {
      problem: problemOf('dfa'),
      F,
      N,
      'seed of the student': SEED,
      'starts in theory': `${starts} students, each with a teacher, a start and F of its own, seeds 1 to ${starts}`,
      plateau: 'from where |d ln ε_g / d ln α| is below ½ after the first fall to where it is above ½ again',
      'the maximum is where the plateau begins': `if the two times differ by at most a factor of ${SAME_TIME} in α`,
    },
    panels: [
      {
        name: '3b-alignment',
        title: 'Alignment with the feedback',
        x: TIME,
        y: { label: 'cosine', range: [-1, 1.05] },
        traces: [
          {
            name: 'weight alignment cos(v, F), theory',
            mark: 'line',
            colour: 0,
            x: alpha,
            y: theory.weightAlignment,
          },
          {
            name: 'weight alignment, student',
            mark: 'points',
            colour: 0,
            x: student.alpha,
            y: student.v.map((v) => cosine(v, F)),
          },
          {
            name: 'update alignment, theory',
            mark: 'dashed',
            colour: 2,
            x: alpha,
            y: theory.updateAlignment,
          },
        ],
        ...marks,
      },
      {
        name: '3b-error',
        title: 'Test error at the same times',
        x: TIME,
        y: ERROR,
        traces: errorTraces('dfa', theory, student),
        ...marks,
      },
    ],
    claims: [peaks(theory, phases, many), falls(theory, phases, many)],
  };
}

const cosine = (a: number[], b: number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k], 0) / hypot(...a) / hypot(...b);
const digits = (x: number): string => x.toFixed(5).replace('-', '−');

/** Whether two times are the same, but for the factor allowed. */
const same = (ratio: number): boolean => Math.max(ratio, 1 / ratio) <= SAME_TIME;

/** A time, and the weight alignment then. */
type Point = { alpha: number; alignment: number };
const pointOf = ({ alpha, weightAlignment }: Theory, i: number): Point => ({
  alpha: alpha[i],
  alignment: weightAlignment[i],
});

type PeakNumbers = {
  start: Point;
  /** Where 99 % of the maximum are reached. */
  nearly: Point;
  /** `eg` is over that at the start. */
  maximum: Point & { eg: number };
  /** Where the plateau begins, and how many times later that is than the maximum. */
  plateau: Point & { later: number };
  /** Starts, and those that come to a plateau. */
  starts: number;
  toPlateau: number;
  /** The starts by their maximum: before the plateau begins, at the same time, later. */
  before: { count: number; factor: number | null };
  within: { count: number };
  /** `least`: the smallest alignment from the beginning of the plateau on. */
  after: { count: number; least: number | null };
  /** The alignment lost from the maximum to the beginning of the plateau. */
  lost: { median: number; most: number | null };
};

function peaks(theory: Theory, { aligned, plateau }: Places, { turns, starts }: Turns): Claim<PeakNumbers> {
  const { alpha, eg, weightAlignment: at } = theory;
  const [before, after] = [1, -1].map((side) =>
    turns.filter((turn) => !same(turn.later) && side * ln(turn.later) > 0),
  );
  const losses = turns.map((turn) => turn.most - turn.plateau);
  const numbers: PeakNumbers = {
    start: pointOf(theory, 0),
    nearly: pointOf(
      theory,
      at.findIndex((x) => x > 0.99 * at[aligned]),
    ),
    maximum: { ...pointOf(theory, aligned), eg: eg[aligned] / eg[0] },
    plateau: { ...pointOf(theory, plateau), later: alpha[plateau] / alpha[aligned] },
    starts,
    toPlateau: turns.length,
    before: {
      count: before.length,
      factor: before.length === 0 ? null : median(before.map((turn) => turn.later)),
    },
    within: { count: turns.filter((turn) => same(turn.later)).length },
    after: { count: after.length, least: least(after.map((turn) => turn.least)) },
    lost: { median: median(losses), most: most(losses) },
  };
  const { later } = numbers.plateau;
  return {
    by: 'paper',
    says: 'In the align phase the alignment increases, and reaches its maximum when the test error reaches the plateau.',
    holds: same(later) ? 'yes' : 'not as printed',
    numbers,
    found: peakInWords(numbers),
  };
}

function peakInWords(numbers: PeakNumbers): string {
  const { start, nearly, maximum, plateau, starts, toPlateau, before, within, after, lost } = numbers;
  const { later } = plateau;
  const shape = same(later)
    ? 'It does'
    : later > 1
      ? 'It increases, but is largest before the plateau, while the error still falls'
      : 'It increases still on the plateau';
  const factor = before.factor === null ? '' : `, by a factor in α of ${short(before.factor)} in the median`;
  const late =
    after.least === null
      ? ''
      : ` In those where it is later the alignment is at least ${digits(after.least)} at all times from the beginning of the plateau to α = ${LAST}: ${after.least > ALONG ? 'it hardly changes there, and its maximum says nothing' : 'it falls and rises again'}.`;
  return `${shape}. Here cos(v, F) is ${digits(start.alignment)} at α = ${short(start.alpha)}, reaches 99% of its maximum at α = ${short(nearly.alpha)} and the maximum, ${digits(maximum.alignment)}, at α = ${short(maximum.alpha)}, where the error is ${short(maximum.eg)} of that at the start; the plateau begins at α = ${short(plateau.alpha)}, with an alignment of ${digits(plateau.alignment)}. The times differ by a factor of ${short(Math.max(later, 1 / later))}; up to ${SAME_TIME} would count as the same time. Of ${starts} starts, ${toPlateau} come to a plateau by α = ${LAST}; the maximum is before its beginning in ${before.count}${factor}, within a factor of ${SAME_TIME} of it in ${within.count}, and later in ${after.count}.${late}${lost.most === null ? '' : ` The alignment lost from the maximum to the beginning of the plateau is ${short(lost.median)} in the median of all, ${short(lost.most)} at most.`}`;
}

type FallNumbers = {
  /** Where the plateau begins and ends, and the end of the curve. */
  plateau: Point;
  leaves: Point;
  end: Point;
  /** The alignment of the best aligned solution. */
  solution: number;
  starts: number;
  learned: number;
  /** Of them, those less aligned at the end than where they leave the plateau, and there than at the maximum. */
  decreased: number;
  /** Of the others, the smallest alignment from the plateau on, and of their solutions. */
  others: { count: number; least: number | null; solution: number | null };
};

function falls(
  theory: Theory,
  { aligned, plateau, leaves }: Places,
  { turns, starts }: Turns,
): Claim<FallNumbers> {
  const { weightAlignment: at, alpha } = theory;
  const learned = turns.filter((turn) => turn.learned);
  const decreases = (turn: Turn): boolean => turn.end < turn.leaves && turn.leaves < turn.most;
  const others = learned.filter((turn) => !decreases(turn));
  const numbers: FallNumbers = {
    plateau: pointOf(theory, plateau),
    leaves: pointOf(theory, leaves),
    end: pointOf(theory, alpha.length - 1),
    solution: bestAligned(problemOf('dfa')).overlap,
    starts,
    learned: learned.length,
    decreased: learned.length - others.length,
    others: {
      count: others.length,
      least: least(others.map((turn) => turn.least)),
      solution: least(others.map((turn) => turn.solution)),
    },
  };
  return {
    by: 'paper',
    says: 'Then it decreases in the memorisation phase, as the student recovers the weights of the teacher.',
    holds: verdictOf(last(at) < at[leaves] && at[leaves] < at[plateau] && at[plateau] < at[aligned]),
    numbers,
    found: fallInWords(numbers),
  };
}

function fallInWords({
  plateau,
  leaves,
  end,
  solution,
  starts,
  learned,
  decreased,
  others,
}: FallNumbers): string {
  const rest =
    others.least === null || others.solution === null
      ? ''
      : ` In ${others.count === 1 ? 'the other' : `the other ${others.count}`} cos(v, F) is at least ${digits(others.least)} at all times from the beginning of the plateau on, and at least ${digits(others.solution)} in the solution${others.solution > ALONG ? ': F is in its direction, and there is nothing to turn away to' : ''}.`;
  return `cos(v, F) is ${digits(plateau.alignment)} where the plateau begins, ${digits(leaves.alignment)} where it ends (α = ${short(leaves.alpha)}) and ${digits(end.alignment)} at α = ${short(end.alpha)}, near the ${digits(solution)} of the solution. It begins to decrease on the plateau already. Of the ${learned} starts of ${starts} that have learned by α = ${LAST}, ${decreased} are less aligned at the end than where they leave the plateau, and there less than at the maximum.${rest}`;
}

const alignmentScript = `import { integrate } from 'alignode';

const { alpha, eg, weightAlignment, updateAlignment } = integrate({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: { draw: { M: 2, N: ${N}, seed: ${SEED} } },
  student: { draw: { K: 2, N: ${N}, sigma: 0.01, seed: ${SEED} } },
  feedback: { draw: 'normal', seed: ${SEED} },
  alpha: { from: 0.1, to: ${LAST}, points: 93 },
});
const most = weightAlignment.indexOf(Math.max(...weightAlignment));
console.log('align until alpha =', alpha[most], 'where the error is', eg[most]);
for (let i = 0; i < alpha.length; i += 5)
  console.log(alpha[i].toPrecision(3), eg[i].toPrecision(3), weightAlignment[i].toFixed(4), updateAlignment[i].toFixed(4));
`;

export const figure3b: Figure = {
  name: '3b',
  title: 'Align, then memorise',
  source: 'Figure 3b of Refinetti et al. 2021',
  seconds: { quick: 6, full: 30 },
  script: alignmentScript,
  make: (workshop) =>
    alignment(
      workshop,
      workshop.pick<AlignmentSizes>({
        quick: { student: 'trained', starts: 100 },
        full: { student: 'trained', starts: 500 },
      }),
    ),
};
