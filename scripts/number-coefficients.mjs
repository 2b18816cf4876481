// The polynomials of src/numbers/: each series, interpolated at the Chebyshev nodes of its range in 50 digits. Prints
// the coefficients, from the constant up, as they stand in the source, and the error that they leave in the function
// itself, relative to it; then the constants in two or more parts.
import { fileURLToPath } from 'node:url';
import { big, interpolate, math, power, range } from './kernel-coefficients.mjs';

const sum = (terms) => terms.reduce((a, b) => a.plus(b), big(0));
const factorial = (n) => range(n).reduce((product, i) => product.times(i + 1), big(1));
/** Σ c(i) q^i, by Horner's scheme. */
const series = (terms, c) => (q) => range(terms).reduceRight((total, i) => total.times(q).plus(c(i)), big(0));

const halfLn2 = math.log(big(2)).div(2);
const eighth = math.pi.div(4).pow(2);
/** The largest s² of ln: s = (m − 1)/(m + 1), m between √½ and √2. */
const mostS2 = big(3).minus(big(8).sqrt()).pow(2);
/** asin(√q) = √q Σ c_i q^i. */
const arcsineCoefficient = (i) =>
  factorial(2 * i).div(
    power(big(4), i)
      .times(factorial(i).pow(2))
      .times(2 * i + 1),
  );

/** `weight` is what the polynomial is multiplied by, relative to the function. */
const POLYNOMIALS = [
  {
    name: 'arcsine: (asin x − x)/x³ in x²',
    degree: 11,
    most: big(0.25),
    value: series(120, (i) => arcsineCoefficient(i + 1)),
    weight: (q) => q,
  },
  {
    name: 'ln: (ln((1+s)/(1−s)) − 2s)/s³ in s²',
    degree: 6,
    most: mostS2,
    value: series(50, (i) => big(2).div(2 * i + 3)),
    weight: (q) => q.div(2),
  },
  {
    name: 'lnInTwo: (ln((1+s)/(1−s))/2 − s − s³/3 − s⁵/5)/s⁷ in s²',
    degree: 7,
    most: mostS2,
    value: series(50, (i) => big(1).div(2 * i + 7)),
    weight: (q) => q.pow(3),
  },
  {
    name: 'exp: (e^r − 1 − r)/r²',
    degree: 10,
    least: halfLn2.neg(),
    most: halfLn2,
    value: series(40, (i) => big(1).div(factorial(i + 2))),
    weight: (r) => r.pow(2),
  },
  {
    name: 'sin: (sin φ − φ)/φ³ in φ²',
    degree: 5,
    most: eighth,
    value: series(25, (i) => power(big(-1), i + 1).div(factorial(2 * i + 3))),
    weight: (q) => q,
  },
  {
    name: 'cos: (cos φ − 1 + φ²/2)/φ⁴ in φ²',
    degree: 5,
    most: eighth,
    value: series(25, (i) => power(big(-1), i).div(factorial(2 * i + 4))),
    weight: (q) => q.pow(2),
  },
  {
    name: 'atan2: (atan t − t)/t³ in t²',
    degree: 11,
    most: big(0.25),
    value: series(100, (i) => power(big(-1), i + 1).div(2 * i + 3)),
    weight: (q) => q,
  },
  {
    name: 'sinh: (sinh x − x)/x³ in x²',
    degree: 6,
    most: big(1),
    value: series(30, (i) => big(1).div(factorial(2 * i + 3))),
    weight: (q) => q,
  },
];

/** x as a sum of numbers of so many bits each, and a last one for the remainder. */
function parts(x, ...bits) {
  const found = [];
  let rest = x;
  for (const b of bits) {
    const exponent = Math.floor(Math.log2(Math.abs(rest.toNumber())));
    const unit = big(2).pow(exponent - b + 1);
    // All the bits of a double: the nearest one.
    const count = rest.div(unit);
    const part = (b === 53 ? count.round() : count.trunc()).times(unit);
    found.push(part.toNumber());
    rest = rest.minus(part);
  }
  return [...found, rest.toNumber()];
}

const ln2 = math.log(big(2));
const CONSTANTS = [
  ['ln 2', parts(ln2, 33)],
  ['ln 2 (lnInTwo)', parts(ln2, 42)],
  ['1/3', parts(big(1).div(3), 53)],
  ['1/5', parts(big(1).div(5), 53)],
  ['1/ln 10', parts(big(1).div(math.log(big(10))), 53)],
  ['π/2', parts(math.pi.div(2), 33, 33, 33)],
  ['π', parts(math.pi, 53)],
  ['π/2 in two', parts(math.pi.div(2), 53)],
  ['π/4 in two', parts(math.pi.div(4), 53)],
  ['3π/4 in two', parts(math.pi.times(0.75), 53)],
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const polynomial of POLYNOMIALS) print(polynomial);
  for (const [name, values] of CONSTANTS) console.log(`${name} = ${values.join(' + ')}`);
}

function print(polynomial) {
  const { least = big(0), most, value, weight } = polynomial;
  const coefficients = interpolate(polynomial).map((x) => x.toNumber());
  const error = range(401).reduce((worst, i) => {
    const q = least.plus(most.minus(least).times(i).div(400));
    const found = sum(coefficients.map((x, j) => power(q, j).times(x)));
    return Math.max(worst, Math.abs(found.minus(value(q)).times(weight(q)).toNumber()));
  }, 0);
  console.log(`${polynomial.name}, worst relative error ${error.toExponential(1)}`);
  for (const x of coefficients) console.log(`  ${x},`);
}
