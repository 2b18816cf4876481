import { exp, ln } from '../../numbers/index.ts';
import { ruleOf } from '../problem/index.ts';
import type { Curve } from './curve.ts';

/** The phases of a learning curve, as places in it. */
export interface Places {
  /** Where the weight alignment is largest: the end of the align phase; −1 where it is nowhere known. */
  aligned: number;
  /** Where the plateau begins: in the first fall |d ln ε / d ln α| was above ½, and is below it again. */
  plateau: number;
  /** Where it ends: the slope is above ½ again; the end of the curve if that is sooner. */
  leaves: number;
  /** Whether it ends before the curve does. */
  left: boolean;
  /** The same of all later shoulders. */
  later: { plateau: number; leaves: number; left: boolean }[];
}

const FLAT = 0.5;
/** A plateau is above what the tolerance leaves of the error, by this factor at least. */
const ABOVE = 10;

/** undefined for a curve that has not come to a plateau. */
export function placesOf({
  alpha,
  eg,
  weightAlignment,
}: Pick<Curve, 'alpha' | 'eg' | 'weightAlignment'>): Places | undefined {
  const last = alpha.length - 1;
  // The slope from the time before to each time.
  const steep = (i: number): boolean => i > 0 && ln(eg[i - 1] / eg[i]) > FLAT * ln(alpha[i] / alpha[i - 1]);
  const next = (from: number, isSteep: boolean): number => {
    let i = from;
    while (i <= last && steep(i) !== isSteep) i++;
    return i;
  };
  const flat: Places['later'] = [];
  for (let i = next(0, true); ; ) {
    const plateau = next(i, false);
    if (plateau > last) break;
    i = next(plateau, true);
    flat.push({ plateau, leaves: Math.min(i, last), left: i <= last });
  }
  if (flat.length === 0) return undefined;
  const [first, ...later] = flat;
  // Where v is zero there is no alignment.
  let aligned = -1;
  weightAlignment.forEach((cosine, i) => {
    if (cosine > (aligned < 0 ? Number.NEGATIVE_INFINITY : weightAlignment[aligned])) aligned = i;
  });
  return { aligned, ...first, later };
}

/** A stretch of a curve on which the error falls more slowly than α^(−1/2). */
export interface Shoulder {
  /** The α at which it begins and ends. */
  from: number;
  to: number;
  length: number;
  /** The geometric mean of eg over it, as over the logarithm of α. */
  height: number;
  /** Whether the curve leaves it; if not, `to` is the curve's end, and it may be no plateau but where learning ends. */
  left: boolean;
}

/** The phases of a learning curve, in α. */
export interface Phases {
  /** By a rule that sends back F: until the weight alignment is largest; null if that is not before the plateau ends. */
  align: { from: number; to: number; alignment: number } | null;
  /** From there to the end of the curve; null without an align phase, and if the plateau is never left. */
  memorise: { from: number; to: number } | null;
  /** The plateau and later shoulders, in order; none below ten times `stats.egFloor`. */
  plateaus: Shoulder[];
}

/**
 * The phases of a curve, read off its test error and weight alignment at the times asked for: the plateau begins where,
 * after the first fall, |d ln eg / d ln α| is below ½ and ends where it is above ½ again; the align phase of Refinetti
 * et al. (2021) lasts until cos(v, F) is largest, and memorising follows. Ask for a log grid of ten times a decade or
 * more.
 */
export function phases(curve: Curve): Phases {
  const { alpha, eg, weightAlignment, problem, stats } = curve;
  const places = placesOf(curve);
  if (!places) return { align: null, memorise: null, plateaus: [] };
  const last = alpha.length - 1;
  const plateaus = [places, ...places.later]
    .filter(({ plateau }) => eg[plateau] >= ABOVE * stats.egFloor)
    .map(({ plateau, leaves, left }) => ({
      from: alpha[plateau],
      to: alpha[leaves],
      length: alpha[leaves] - alpha[plateau],
      // At `leaves` it has fallen already.
      height: height(alpha, eg, plateau, left ? leaves - 1 : leaves),
      left,
    }));
  const { aligned, leaves, left } = places;
  const aligns =
    plateaus.length > 0 && ruleOf(problem.rule).sends !== 'v' && aligned >= 0 && aligned < leaves;
  return {
    align: aligns ? { from: alpha[0], to: alpha[aligned], alignment: weightAlignment[aligned] } : null,
    memorise: aligns && left ? { from: alpha[aligned], to: alpha[last] } : null,
    plateaus,
  };
}

/** The geometric mean of eg from one place to another. */
function height(alpha: number[], eg: number[], from: number, to: number): number {
  if (from === to) return eg[from];
  let sum = 0;
  for (let i = from + 1; i <= to; i++) sum += 0.5 * (ln(eg[i - 1]) + ln(eg[i])) * ln(alpha[i] / alpha[i - 1]);
  return exp(sum / ln(alpha[to] / alpha[from]));
}
