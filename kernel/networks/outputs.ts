import { exp } from './exp';

/*
 * Outputs and errors e = f(z_L) − y. src/deep/networks/cpu/kernel.ts uses the same numbers for the losses.
 */
const SQUARED: i32 = 0;
const CROSS_ENTROPY: i32 = 1;

/**
 * e of `rows` examples with `count` outputs each. All rows have the same stride, a multiple of sixteen bytes; what is
 * beyond `count` in e stays as it is.
 */
export function errors(loss: i32, z: usize, y: usize, e: usize, rows: i32, count: i32, stride: usize): void {
  const bytes = (<usize>count) << 2;
  for (let row = 0; row < rows; row++) {
    if (loss === SQUARED) for (let j: usize = 0; j < bytes; j += 4) store<f32>(e + j, load<f32>(z + j));
    else if (loss === CROSS_ENTROPY) softmax(z, e, bytes);
    else for (let j: usize = 0; j < bytes; j += 4) store<f32>(e + j, logistic(load<f32>(z + j)));
    for (let j: usize = 0; j < bytes; j += 4) store<f32>(e + j, load<f32>(e + j) - load<f32>(y + j));
    z += stride;
    y += stride;
    e += stride;
  }
}

function one(x: f32): f32 {
  return f32x4.extract_lane(exp(f32x4.splat(x)), 0);
}

function logistic(x: f32): f32 {
  const s = one(-abs(x));
  const large: f32 = <f32>1.0 / (<f32>1.0 + s);
  return x >= 0 ? large : s * large;
}

function softmax(z: usize, out: usize, bytes: usize): void {
  let most = load<f32>(z);
  for (let j: usize = 4; j < bytes; j += 4) most = max(most, load<f32>(z + j));
  const highest = f32x4.splat(most);
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) v128.store(out + j, exp(f32x4.sub(v128.load(z + j), highest)));
  for (; j < bytes; j += 4) store<f32>(out + j, one(load<f32>(z + j) - most));
  let sum: f32 = 0;
  for (j = 0; j < bytes; j += 4) sum += load<f32>(out + j);
  for (j = 0; j < bytes; j += 4) store<f32>(out + j, load<f32>(out + j) / sum);
}
