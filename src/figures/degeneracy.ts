import { binomialInterval } from '../compare/binomial.ts';
import type { Problem } from '../problem/index.ts';
import { bestAligned, degenerateMinima, endsIn } from '../theory/index.ts';
import type { Claim, Drawing, Figure, Panel, Trace } from './types.ts';
import { listed, short } from './words.ts';
import type { Workshop } from './workshop.ts';

/*
 * Figure 3c of Refinetti et al. 2021 with students in place of a sketch: for K = M = 2 an erf student has eight perfect
 * solutions. In which does she end? Projected students, which follow the law of trained ones exactly, each with a start, feedback
 * weights and inputs of her own. The second unit of the teacher is weaker, A = (1, 0.6), so that the eight have eight
 * overlaps with F; for A = (1, 1) they have four, each twice.
 */

const N = 500;
const A = [1, 0.6];
const LEVEL = 0.99;
/** A student is in a minimum if all her order parameters are this near to its own: the rule of `endsIn`. */
const NEAR = 0.1;
/** Points shown of each rule in the panels with a point for every student. */
const MOST_SHOWN = 400;
type Rule = 'dfa' | 'bp';

export interface DegeneracySizes {
  learningRate: number;
  /** Pieces of work and students in each; students of one number start alike by both rules. */
  pieces: Record<Rule, number>;
  runs: number;
  /** Students by DFA from large starts. */
  large: number;
  /** When each rule's students are looked at. */
  last: Record<Rule, number>;
}

/** Standard deviations of the weights at the start: the paper's, and as large as the teacher's. */
const SMALL = 0.01;
const LARGE = 1;

const problemOf = (rule: Rule, sigma: number, { learningRate, last }: DegeneracySizes): Problem => ({
  activation: 'erf',
  rule,
  learningRate,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A,
  },
  student: { draw: { K: 2, N, sigma, seed: 1 } },
  feedback: { draw: 'normal', seed: 1 },
  alpha: [last[rule]],
});

/** What became of one student who converged. */
export interface Ended {
  /** Her minimum among all by its overlap with F: 1 is the best aligned. */
  rank: number;
  /** cos(v, F) of the student. */
  overlap: number;
  /** cos(v, F) in the best aligned minimum, and by how much it is smaller in hers. */
  best: number;
  behind: number;
  /** Whether sgn(v_k) = sgn(F_k) for all k. */
  signs: boolean;
  F: number[];
  v: number[];
}

export interface Endings {
  students: number;
  ended: Ended[];
}

async function endings(
  workshop: Workshop,
  problem: Problem,
  { pieces, runs }: { pieces: number; runs: number },
): Promise<Endings> {
  const ended: Ended[] = [];
  // One after the other: each uses every core, and is kept once it is done.
  for (let seed = 1; seed <= pieces; seed++) {
    const options = { N, runs, seed, student: 'projected', redraw: ['student', 'feedback'] } as const;
    const some = await workshop.piece(
      `where ${problem.rule.toUpperCase()} ends, ${seed} of ${pieces}`,
      { problem, options },
      async ({ simulate }) => {
        const { perRun } = await simulate(problem, options);
        return perRun.flatMap(({ student, feedback, Q, R, v }) =>
          student && feedback
            ? endedOf({ ...problem, student, feedback }, { Q: Q[0], R: R[0], v: v[0] })
            : [],
        );
      },
    );
    ended.push(...some);
  }
  return { students: runs * pieces, ended };
}

function endedOf(problem: Problem & { feedback: number[] }, at: Parameters<typeof endsIn>[1]): Ended[] {
  const { distance, overlap } = endsIn(problem, at);
  // A student who diverged has no distance.
  if (!(distance < NEAR)) return [];
  const F = problem.feedback;
  const { v } = at;
  const best = bestAligned(problem).overlap;
  const better = [...degenerateMinima(problem)].filter((minimum) => minimum.overlap > overlap + 1e-12);
  return [
    {
      rank: better.length + 1,
      overlap: (v[0] * F[0] + v[1] * F[1]) / Math.hypot(...v) / Math.hypot(...F),
      best,
      behind: best - overlap,
      signs: v.every((vk, k) => vk * F[k] > 0),
      F,
      v,
    },
  ];
}

const RANKS = [1, 2, 3, 4, 5, 6, 7, 8];
const countAt = ({ ended }: Endings, rank: number): number => ended.filter((one) => one.rank === rank).length;

export async function degeneracy(workshop: Workshop, sizes: DegeneracySizes): Promise<Drawing> {
  const { runs } = sizes;
  const small = (rule: Rule) =>
    endings(workshop, problemOf(rule, SMALL, sizes), { pieces: sizes.pieces[rule], runs });
  const dfa = await small('dfa');
  const bp = await small('bp');
  const large = await endings(workshop, problemOf('dfa', LARGE, sizes), { pieces: 1, runs: sizes.large });
  return {
    caption: `Where erf students end, K = M = 2, A = (1, 0.6): one of eight perfect solutions, equal up to signs and order of the units. Ranked by their overlap with F, 1 is the best aligned. ${dfa.students} projected students by DFA and ${bp.students} by BP (with F drawn and not used), N = ${N}, σ₀ = 0.01, each with a start, a normal F and inputs of her own, learning rate η = ${sizes.learningRate}; DFA at α = ${sizes.last.dfa}, BP at α = ${sizes.last.bp}; ${large.students} more by DFA from starts with σ₀ = ${LARGE}. Only those within ${NEAR} of a solution in every order parameter are counted: ${dfa.ended.length} by DFA, ${bp.ended.length} by BP.`,
    parameters: {
      problem: problemOf('dfa', SMALL, sizes),
      'last alpha with BP': sizes.last.bp,
      N,
      student: 'projected',
      redraw: 'student, feedback',
      'seeds of the pieces': `1 to ${sizes.pieces.dfa} (DFA), 1 to ${sizes.pieces.bp} (BP)`,
      'students in a piece': sizes.runs,
      'from large starts, DFA': `${sizes.large}, sigma ${LARGE}, seed 1`,
      converged: `every order parameter within ${NEAR} of a solution's`,
    },
    panels: [ranks(dfa, bp, large), overlaps(dfa, bp), staircase(dfa, bp)],
    claims: [endsInBest(dfa), keepsSigns(dfa), spreads(bp), needsSmallStarts(dfa, large)],
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
    x: { label: 'rank by overlap with F (1: best aligned)', range: [0.5, 8.5] },
    y: { label: 'fraction of converged students', range: [0, 1.02] },
    traces: [
      trace(dfa, 'DFA', 0, -0.12),
      trace(bp, 'BP', 1, 0),
      trace(large, `DFA from large starts, σ₀ = ${LARGE}`, 2, 0.12),
    ],
    lines: [{ y: 1 / 8, label: 'by chance, 1/8' }],
    note: `Bars: Clopper–Pearson intervals, ${100 * LEVEL}%.`,
  };
}

function overlaps(dfa: Endings, bp: Endings): Panel {
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
        x: [Math.min(...dfa.ended.map(({ best }) => best)), 1],
        y: [Math.min(...dfa.ended.map(({ best }) => best)), 1],
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

const degrees = ([x, y]: number[]): number => (Math.atan2(y, x) * 180) / Math.PI;

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

const percent = (x: number): string => `${Number((100 * x).toFixed(2))}%`;
const interval = (k: number, n: number): string => {
  const [low, high] = binomialInterval(k, n, LEVEL);
  return `${k} of ${n} (${percent(k / n)}; ${100 * LEVEL}% interval ${percent(low)} to ${percent(high)})`;
};

function endsInBest(dfa: Endings): Claim {
  const says = 'DFA ends in the solution of greatest overlap with F.';
  const n = dfa.ended.length;
  if (n === 0) return { by: 'paper', says, holds: 'undecided', found: 'nobody has converged' };
  const best = countAt(dfa, 1);
  const others = dfa.ended.filter(({ rank }) => rank > 1);
  const apart = Math.max(...others.map(({ F: [a, b] }) => Math.abs(Math.abs(a / b) - 1)));
  const exceptions =
    others.length === 0
      ? ''
      : ` ${others.length === 1 ? 'The other' : `The ${others.length} others`} ended in solution ${listed([...new Set(others.map(({ rank }) => rank))].sort())}, with |F₁| and |F₂| within ${percent(apart)} of each other: nearly a tie, which the inputs decide (cos(v, F) of the best is greater by ${short(Math.max(...others.map(({ behind }) => behind)))} at most).`;
  return {
    by: 'paper',
    says,
    holds: best / n >= 0.99 ? 'yes' : 'not as printed',
    found: `${interval(best, n)} of the students that converged.${exceptions} ${dfa.students - n} of ${dfa.students} had not converged and are not counted: a small |F_k| makes DFA slow.`,
  };
}

function keepsSigns({ ended }: Endings): Claim {
  const same = ended.filter(({ signs }) => signs).length;
  return {
    by: 'paper',
    says: 'At the end of DFA sgn(v_k) = sgn(F_k).',
    holds: ended.length === 0 ? 'undecided' : same === ended.length ? 'yes' : 'not as printed',
    found: ended.length === 0 ? 'nobody has converged' : interval(same, ended.length),
  };
}

function spreads(bp: Endings): Claim {
  const says = 'BP converges to any one of the solutions, depending on the start.';
  const n = bp.ended.length;
  if (n === 0) return { by: 'paper', says, holds: 'undecided', found: 'nobody has converged' };
  const counts = RANKS.map((rank) => countAt(bp, rank));
  return {
    by: 'paper',
    says,
    holds:
      counts.every((count) => count > 0) && binomialInterval(counts[0], n, LEVEL)[1] < 0.5 ? 'yes' : 'no',
    found: `${listed(counts)} students in solutions 1 to 8, of ${n} converged and ${bp.students} in all; best aligned: ${interval(counts[0], n)}, by chance 12.5%.`,
  };
}

function needsSmallStarts(small: Endings, large: Endings): Claim {
  const says =
    'That needs small starts: from weights as large as the teacher’s the start decides, in part, which unit takes which of the teacher’s; F decides the signs all the same.';
  const [n, m] = [small.ended.length, large.ended.length];
  if (n === 0 || m === 0) return { by: 'alignode', says, holds: 'undecided', found: 'nobody has converged' };
  const [best, bestOfLarge] = [countAt(small, 1), countAt(large, 1)];
  const apart = binomialInterval(bestOfLarge, m, LEVEL)[1] < binomialInterval(best, n, LEVEL)[0];
  const signs = large.ended.filter((one) => one.signs).length;
  return {
    by: 'alignode',
    says,
    holds: apart ? (signs === m ? 'yes' : 'no') : 'undecided',
    found: `σ₀ = ${LARGE}: ${interval(bestOfLarge, m)} in the best aligned solution, the signs of F in ${signs} of ${m}; σ₀ = ${SMALL}: ${interval(best, n)}.`,
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
  seconds: { quick: 25, full: 900 },
  script,
  make: (workshop) =>
    degeneracy(
      workshop,
      workshop.pick<DegeneracySizes>({
        // Ten times the paper's rate, and a tenth of the time.
        quick: {
          learningRate: 1,
          runs: 350,
          pieces: { dfa: 2, bp: 1 },
          large: 100,
          last: { dfa: 800, bp: 600 },
        },
        full: {
          learningRate: 0.1,
          runs: 400,
          pieces: { dfa: 6, bp: 2 },
          large: 400,
          last: { dfa: 8000, bp: 8000 },
        },
      }),
    ),
};
