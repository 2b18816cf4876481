import { activationWgsl } from './activations.ts';
import { chiSquare } from './chiSquare.ts';
import {
  type Answers,
  error,
  firstDecay,
  labelNoise,
  moveOf,
  secondLayer,
  sumOfSquares,
} from './learning.ts';
import { logarithm } from './logarithm.ts';
import { logRemainder } from './logRemainder.ts';
import { normals } from './normals.ts';
import { settings } from './settings.ts';
import type { Shape } from './shape.ts';
import { threefry } from './threefry.ts';
import { twoFloats } from './twoFloats.ts';
import { each, tidy } from './write.ts';

export const THREADS = 64;

/** Where the numbers of a student are: field i of all students, then field i + 1 of all. */
export function fieldsOf({ K, M }: { K: number; M: number }) {
  const triangle = (K * (K + 1)) / 2;
  let end = 0;
  const take = (length: number): number => {
    end += length;
    return end - length;
  };
  /** P and L as in projected/reference.ts, L's lower triangle row by row; what is kept has its low parts beside it. */
  const P = take(K * M);
  const L = take(triangle);
  const v = take(K);
  const kept = end;
  const low = take(kept);
  const teachers = take((M * (M + 1)) / 2);
  const A = take(M);
  const F = take(K);
  const key = take(2);
  return { P, L, v, kept, low, teachers, A, F, key, count: end };
}

const ANSWERS: Answers = { student: (k) => `a${k}`, teacher: (m) => `b${m}` };

const below = (i: number, j: number): number => (i * (i + 1)) / 2 + j;

/**
 * The projected student of src/shallow/students/projected/reference.ts, one for each thread: the same chain, stepped by
 * increments. There each step turns u, the coordinates of the input along L's columns, onto one axis and back, by
 * angles that are not small; single floats would lose a digit of L now and then, in one direction, and the law with it.
 * Here
 *
 *     [L + c uᵀ | χ c]
 *
 * is made a lower triangle again by rotations that take the entries above the diagonal away one by one, from the first
 * row down (Givens). Those entries are of the size of c, a step's, so that the angles are small; what a rotation
 * changes is computed as a change, with 1 − cos = sin²/(1 + cos), and added to a sum of two floats. The triangle with a
 * diagonal ≥ 0 is unique, so that this is the reference's, but where L is singular.
 */
export function projectedWgsl(shape: Shape): string {
  const { K, M, N, activation } = shape;
  const at = fieldsOf(shape);
  const n = K + M;
  const place = (field: number): string => `state[${field}u * settings.students + student]`;
  const number = (field: number): string => `bitcast<f32>(${place(field)})`;
  const pair = (field: number): string => `vec2f(${number(field)}, ${number(at.low + field)})`;
  const kept = (line: (variable: string, field: number) => string): string =>
    [
      each(K * M, (i) => line(`P${i}`, at.P + i)),
      each((K * (K + 1)) / 2, (i) => line(`L${i}`, at.L + i)),
      each(K, (k) => line(`v${k}`, at.v + k)),
    ].join('\n');

  /** The coordinates of an input, its fields and what the layers make of them; leaves the error without noise in e. */
  const forward = (stream: string): string => /* wgsl */ `
${each(Math.ceil(n / 4), (b) => `    let z${b} = normals(random(place, ${b}u, ${stream}, key));`)}
${each(K, (k) => `    let along${k} = ${each(k + 1, (j) => `L${below(k, j)}.x * ${z(M + j)}`, ' + ')};`)}
${each(K, (k) => `    let a${k} = activate(along${k} + ${each(M, (j) => `P${k * M + j}.x * ${z(j)}`, ' + ')});`)}
${each(M, (m) => `    let b${m} = activate(${each(m + 1, (j) => `T${below(m, j)} * ${z(j)}`, ' + ')});`)}
${error(shape, ANSWERS)}`;

  const moves = each(K, (k) => `    let c${k} = ${moveOf(shape, ANSWERS, k)};`);
  const decay = (number: string): string => firstDecay(shape, number);
  const within = each(K * M, (i) => {
    const [k, j] = [Math.floor(i / M), i % M];
    return `    P${i} = moved(P${i}, c${k} * ${z(j)}${decay(`P${i}.x`)});`;
  });

  /**
   * What a step adds to L below and on the diagonal: d, and above it, where L is zero: r, χ's column being the last.
   */
  const added = each(K, (i) =>
    each(K + 1, (j) => {
      if (j === K) return `    var r${i}_${j} = chi * c${i};`;
      const change = `c${i} * ${z(M + j)}`;
      if (j > i) return `    var r${i}_${j} = ${change};`;
      return `    var d${below(i, j)} = ${change}${decay(`L${below(i, j)}.x`)};`;
    }),
  );
  const rotations = each(K, (i) => each(K - i, (after) => rotation(K, i, i + 1 + after)));
  const outside = /* wgsl */ `
    let chi = sqrt(chi_square(place, key));
${added}
${rotations}
${each((K * (K + 1)) / 2, (l) => `    L${l} = moved(L${l}, d${l});`)}`;

  const student = /* wgsl */ `
  let student = id.x;
  if (student >= settings.students) {
    return;
  }
  let key = vec2u(${place(at.key)}, ${place(at.key + 1)});
${each((M * (M + 1)) / 2, (i) => `  let T${i} = ${number(at.teachers + i)};`)}
${each(M, (m) => `  let A${m} = ${number(at.A + m)};`)}`;
  const entry = (name: string): string =>
    `@compute @workgroup_size(${THREADS})\nfn ${name}(@builtin(global_invocation_id) id: vec3u)`;

  return tidy(/* wgsl */ `${settings}
@group(0) @binding(1) var<storage, read_write> state: array<u32>;
@group(0) @binding(2) var<storage, read_write> squares: array<vec2f>;
${threefry}${logarithm}${normals}${logRemainder}${activationWgsl[activation]}${twoFloats}${chiSquare(N - n)}
${entry('advance')} {${student}
${each(K, (k) => (shape.ownSignal ? '' : `  let F${k} = ${number(at.F + k)};`))}
${kept((variable, field) => `  var ${variable} = ${pair(field)};`)}
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
${forward('INPUTS')}
${labelNoise(shape)}
${moves}
${within}
${outside}
${secondLayer(shape, ANSWERS)}
  }
${kept((variable, field) => `  ${place(field)} = bitcast<u32>(${variable}.x);\n  ${place(at.low + field)} = bitcast<u32>(${variable}.y);`)}
}

// ½e² summed over inputs of the test set; the first ones begin the sum.
${entry('test')} {${student}
${kept((variable, field) => `  let ${variable} = ${pair(field)};`)}
${sumOfSquares('squares[student]', forward('TEST_SET'))}
  squares[student] = total;
}
`);
}

/** Rotates columns i and j so that the entry in row i, column j, above the diagonal, becomes nothing. */
function rotation(K: number, i: number, j: number): string {
  const diagonal = below(i, i);
  const rows = each(K - i - 1, (after) => {
    const k = i + 1 + after;
    const l = below(k, i);
    // Column j of row k is above the diagonal, or a part of L.
    const [value, change] =
      j > k ? [`r${k}_${j}`, `r${k}_${j}`] : [`(L${below(k, j)}.x + d${below(k, j)})`, `d${below(k, j)}`];
    return /* wgsl */ `      let left${k} = L${l}.x + d${l};
      let right${k} = ${value};
      d${l} += sin * right${k} - less * left${k};
      ${change} -= sin * left${k} + less * right${k};`;
  });
  return /* wgsl */ `    {
      let diagonal = L${diagonal}.x + d${diagonal};
      let length = sqrt(diagonal * diagonal + r${i}_${j} * r${i}_${j});
      // Squares smaller than this have underflown: the direction is left alone.
      let some = length > 1e-15f;
      let sin = select(0.0, r${i}_${j} / length, some);
      let cos = select(1.0, diagonal / length, some);
      // 1 − cos, and by how much the diagonal grows: where it has become negative, nothing cancels.
      let less = select(sin * sin / (1.0 + cos), 1.0 - cos, cos < 0.0);
      d${diagonal} += select(r${i}_${j} * sin / (1.0 + cos), length - diagonal, cos < 0.0);
${rows}
    }`;
}

/** The i-th coordinate: those of the teachers' span first. */
const z = (i: number): string => `z${Math.floor(i / 4)}.${'xyzw'[i % 4]}`;
