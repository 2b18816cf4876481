/**
 * Spearman's rank correlation; equal values share the mean of their ranks. Without a relation its mean is 0 and its
 * standard deviation over all permutations exactly 1/√(n−1), so `z` is how many of these it is from 0.
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): { rho: number; z: number } {
  const [a, b] = [ranks(x), ranks(y)];
  const middle = (x.length - 1) / 2;
  const product = (u: number[], v: number[]): number =>
    u.reduce((sum, ui, i) => sum + (ui - middle) * (v[i] - middle), 0);
  const rho = product(a, b) / Math.sqrt(product(a, a) * product(b, b));
  return { rho, z: rho * Math.sqrt(x.length - 1) };
}

function ranks(x: readonly number[]): number[] {
  const sorted = [...x].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return x.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}
