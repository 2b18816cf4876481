// The polynomials of src/shallow/students/gpu/wgsl, of src/random/normal.ts and of kernel/boxMuller.ts: for each
// function the best polynomial of its degree over a range in the sense of Chebyshev, found in 50 digits by the exchange
// of E. Remez (1934), "Sur la détermination des polynômes d'approximation de degré donnée". The first coefficients may
// be given, where the series has short ones. Prints the coefficients, from the constant up, rounded to single precision
// as in the sources, and the worst weighted error that remains, in exact arithmetic.
import { big, math, power, range } from './kernel-coefficients.mjs';

const one = big(1);
const half = big(0.5);
const rootTwoOverPi = math.sqrt(big(2).div(math.pi));
const quarterTurns = (x) => math.pi.times(x).div(2);
const gaussian = (x) => math.exp(x.times(x).div(-2));

/** Σ x^(2i+1)/(1·3·5···(2i+1)), which is √(π/2) exp(x²/2) erf(x/√2). */
function dawson(x) {
  let term = x;
  let total = x;
  for (let i = 1; term.gt(1e-45); i++) {
    term = term
      .times(x)
      .times(x)
      .div(2 * i + 1);
    total = total.plus(term);
  }
  return total;
}
const erf = (x) => rootTwoOverPi.times(gaussian(x)).times(dawson(x));

/** Beyond this argument of the error function g the shader computes 1 − g instead. */
const FAR = 1.4;

const POLYNOMIALS = [
  {
    name: 'logarithm: ln(1+f)/f, relative',
    first: [1, -0.5],
    degree: 8,
    from: half.sqrt().minus(1),
    to: big(2).sqrt().minus(1),
    value: (f) => math.log(f.plus(1)).div(f),
    weight: (f) => f.div(math.log(f.plus(1))),
  },
  {
    name: 'normals: sin(πx/2)/x in x², absolute in the sine',
    // The nearest number to π/2; the others make up for what it lacks.
    first: [Math.fround(Math.PI / 2)],
    degree: 3,
    from: big(0),
    to: big(0.25),
    value: (q) => math.sin(quarterTurns(q.sqrt())).div(q.sqrt()),
    weight: (q) => q.sqrt(),
  },
  {
    name: 'normals: cos(πx/2) in x², absolute',
    first: [1],
    degree: 4,
    from: big(0),
    to: big(0.25),
    value: (q) => math.cos(quarterTurns(q.sqrt())),
    weight: () => one,
  },
  {
    name: 'activations: 2^f, relative',
    first: [1],
    degree: 6,
    from: half.neg(),
    to: half,
    value: (f) => big(2).pow(f),
    weight: (f) => big(2).pow(f.neg()),
  },
  {
    name: 'activations: erf(x/√2)/x in x², relative',
    first: [],
    degree: 5,
    from: big(0),
    to: big(FAR).pow(2),
    value: (q) => erf(q.sqrt()).div(q.sqrt()),
    weight: (q) => q.sqrt().div(erf(q.sqrt())),
  },
  {
    name: 'activations: (1 − erf(x/√2))·exp(x²/2), absolute in erf',
    first: [],
    degree: 7,
    from: big(FAR),
    to: big(6),
    value: (x) => one.div(gaussian(x)).minus(rootTwoOverPi.times(dawson(x))),
    weight: gaussian,
  },
  {
    name: 'log remainder: (ln(1+t) − t + t²/2 − t³/3)/t⁴, relative',
    first: [-0.25],
    degree: 11,
    from: big(-0.5),
    to: half,
    value: remainder,
    weight: (t) => one.div(remainder(t)),
  },
];

function remainder(t) {
  const taken = t.minus(power(t, 2).div(2)).plus(power(t, 3).div(3));
  return math.log(t.plus(1)).minus(taken).div(power(t, 4));
}

const evaluate = (coefficients, z) => coefficients.reduceRight((total, c) => total.times(z).plus(c), big(0));

/** Points dense towards both ends, where the extremes of an error lie close together; never an end itself. */
function grid(from, to, n) {
  return range(n).map((i) => {
    const x = math.cos(math.pi.times(2 * i + 1).div(2 * n));
    return from.plus(to.minus(from).times(one.minus(x)).div(2));
  });
}

/** The largest |error| of each run of one sign, and from these the n in succession whose least is largest. */
function alternation(errors, n) {
  const peaks = [];
  errors.forEach((e, i) => {
    const last = peaks.length - 1;
    if (last < 0 || Math.sign(e) !== Math.sign(errors[peaks[last]])) peaks.push(i);
    else if (Math.abs(e) > Math.abs(errors[peaks[last]])) peaks[last] = i;
  });
  const size = (i) => Math.abs(errors[i]);
  while (peaks.length > n) {
    if (size(peaks[0]) < size(peaks[peaks.length - 1])) peaks.shift();
    else peaks.pop();
  }
  return peaks;
}

function best({ first, degree, from, to, value, weight }) {
  const n = degree + 1 - first.length;
  const z = grid(from, to, 600);
  // What is left for the free coefficients: (value − given part)/z^j, whose error counts z^j times as much.
  const shift = z.map((x) => power(x, first.length));
  const target = z.map((x, i) =>
    value(x)
      .minus(evaluate(first.map(big), x))
      .div(shift[i]),
  );
  const w = z.map((x, i) => weight(x).times(shift[i].abs()));
  let points = range(n + 1).map((i) => Math.round(((i + 0.5) * 600) / (n + 1)));
  for (let round = 0; ; round++) {
    // Polynomial + (−1)^i level/weight = target at n + 1 points.
    const rows = points.map((p, i) => [...range(n).map((j) => power(z[p], j)), big((-1) ** i).div(w[p])]);
    const solved = math.lusolve(
      rows,
      points.map((p) => target[p]),
    );
    const free = solved.slice(0, n).map(([c]) => c);
    const level = Math.abs(solved[n][0].toNumber());
    const errors = z.map((x, i) => w[i].times(evaluate(free, x).minus(target[i])).toNumber());
    const worst = Math.max(...errors.map(Math.abs));
    if (worst < 1.001 * level) return [...first, ...free.map((c) => c.toNumber())];
    if (round === 30) throw new Error(`no convergence: level ${level}, worst ${worst}`);
    points = alternation(errors, n + 1);
  }
}

for (const polynomial of POLYNOMIALS) {
  const exact = best(polynomial);
  const rounded = exact.map(Math.fround);
  const error = (coefficients) =>
    grid(polynomial.from, polynomial.to, 400).reduce((most, x) => {
      const difference = evaluate(coefficients.map(big), x).minus(polynomial.value(x));
      return Math.max(most, Math.abs(difference.times(polynomial.weight(x)).toNumber()));
    }, 0);
  console.log(
    `${polynomial.name}: error ${error(exact).toExponential(1)}, rounded ${error(rounded).toExponential(1)}`,
  );
  for (const c of rounded) console.log(`  ${shortest(c)},`);
}

/** The fewest digits that single precision reads as the same number. */
function shortest(c) {
  return range(9)
    .map((digits) => Number(c.toPrecision(digits + 1)))
    .find((short) => Math.fround(short) === c);
}
