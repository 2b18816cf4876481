import { listed, type Panel, type Trace } from '../../draw/index.ts';
import { atan2 } from '../../numbers/index.ts';
import { binomialInterval } from '../../shallow/compare/binomial.ts';
import type { Problem } from '../../shallow/problem/index.ts';
import type { Drawing, Figure } from '../types.ts';
import type { Workshop } from '../workshop.ts';
import {
  comesLate,
  countAt,
  endsInBest,
  keepsSigns,
  LARGE,
  LEVEL,
  needsSmallStarts,
  spreads,
} from './degeneracyClaims.ts';
import {
  A,
  type Ended,
  type Endings,
  endings,
  type Latecomers,
  type LateSizes,
  latecomers,
  NEAR,
  problemOf,
  type Rule,
  SMALL,
} from './endings.ts';

/*
 * Figure 3c of Refinetti et al. 2021 with students in place of a sketch: for K = M = 2 an erf student has eight perfect
 * solutions. In which does it end?
 */

/** Points shown of each rule in the panels with a point for every student. */
const MOST_SHOWN = 400;

export interface DegeneracySizes {
  N: number;
  learningRate: number;
  /** Pieces of work, and students in each; students of the same number have the same start under both rules. */
  pieces: Record<Rule, number>;
  runs: number;
  /** Students by DFA from large starts. */
  large: number;
  /** The time at which each rule's students are measured. */
  last: Record<Rule, number>;
  /** DFA students that are trained longer, so that those that converge late are seen too. */
  late: LateSizes;
}

const RANKS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The outcomes of all students. */
export interface Measured {
  dfa: Endings;
  bp: Endings;
  /** By DFA from large starts. */
  large: Endings;
  late: Latecomers;
}

const asked = ({ N, learningRate, last }: DegeneracySizes, rule: Rule, sigma: number): Problem =>
  problemOf({ rule, sigma, N, learningRate, alpha: [last[rule]] });

export async function measureEndings(workshop: Workshop, sizes: DegeneracySizes): Promise<Measured> {
  const { N, runs, pieces, large, late } = sizes;
  const small = (rule: Rule): Promise<Endings> =>
    endings(workshop, asked(sizes, rule, SMALL), { N, pieces: pieces[rule], runs });
  return {
    dfa: await small('dfa'),
    bp: await small('bp'),
    large: await endings(workshop, asked(sizes, 'dfa', LARGE), { N, pieces: 1, runs: large }),
    late: await latecomers(workshop, late),
  };
}

type DegeneracyClaims = [
  ReturnType<typeof endsInBest>,
  ReturnType<typeof comesLate>,
  ReturnType<typeof keepsSigns>,
  ReturnType<typeof spreads>,
  ReturnType<typeof needsSmallStarts>,
];

export async function degeneracy(
  workshop: Workshop,
  sizes: DegeneracySizes,
): Promise<Drawing<DegeneracyClaims>> {
  const { dfa, bp, large, late } = await measureEndings(workshop, sizes);
  return {
    caption: `Where erf students end, K = M = 2, A = (1, 0.6): one of eight perfect solutions, equal up to signs and order of the units. Ranked by their overlap with F, 1 is the best aligned. ${dfa.students} projected students by DFA and ${bp.students} by BP, N = ${sizes.N}, σ₀ = 0.01, each with a start, a normal F and inputs of its own, learning rate η = ${sizes.learningRate}; DFA at α = ${sizes.last.dfa}, BP at α = ${sizes.last.bp}; ${large.students} more by DFA from starts with σ₀ = ${LARGE}. BP does not know F: its students are ranked by an F that is drawn and not used, so that any way to choose among the solutions would give equal ranks; in which solutions they end is counted by the solutions themselves, below. Only those within ${NEAR} of a solution in every order parameter are counted: ${dfa.ended.length} by DFA, ${bp.ended.length} by BP.`,
    parameters: {
      problem: asked(sizes, 'dfa', SMALL),
      'last alpha with BP': sizes.last.bp,
      N: sizes.N,
      student: 'projected',
      redraw: 'student, feedback',
      'seeds of the pieces': `1 to ${sizes.pieces.dfa} (DFA), 1 to ${sizes.pieces.bp} (BP)`,
      'students in a piece': sizes.runs,
      'from large starts, DFA': `${sizes.large}, sigma ${LARGE}, seed 1`,
      'those who come late, DFA': `${sizes.late.runs} more with N = ${sizes.late.N}, η = ${sizes.late.learningRate}, seed 1, at α = ${listed(sizes.late.alpha)}`,
      converged: `every order parameter within ${NEAR} of a solution's`,
    },
    panels: [ranks(dfa, bp, large), overlaps(dfa, bp), staircase(dfa, bp)],
    claims: [
      endsInBest(dfa),
      comesLate(late, sizes.late),
      keepsSigns(dfa),
      spreads(bp, dfa),
      needsSmallStarts(dfa, large),
    ],
  };
}

function ranks(dfa: Endings, bp: Endings, large: Endings): Panel {
  const trace = (all: Endings, name: string, colour: number, aside: number): Trace => {
    const n = all.ended.length;
    const counts = RANKS.map((rank) => countAt(all, rank));
    const bounds = counts.map((k) => (n > 0 ? binomialInterval(k, n, LEVEL) : [0, 1]));
    return {
      name: `${name}, ${n} converged of ${all.students}`,
      mark: 'points',
      colour,
      x: RANKS.map((rank) => rank + aside),
      y: counts.map((k) => k / Math.max(1, n)),
      low: bounds.map(([low]) => low),
      high: bounds.map(([, high]) => high),
      text: counts.map((k, i) => `rank ${RANKS[i]}: ${k} of ${n}`),
    };
  };
  return {
    name: '3c-ranks',
    title: 'The solution a student ends in',
    x: { label: 'rank by overlap with F (1: best aligned)', range: [0.5, 8.5], whole: true },
    y: { label: 'fraction of converged students', range: [0, 1.02] },
    traces: [
      trace(dfa, 'DFA', 0, -0.12),
      trace(bp, 'BP', 1, 0),
      trace(large, `DFA from large starts, σ_0 = ${LARGE}`, 2, 0.12),
    ],
    lines: [{ y: 1 / 8, label: 'by chance, 1/8' }],
    note: `Bars: Clopper–Pearson intervals, ${100 * LEVEL}%. BP does not know F.`,
  };
}

function overlaps(dfa: Endings, bp: Endings): Panel {
  const least = Math.min(...[...dfa.ended, ...bp.ended].map(({ best }) => best));
  return {
    name: '3c-overlap',
    title: 'Overlap with F at the end, and the best there is',
    x: { label: 'cos(v, F) of the best aligned solution' },
    y: { label: 'cos(v, F) at the end', range: [-1.02, 1.02] },
    traces: [
      {
        name: 'the best aligned solution',
        mark: 'dashed',
        colour: 7,
        x: [least, 1],
        y: [least, 1],
      },
      students(
        bp,
        'BP',
        1,
        ({ best }) => best,
        ({ overlap }) => overlap,
      ),
      students(
        dfa,
        'DFA',
        0,
        ({ best }) => best,
        ({ overlap }) => overlap,
      ),
    ],
  };
}

const degrees = ([x, y]: number[]): number => (atan2(y, x) * 180) / Math.PI;

/** The direction of v at the end against that of F: eight steps for DFA. */
function staircase(dfa: Endings, bp: Endings): Panel {
  const angle = degrees(A);
  // From |F_1| = |F_2| and from F_k = 0 on, another solution is the best.
  const edges = [-180, -135, -90, -45, 0, 45, 90, 135, 180];
  const steps = [-180 + angle, -90 - angle, -90 + angle, -angle, angle, 90 - angle, 90 + angle, 180 - angle];
  return {
    name: '3c-directions',
    title: 'The direction of v at the end',
    x: { label: 'direction of F, degrees', range: [-184, 184] },
    y: { label: 'direction of v, degrees', range: [-184, 184] },
    square: true,
    traces: [
      {
        name: 'best aligned solution',
        mark: 'line',
        colour: 7,
        x: steps.flatMap((_, i) => [edges[i], edges[i + 1]]),
        y: steps.flatMap((step) => [step, step]),
      },
      students(
        bp,
        'BP',
        1,
        ({ F }) => degrees(F),
        ({ v }) => degrees(v),
      ),
      students(
        dfa,
        'DFA',
        0,
        ({ F }) => degrees(F),
        ({ v }) => degrees(v),
      ),
    ],
    note: 'Directions are angles from the first axis, that of F₁ and v₁. DFA leaves gaps where an |F_k| is small: those students have not converged yet.',
  };
}

function students(
  { ended }: Endings,
  name: string,
  colour: number,
  x: (one: Ended) => number,
  y: (one: Ended) => number,
): Trace {
  const shown = ended.slice(0, MOST_SHOWN);
  return {
    name: shown.length < ended.length ? `${name}, the first ${MOST_SHOWN}` : name,
    mark: name === 'BP' ? 'open points' : 'points',
    colour,
    x: shown.map(x),
    y: shown.map(y),
    text: shown.map(({ rank }) => `rank ${rank}`),
  };
}

const script = `import { endsIn, simulate } from 'alignode';

const problem = {
  activation: 'erf',
  learningRate: 1,
  teacher: { T: [[1, 0], [0, 1]], A: [1, 0.6] },
  student: { draw: { K: 2, N: 100, sigma: 0.01, seed: 1 } },
  feedback: { draw: 'normal' as const, seed: 1 },
  alpha: [600],
};
for (const rule of ['dfa', 'bp']) {
  const students = await simulate(
    { ...problem, rule },
    { N: 100, runs: 100, student: 'projected', redraw: ['student', 'feedback'] },
  );
  const ends = students.perRun.map(({ student, feedback, Q, R, v }) =>
    endsIn({ ...problem, rule, student: student!, feedback }, { Q: Q[0], R: R[0], v: v[0] }),
  );
  const converged = ends.filter(({ distance }) => distance < 0.1);
  const best = converged.filter((end) => end.best);
  console.log(\`\${rule}: \${converged.length} of 100 converged, \${best.length} of them in the best aligned solution\`);
}
`;

export const figure3c: Figure = {
  name: '3c',
  title: 'Degeneracy breaking',
  source: 'Figure 3c of Refinetti et al. 2021 (a sketch there)',
  seconds: { quick: 28, full: 950 },
  script,
  make: (workshop) =>
    degeneracy(
      workshop,
      workshop.pick<DegeneracySizes>({
        // Ten times the paper's rate, and a tenth of the time.
        quick: {
          N: 500,
          learningRate: 1,
          runs: 350,
          pieces: { dfa: 2, bp: 1 },
          large: 100,
          last: { dfa: 800, bp: 600 },
          late: { N: 100, learningRate: 1, runs: 80, alpha: [800, 8000] },
        },
        full: {
          N: 500,
          learningRate: 0.1,
          runs: 400,
          pieces: { dfa: 6, bp: 2 },
          large: 400,
          last: { dfa: 8000, bp: 8000 },
          late: { N: 100, learningRate: 1, runs: 400, alpha: [800, 20_000] },
        },
      }),
    ),
};
