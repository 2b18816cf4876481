/**
 * Chi-square variates with k degrees of freedom, that is 2·Gamma(k / 2), by the rejection of Marsaglia & Tsang
 * (2000), "A simple method for generating gamma variables", ACM TOMS 26, 363: with d = k/2 - 1/3, c = 1/sqrt(9d)
 * and t = c·x for a normal x, accept d·(1 + t)³ if t > -1 and
 *
 *     ln U < x²/2 + d - d(1 + t)³ + 3d ln(1 + t).
 *
 * Since x² = 9d·t², the right-hand side is 3d·(ln(1 + t) - t + t²/2 - t³/3): the remainder of the logarithm's
 * Taylor series. So written its error stays below 1e-10 at k = 10^9, where the terms as printed are of size 10^9
 * and cancel. Their method asks for a shape of at least 1, which leaves out k = 1 alone: a squared normal.
 */
import { ln, log1p } from '../numbers/index.ts';
import { boxMullerFirst, boxMullerRadius } from './normal.ts';
import { checkInteger, checkPlace, randomBlock } from './streams.ts';
import { uniform } from './uniform.ts';

/**
 * How far apart the starting blocks of independent draws must be. An attempt takes one block and succeeds with
 * probability above 0.95, so that a draw needs more than 32 about once in 10^41.
 */
export const CHI_SQUARE_BLOCKS = 32;

/** Accuracy has been checked up to here. */
const MAX_DEGREES = 1e9;

// Filled before every read and never kept: JavaScript runs one call at a time, so results stay pure.
const words = new Uint32Array(4);

/**
 * The chi-square variate with `degrees` degrees of freedom at a place. Attempts take the blocks `block`,
 * `block` + 1, …: words 0 and 1 give the normal, words 2 and 3 the uniform. Zero degrees of freedom give 0.
 */
export function chiSquare(
  degrees: number,
  seed: number,
  step: number,
  student: number,
  stream: number,
  block: number,
): number {
  checkPlace('chiSquare', seed, step, student, stream);
  checkInteger('chiSquare', 'degrees', degrees, MAX_DEGREES);
  checkInteger('chiSquare', 'block', block, 2 ** 32 - CHI_SQUARE_BLOCKS);
  if (degrees === 0) return 0;
  const d = degrees / 2 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let attempt = block; ; attempt++) {
    randomBlock(words, 0, seed, step, student, attempt, stream);
    const x = boxMullerFirst(boxMullerRadius(words[0]), words[1]);
    if (degrees === 1) return x * x;
    const t = c * x;
    if (t <= -1) continue;
    const logAcceptance = 3 * d * (log1p(t) - t + (t * t) / 2 - (t * t * t) / 3);
    if (ln(uniform(words[2], words[3])) < logAcceptance) return 2 * d * (1 + t) * (1 + t) * (1 + t);
  }
}
