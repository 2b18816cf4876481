import { activationWgsl } from './activations.ts';
import { answers, me, type Threads } from './answers.ts';
import { error, firstDecay, labelNoise, moveOf, secondLayer, sumOfSquares } from './learning.ts';
import { logarithm } from './logarithm.ts';
import { normals } from './normals.ts';
import { settings } from './settings.ts';
import type { Shape } from './shape.ts';
import { threefry } from './threefry.ts';
import { twoFloats } from './twoFloats.ts';
import { each, tidy } from './write.ts';

/** How the weights of a student lie over the threads of its workgroup. */
export interface Spread extends Threads {
  /** Blocks of four inputs for each thread: thread t has blocks t, t + threads, … */
  blocks: number;
  /** Whether a thread can hold its weights in registers while it trains; otherwise they stay in memory. */
  registers: boolean;
}

/** Numbers that a thread should hold, and those that it can. */
const COMFORT = 96;
const ROOM = 160;
const MOST_BLOCKS = 4;
/** Where there are no subgroups. */
const LEAST_THREADS = 32;
const MOST_THREADS = 256;

/**
 * With few threads little is left to be summed over threads, but too much work for each does not fit in registers. The
 * choice must not depend on how many students there are, because the order of sums follows from it.
 */
export function spreadOf({ K, M, N }: Shape, subgroupSize: number): Spread {
  const perBlock = 4 * (2 * K + M);
  const all = Math.ceil(N / 4);
  const wish = Math.max(1, Math.min(MOST_BLOCKS, Math.floor(COMFORT / perBlock)));
  let wanted = 1;
  while (wanted * wish < all) wanted *= 2;
  const least = subgroupSize > 1 ? subgroupSize : LEAST_THREADS;
  const threads = Math.min(MOST_THREADS, Math.max(least, wanted));
  const blocks = Math.ceil(all / threads);
  return { threads, subgroupSize, blocks, registers: blocks * perBlock <= ROOM };
}

/** Where the numbers of a student are: rows of weights in blocks of four, and words. */
export function layout({ K, M }: Shape, { threads, blocks }: Spread) {
  const row = threads * blocks;
  return {
    /** Rows: the students' high parts, their low parts, the teachers' high parts, their low parts. */
    rows: 2 * (K + M),
    /** Blocks in a row, with those that only fill it up. */
    row,
    low: K,
    teacher: 2 * K,
    teacherLow: 2 * K + M,
    /** Words: v, what is left of v in low, A, F, the two words of the key. */
    words: 3 * K + M + 2,
    vLow: K,
    A: 2 * K,
    F: 2 * K + M,
    key: 3 * K + M,
    /** Pairs of floats for each student in the results: Q and R, v, and the sum over the test set. */
    results: (K * (K + 1)) / 2 + K * M + K + 1,
  };
}

/**
 * The trained student of src/shallow/students/trained/reference.ts, one for each workgroup. Its weights are sums of two
 * floats, so that the small steps of a student that has nearly learned are not lost in the last digit of a weight;
 * fields and the error are single floats, whose rounding acts like a label noise of 1e-7.
 */
export function trainedWgsl(shape: Shape, spread: Spread): string {
  const { K, M, N, activation } = shape;
  const { threads, blocks, registers } = spread;
  const at = layout(shape, spread);
  const who = me(spread);
  const place = (row: number, j: number): string => `weights[base + ${row * at.row + j * threads}u]`;
  /** Rows as variables, and as places in memory: of students, of their low parts, of teachers. */
  const w = { name: 'w', row: 0, count: K };
  const low = { name: 'low', row: at.low, count: K };
  const t = { name: 't', row: at.teacher, count: M };
  /** Row i of these in the thread's block j. */
  const of = ({ name, row }: typeof w, i: number, j: number): string =>
    registers ? `${name}${i}_${j}` : place(row + i, j);
  const heldRows = (rows: (typeof w)[], line: (place: string, variable: string) => string): string =>
    registers
      ? rows
          .map(({ name, row, count }) =>
            each(count, (i) => each(blocks, (j) => line(place(row + i, j), `${name}${i}_${j}`))),
          )
          .join('\n')
      : '';

  /** In one array, students first. */
  const named = { student: (k: number) => `a[${k}]`, teacher: (m: number) => `a[${K + m}]` };

  /** x of a place, its fields and what the layers make of them; leaves the error without noise in e. */
  const forward = (stream: string): string => /* wgsl */ `
${each(blocks, (j) => {
  const all = `normals(random(place, me.thread + ${j * threads}u, ${stream}, key))`;
  const full = 4 * (j + 1) * threads <= N;
  return `    let x${j} = ${full ? all : `only_inputs(${all}, me.thread + ${j * threads}u)`};`;
})}
    let a = answers(
${each(
  K + M,
  (f) => {
    const row = (j: number): string => (f < K ? of(w, f, j) : of(t, f - K, j));
    return `      ${each(blocks, (j) => `dot(${row(j)}, x${j})`, ' + ')}`;
  },
  ',\n',
)},
      me);
${error(shape, named)}`;

  const update = each(K, (k) => {
    const lines = each(blocks, (j) => {
      const [high, rest] = [of(w, k, j), of(low, k, j)];
      return /* wgsl */ `    {
      let y = ${rest} + move${k} * x${j}${firstDecay(shape, high)};
      let high = opaque4(${high} + y);
      ${rest} = y - opaque4(high - ${high});
      ${high} = high;
    }`;
    });
    return `    let move${k} = ${moveOf(shape, named, k)};\n${lines}`;
  });

  const student = /* wgsl */ `
  let base = group.x * ${at.rows * at.row}u + thread;
  let own = group.x * ${at.words}u;
  let me = ${who.value};
  let key = vec2u(words[own + ${at.key}u], words[own + ${at.key + 1}u]);
${each(K, (k) => `  var v${k} = vec2f(word(own + ${k}u), word(own + ${at.vLow + k}u));`)}
${each(M, (m) => `  let A${m} = word(own + ${at.A + m}u);`)}`;
  const entry = (name: string): string =>
    `@compute @workgroup_size(${threads})\nfn ${name}(@builtin(workgroup_id) group: vec3u, ${who.parameters})`;

  return tidy(/* wgsl */ `${spread.subgroupSize > 1 ? 'enable subgroups;\n' : ''}${settings}
@group(0) @binding(1) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> words: array<u32>;
@group(0) @binding(3) var<storage, read_write> results: array<vec2f>;
${threefry}${logarithm}${normals}${activationWgsl[activation]}${twoFloats}${who.type}${answers(K + M, 1 / Math.sqrt(N), spread)}
fn word(i: u32) -> f32 {
  return bitcast<f32>(words[i]);
}

// Of a block's normals those that are inputs; rows are filled up with zeros.
fn only_inputs(x: vec4f, block: u32) -> vec4f {
  return select(vec4f(0.0), x, 4u * block + vec4u(0u, 1u, 2u, 3u) < vec4u(${N}u));
}

${entry('advance')} {${student}
${each(K, (k) => (shape.ownSignal ? '' : `  let F${k} = word(own + ${at.F + k}u);`))}
${heldRows([w, low], (place, variable) => `  var ${variable} = ${place};`)}
${heldRows([t], (place, variable) => `  let ${variable} = ${place};`)}
  for (var i = 0u; i < settings.count; i++) {
    let place = place_after(i);
${forward('INPUTS')}
${labelNoise(shape)}
${update}
${secondLayer(shape, named)}
  }
${heldRows([w, low], (place, variable) => `  ${place} = ${variable};`)}
  if (thread == 0u) {
${each(K, (k) => `    words[own + ${k}u] = bitcast<u32>(v${k}.x);\n    words[own + ${at.vLow + k}u] = bitcast<u32>(v${k}.y);`)}
  }
}

// ½e² summed over inputs of the test set; the first ones begin the sum.
${entry('test')} {${student}
${heldRows([w, t], (place, variable) => `  let ${variable} = ${place};`)}
  let slot = group.x * ${at.results}u + ${at.results - 1}u;
${sumOfSquares('results[slot]', forward('TEST_SET'))}
  if (thread == 0u) {
    results[slot] = total;
  }
}

var<workgroup> products: array<vec2f, ${threads}>;

// W_a · W_b, each row with its low part. Products of coarse and fine halves are exact, and are summed as two floats; what the
// low parts add is 2^-24 as large.
fn product(slot: u32, base: u32, a: u32, a_low: u32, b: u32, b_low: u32, thread: u32) {
  var total = vec2f(0.0);
  for (var j = base; j < base + ${at.row}u; j += ${threads}u) {
    let x = weights[j + a * ${at.row}u];
    let y = weights[j + b * ${at.row}u];
    let x_coarse = coarse(x);
    let y_coarse = coarse(y);
    let x_fine = x - x_coarse;
    let y_fine = y - y_coarse;
    let large = x_coarse * y_coarse;
    let one = x_coarse * y_fine;
    let other = x_fine * y_coarse;
    let small = x_fine * y_fine + x * weights[j + b_low * ${at.row}u] + weights[j + a_low * ${at.row}u] * y;
    for (var c = 0u; c < 4u; c++) {
      total = added(total, vec2f(large[c], 0.0));
      total = added(total, vec2f(one[c], 0.0));
      total = added(total, vec2f(other[c], small[c]));
    }
  }
  products[thread] = total;
  workgroupBarrier();
  for (var s = ${threads / 2}u; s > 0u; s /= 2u) {
    if (thread < s) {
      products[thread] = added(products[thread], products[thread + s]);
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    results[slot] = products[0];
  }
  workgroupBarrier();
}

// The order parameters of src/shallow/problem/layout.ts, times N those that are products.
@compute @workgroup_size(${threads})
fn measure(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let base = group.x * ${at.rows * at.row}u + thread;
  let own = group.x * ${at.words}u;
  var slot = group.x * ${at.results}u;
  for (var k = 0u; k < ${K}u; k++) {
    for (var l = k; l < ${K}u; l++) {
      product(slot, base, k, ${at.low}u + k, l, ${at.low}u + l, thread);
      slot++;
    }
  }
  for (var k = 0u; k < ${K}u; k++) {
    for (var m = 0u; m < ${M}u; m++) {
      product(slot, base, k, ${at.low}u + k, ${at.teacher}u + m, ${at.teacherLow}u + m, thread);
      slot++;
    }
  }
  if (thread < ${K}u) {
    results[slot + thread] = vec2f(word(own + thread), word(own + ${at.vLow}u + thread));
  }
}
`);
}
