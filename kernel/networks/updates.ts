/*
 * Steps of the optimisers, as PyTorch defines them: G is `scale` times a summed gradient, plus λ w. Counts are multiples of
 * four.
 */

/** w ← w − η G. */
export function sgd(w: usize, g: usize, count: i32, eta: f32, scale: f32, decay: f32): void {
  for (const end = w + ((<usize>count) << 2); w < end; w += 16, g += 16) {
    const at = v128.load(w);
    v128.store(w, f32x4.sub(at, f32x4.mul(f32x4.splat(eta), gradient(at, g, scale, decay))));
  }
}

/** v ← μ v + G; w ← w − η v, or w ← w − η (G + μ v) by Nesterov. */
export function momentum(
  w: usize,
  g: usize,
  v: usize,
  count: i32,
  eta: f32,
  scale: f32,
  decay: f32,
  mu: f32,
  nesterov: bool,
): void {
  const by = f32x4.splat(mu);
  for (const end = w + ((<usize>count) << 2); w < end; w += 16, g += 16, v += 16) {
    const at = v128.load(w);
    const G = gradient(at, g, scale, decay);
    const speed = f32x4.add(f32x4.mul(by, v128.load(v)), G);
    v128.store(v, speed);
    const move = nesterov ? f32x4.add(G, f32x4.mul(by, speed)) : speed;
    v128.store(w, f32x4.sub(at, f32x4.mul(f32x4.splat(eta), move)));
  }
}

/** s ← ρ s + (1 − ρ) G²; w ← w − η G/(√s + ε). */
export function rmsprop(
  w: usize,
  g: usize,
  s: usize,
  count: i32,
  eta: f32,
  scale: f32,
  decay: f32,
  rho: f32,
  rest: f32,
  epsilon: f32,
): void {
  for (const end = w + ((<usize>count) << 2); w < end; w += 16, g += 16, s += 16) {
    const at = v128.load(w);
    const G = gradient(at, g, scale, decay);
    const square = f32x4.add(
      f32x4.mul(f32x4.splat(rho), v128.load(s)),
      f32x4.mul(f32x4.mul(f32x4.splat(rest), G), G),
    );
    v128.store(s, square);
    const move = f32x4.div(
      f32x4.mul(f32x4.splat(eta), G),
      f32x4.add(f32x4.sqrt(square), f32x4.splat(epsilon)),
    );
    v128.store(w, f32x4.sub(at, move));
  }
}

function gradient(at: v128, g: usize, scale: f32, decay: f32): v128 {
  const G = f32x4.mul(f32x4.splat(scale), v128.load(g));
  return decay === 0 ? G : f32x4.add(G, f32x4.mul(f32x4.splat(decay), at));
}
