import type { Motion } from '../../ode/index.ts';

/** The Jacobian of the motion of the first `size` order parameters by central differences of fourth order. */
export function differentiate(motion: Motion, y: ArrayLike<number>, size: number): number[][] {
  const jacobian = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const at = Float64Array.from(y);
  const dy = new Float64Array(y.length);
  for (let j = 0; j < size; j++) {
    const h = 1e-3 * Math.max(0.1, Math.abs(y[j]));
    for (const [shift, weight] of [
      [-2, 1],
      [-1, -8],
      [1, 8],
      [2, -1],
    ]) {
      at[j] = y[j] + shift * h;
      motion(at, dy);
      for (let i = 0; i < size; i++) jacobian[i][j] += (weight * dy[i]) / (12 * h);
    }
    at[j] = y[j];
  }
  return jacobian;
}
