import type { PLearn } from '../../shallow/plearn/index.ts';

/** What P(learn) came to, a line for each K, without full stops. */
export function plearnInWords({ points, settings: { runs } }: PLearn): string[] {
  return points.map(({ K, exact, learned, allowed, diverged, undecided, runs: tried, interval }) => {
    const formula = `K = ${K}: ${exact.toFixed(4)} by the signs of F`;
    if (runs === 0 || interval === null) return formula;
    const [low, high] = interval;
    const inside = low <= exact && exact <= high ? '' : ', which does not hold it';
    const others = [`${undecided} undecided`, ...(diverged > 0 ? [`${diverged} diverged`] : [])].join(', ');
    return `${formula}, ${learned} of ${tried} students learned (F allows it to ${allowed.runs}, of whom ${allowed.learned} did), ${others}: 99% interval ${low.toFixed(4)} to ${high.toFixed(4)}${inside}`;
  });
}
