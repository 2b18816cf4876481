import { powerOfTwo } from './bits.ts';

/*
 * The error function within 1 ulp, in pieces: rational functions P/Q of x² near 0, of |x| − 1 around 1, and of 1/x²
 * beyond, there in the exponent of erfc(x) = e^(−x² − 9/16 + P/Q)/x. The coefficients are those of s_erf.c and e_exp.c,
 * © 1993 Sun Microsystems, "Permission to use, copy, modify, and distribute this software is freely granted, provided
 * that this notice is preserved". They have an exponential of their own: another one would change last bits.
 */

type Coefficients = readonly number[];

/** |x| < 0.84375: erf x = x + x P/Q of x². */
const P_NEAR: Coefficients = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442,
  -0.000023763016656650163,
];
const Q_NEAR: Coefficients = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164,
  -0.000003960228278775368,
];
/** |x| < 1.25: erf |x| = AT_ONE + P/Q of |x| − 1. */
const AT_ONE = 0.8450629115104675;
const P_ONE: Coefficients = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const Q_ONE: Coefficients = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];
/** |x| < 1/0.35, */
const P_FAR: Coefficients = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const Q_FAR: Coefficients = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];
/** and beyond. */
const P_BEYOND: Coefficients = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const Q_BEYOND: Coefficients = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
];
/** Beyond this erf x is 1 to the last bit. */
const ONE = 6;

/** The error function. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) {
    if (size < 2 ** -28)
      return size < 2 ** -1014 ? 0.125 * (8 * x + 1.0270333367641007 * x) : x + 0.1283791670955126 * x;
    const z = x * x;
    return x + x * (polynomial(P_NEAR, z) / polynomial(Q_NEAR, z));
  }
  if (!(size < ONE)) return size >= ONE ? Math.sign(x) : Number.NaN;
  if (size < 1.25) {
    const s = size - 1;
    return Math.sign(x) * (AT_ONE + polynomial(P_ONE, s) / polynomial(Q_ONE, s));
  }
  const s = 1 / (size * size);
  const far = size < 1 / 0.35;
  const ratio = far
    ? polynomial(P_FAR, s) / polynomial(Q_FAR, s)
    : polynomial(P_BEYOND, s) / polynomial(Q_BEYOND, s);
  // x² of so few bits is exact.
  const z = shortened(size);
  const rest = exponential(-z * z - 0.5625) * exponential((z - size) * (z + size) + ratio);
  return Math.sign(x) * (1 - rest / size);
}

function polynomial(coefficients: Coefficients, x: number): number {
  let sum = coefficients[coefficients.length - 1];
  for (let i = coefficients.length - 2; i >= 0; i--) sum = coefficients[i] + x * sum;
  return sum;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;

/** With the lower half of its bits cleared. */
function shortened(x: number): number {
  double[0] = x;
  words[LOW] = 0;
  return double[0];
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const P_EXP: Coefficients = [
  0.16666666666666602, -0.0027777777777015593, 0.00006613756321437934, -0.0000016533902205465252,
  4.1381367970572385e-8,
];

/** e^x for −50 < x < 0. */
function exponential(x: number): number {
  if (x > -(2 ** -28)) return 1 + x;
  const k = Math.trunc(Math.LOG2E * x - 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * polynomial(P_EXP, t);
  return (1 - (low - (r * c) / (2 - c) - high)) * powerOfTwo(k);
}
