import { ln } from '../../numbers/index.ts';
/** The phases of a learning curve with DFA, as places in it. */
export interface Phases {
  /** Where the weight alignment is largest: the end of the align phase. */
  aligned: number;
  /** Where the plateau begins: in the first fall |d ln ε / d ln α| was above ½, and is below it again. */
  plateau: number;
  /** Where it ends: the slope is above ½ again; the end of the curve if that is sooner. */
  leaves: number;
}

const FLAT = 0.5;

/** undefined for a curve that has not come to a plateau. */
export function phasesOf({
  alpha,
  eg,
  weightAlignment,
}: {
  alpha: number[];
  eg: number[];
  weightAlignment: number[];
}): Phases | undefined {
  // The slope from the time before to each time.
  const steep = (i: number): boolean => i > 0 && ln(eg[i - 1] / eg[i]) > FLAT * ln(alpha[i] / alpha[i - 1]);
  const falls = alpha.findIndex((_, i) => steep(i));
  const plateau = alpha.findIndex((_, i) => falls >= 0 && i > falls && !steep(i));
  if (plateau < 0) return undefined;
  const leaves = alpha.findIndex((_, i) => i > plateau && steep(i));
  return {
    // Where v is zero there is no alignment.
    aligned: weightAlignment.indexOf(Math.max(...weightAlignment.filter(Number.isFinite))),
    plateau,
    leaves: leaves < 0 ? alpha.length - 1 : leaves,
  };
}
