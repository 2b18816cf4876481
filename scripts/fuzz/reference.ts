import type { ResolvedProblem } from '../../src/index.ts';

/*
 * Curves that share no code with the program: the equations from the averages as the papers print them, and a method of
 * Runge and Kutta of fourth order with Richardson's extrapolation. For erf and linear, and for relu with one student
 * and one teacher unit, where the arc-cosine kernels of Cho & Saul (2009) are all that is needed.
 */

/** The averages over fields of covariance C that the equations are made of; a, b, c, d number the fields. */
interface Averages {
  I2(C: number[][], a: number, b: number): number;
  I3(C: number[][], a: number, b: number, c: number): number;
  I4(C: number[][], a: number, b: number, c: number, d: number): number;
  J2(C: number[][], a: number, b: number): number;
}

/** Saad & Solla, Phys. Rev. E 52, 4225 (1995), appendix. */
const erf: Averages = {
  I2: (C, a, b) => (2 / Math.PI) * Math.asin(C[a][b] / Math.sqrt((1 + C[a][a]) * (1 + C[b][b]))),
  I3: (C, a, b, c) => {
    const L3 = (1 + C[a][a]) * (1 + C[c][c]) - C[a][c] ** 2;
    return ((2 / Math.PI / Math.sqrt(L3)) * (C[b][c] * (1 + C[a][a]) - C[a][b] * C[a][c])) / (1 + C[a][a]);
  },
  I4: (C, a, b, c, d) => {
    const [A, B] = [1 + C[a][a], 1 + C[b][b]];
    const L4 = A * B - C[a][b] ** 2;
    const lambda = (x: number, y: number, one: number): number =>
      L4 * (C[x][y] + one) -
      C[b][x] * C[b][y] * A -
      C[a][x] * C[a][y] * B +
      C[a][b] * (C[a][x] * C[b][y] + C[a][y] * C[b][x]);
    const sine = lambda(c, d, 0) / Math.sqrt(lambda(c, c, 1) * lambda(d, d, 1));
    return (4 / Math.PI ** 2 / Math.sqrt(L4)) * Math.asin(Math.max(-1, Math.min(1, sine)));
  },
  J2: (C, a, b) => 2 / Math.PI / Math.sqrt((1 + C[a][a]) * (1 + C[b][b]) - C[a][b] ** 2),
};

const linear: Averages = {
  I2: (C, a, b) => C[a][b],
  I3: (C, _a, b, c) => C[b][c],
  I4: (C, _a, _b, c, d) => C[c][d],
  J2: () => 1,
};

/** Field 0 is the student, field 1 the teacher; every step function is that of the student. */
const relu: Averages = (() => {
  const angle = (C: number[][]): number =>
    Math.acos(Math.max(-1, Math.min(1, C[0][1] / Math.sqrt(C[0][0] * C[1][1]))));
  const I2 = (C: number[][], a: number, b: number): number => {
    if (a === b) return C[a][a] / 2;
    const t = angle(C);
    return (Math.sqrt(C[0][0] * C[1][1]) * (Math.sin(t) + (Math.PI - t) * Math.cos(t))) / (2 * Math.PI);
  };
  /** E θ(x) y₊² of the student's x and the teacher's y. */
  const teacherSquare = (C: number[][]): number => {
    const t = angle(C);
    return (C[1][1] * (Math.PI - t + Math.sin(t) * Math.cos(t))) / (2 * Math.PI);
  };
  return {
    I2,
    I3: (C, _a, b, c) => (c === 0 ? C[b][0] / 2 : b === 0 ? I2(C, 0, 1) : teacherSquare(C)),
    I4: (C, _a, _b, c, d) => (c === 1 && d === 1 ? teacherSquare(C) : I2(C, c, d)),
    J2: () => 0.5,
  };
})();

const AVERAGES: Record<string, Averages> = { erf, linear, relu };

interface State {
  Q: number[][];
  R: number[][];
  v: number[];
}

/** dQ/dα, dR/dα and dv/dα by the equations of Refinetti et al. (2021), appendix; f = v for BP, F for DFA. */
function motion(p: ResolvedProblem, { Q, R, v }: State): State {
  const { I2, I3, I4, J2 } = AVERAGES[p.activation];
  const { T, A } = p.teacher;
  const [K, M] = [v.length, A.length];
  const C = [...Q.map((row, k) => [...row, ...R[k]]), ...T.map((row, m) => [...R.map((r) => r[m]), ...row])];
  const w = [...v, ...A.map((a) => -a)];
  const f = p.rule === 'bp' ? v : p.feedback!;
  const [eta1, eta2] = [p.learningRate, p.trainSecondLayer ? p.secondLayerRate : 0];
  const [decay1, decay2] = [p.weightDecay[0], p.trainSecondLayer ? p.weightDecay[1] : 0];
  const all = w.map((_, j) => j);
  const sum = (of: (j: number) => number): number => all.reduce((total, j) => total + w[j] * of(j), 0);
  const units = v.map((_, k) => k);
  return {
    Q: units.map((k) =>
      units.map(
        (l) =>
          -eta1 * (f[k] * sum((j) => I3(C, k, l, j)) + f[l] * sum((j) => I3(C, l, k, j))) +
          eta1 ** 2 * f[k] * f[l] * (sum((i) => sum((j) => I4(C, k, l, i, j))) + p.noise ** 2 * J2(C, k, l)) -
          2 * decay1 * Q[k][l],
      ),
    ),
    R: units.map((k) =>
      Array.from({ length: M }, (_, m) => -eta1 * f[k] * sum((j) => I3(C, k, K + m, j)) - decay1 * R[k][m]),
    ),
    v: units.map((k) => -eta2 * sum((j) => I2(C, k, j)) - decay2 * v[k]),
  };
}

const plus = (s: State, h: number, d: State): State => ({
  Q: s.Q.map((row, k) => row.map((q, l) => q + h * d.Q[k][l])),
  R: s.R.map((row, k) => row.map((r, m) => r + h * d.R[k][m])),
  v: s.v.map((x, k) => x + h * d.v[k]),
});

function rungeKutta4(p: ResolvedProblem, start: State, length: number, steps: number): State {
  let s = start;
  const h = length / steps;
  for (let n = 0; n < steps; n++) {
    const a = motion(p, s);
    const b = motion(p, plus(s, h / 2, a));
    const c = motion(p, plus(s, h / 2, b));
    const d = motion(p, plus(s, h, c));
    s = plus(plus(plus(plus(s, h / 6, a), h / 3, b), h / 3, c), h / 6, d);
  }
  return s;
}

const flat = ({ Q, R, v }: State): number[] => [...Q.flat(), ...R.flat(), ...v];

/** The state at a time, and an estimate of its error; undefined if it diverges, or too many steps are needed. */
export function referenceAt(
  p: ResolvedProblem,
  alpha: number,
  most = 4096,
): { state: number[]; error: number } | undefined {
  let before = flat(rungeKutta4(p, p.student, alpha, 16));
  let extrapolated: number[] | undefined;
  for (let steps = 32; steps <= most; steps *= 2) {
    const now = flat(rungeKutta4(p, p.student, alpha, steps));
    const better = now.map((x, i) => x + (x - before[i]) / 15);
    if (!better.every(Number.isFinite)) return undefined;
    const error = extrapolated && Math.max(...better.map((x, i) => Math.abs(x - extrapolated![i])));
    if (error !== undefined && error < 1e-10 * Math.max(1, ...better.map(Math.abs)))
      return { state: better, error };
    extrapolated = better;
    before = now;
  }
  return undefined;
}
