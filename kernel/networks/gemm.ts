/*
 * Products of matrices in single precision, a register block of five (or four, or one) by eight numbers at a time. Weights
 * and feedback stand in panels: of eight rows of W, element (row j, column i) is number 8 i + j of the panel, so that what
 * the forward pass reads, what the backward pass reads and what the update writes is contiguous. Every sum runs over its
 * terms in their order, one rounding for a product and one for an addition; so its bits depend neither on the block nor on
 * the engine, but for the kernel with relaxed SIMD.
 */

/**
 * sum + a · b: rounded twice, or, in the kernel that is compiled with relaxed SIMD, as the machine does it at its fastest,
 * which is with one rounding where it has such an instruction.
 */
function madd(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}

/** Terms of a sum for which a panel stays in the first cache: 16 kB. */
const BLOCK: i32 = 512;

/** The next rows of `left`: such blocks that fives and fours alone are left where that can be. */
function rowsOf(left: i32): i32 {
  return left % 5 === 0 ? 5 : left >= 4 ? 4 : 1;
}

/**
 * C = A Wᵀ, or C = A Wᵀ + b where `bias` is not 0: `rows` rows of A, `count` columns, `panels` panels of W. Strides are
 * bytes from row to row.
 */
export function gemmForward(
  a: usize,
  strideA: usize,
  rows: i32,
  count: i32,
  w: usize,
  panels: i32,
  c: usize,
  strideC: usize,
  bias: usize,
): void {
  const panelBytes = (<usize>count) << 5;
  for (let from = 0; from < count; from += BLOCK) {
    const terms = min(BLOCK, count - from);
    for (let p = 0; p < panels; p++) {
      const panel = w + <usize>p * panelBytes + ((<usize>from) << 5);
      const column = (<usize>p) << 5;
      for (let row = 0; row < rows; ) {
        const size = rowsOf(rows - row);
        const at = a + <usize>row * strideA + ((<usize>from) << 2);
        const to = c + <usize>row * strideC + column;
        // The first terms start from the bias or zero, later ones from the sums so far.
        const start = from > 0 ? to : bias !== 0 ? bias + column : ZERO;
        const stride = from > 0 ? strideC : 0;
        if (size === 5) forward5(at, strideA, panel, terms, to, strideC, start, stride);
        else if (size === 4) forward4(at, strideA, panel, terms, to, strideC, start, stride);
        else forward1(at, panel, terms, to, start);
        row += size;
      }
    }
  }
}

/** Eight zeros. */
const ZERO = memory.data<f32>([0, 0, 0, 0, 0, 0, 0, 0], 16);

function forward5(
  a: usize,
  strideA: usize,
  w: usize,
  terms: i32,
  c: usize,
  strideC: usize,
  from: usize,
  stride: usize,
): void {
  let c00 = v128.load(from);
  let c01 = v128.load(from, 16);
  from += stride;
  let c10 = v128.load(from);
  let c11 = v128.load(from, 16);
  from += stride;
  let c20 = v128.load(from);
  let c21 = v128.load(from, 16);
  from += stride;
  let c30 = v128.load(from);
  let c31 = v128.load(from, 16);
  from += stride;
  let c40 = v128.load(from);
  let c41 = v128.load(from, 16);
  let a1 = a + strideA;
  let a2 = a1 + strideA;
  let a3 = a2 + strideA;
  let a4 = a3 + strideA;
  for (const end = w + ((<usize>terms) << 5); w < end; w += 32) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    let s = v128.load32_splat(a);
    c00 = madd(c00, s, w0);
    c01 = madd(c01, s, w1);
    s = v128.load32_splat(a1);
    c10 = madd(c10, s, w0);
    c11 = madd(c11, s, w1);
    s = v128.load32_splat(a2);
    c20 = madd(c20, s, w0);
    c21 = madd(c21, s, w1);
    s = v128.load32_splat(a3);
    c30 = madd(c30, s, w0);
    c31 = madd(c31, s, w1);
    s = v128.load32_splat(a4);
    c40 = madd(c40, s, w0);
    c41 = madd(c41, s, w1);
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    a4 += 4;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += strideC;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += strideC;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += strideC;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += strideC;
  v128.store(c, c40);
  v128.store(c, c41, 16);
}

function forward4(
  a: usize,
  strideA: usize,
  w: usize,
  terms: i32,
  c: usize,
  strideC: usize,
  from: usize,
  stride: usize,
): void {
  let c00 = v128.load(from);
  let c01 = v128.load(from, 16);
  from += stride;
  let c10 = v128.load(from);
  let c11 = v128.load(from, 16);
  from += stride;
  let c20 = v128.load(from);
  let c21 = v128.load(from, 16);
  from += stride;
  let c30 = v128.load(from);
  let c31 = v128.load(from, 16);
  let a1 = a + strideA;
  let a2 = a1 + strideA;
  let a3 = a2 + strideA;
  for (const end = w + ((<usize>terms) << 5); w < end; w += 32) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    let s = v128.load32_splat(a);
    c00 = madd(c00, s, w0);
    c01 = madd(c01, s, w1);
    s = v128.load32_splat(a1);
    c10 = madd(c10, s, w0);
    c11 = madd(c11, s, w1);
    s = v128.load32_splat(a2);
    c20 = madd(c20, s, w0);
    c21 = madd(c21, s, w1);
    s = v128.load32_splat(a3);
    c30 = madd(c30, s, w0);
    c31 = madd(c31, s, w1);
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += strideC;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += strideC;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += strideC;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

function forward1(a: usize, w: usize, terms: i32, c: usize, from: usize): void {
  let c0 = v128.load(from);
  let c1 = v128.load(from, 16);
  for (const end = w + ((<usize>terms) << 5); w < end; w += 32) {
    const s = v128.load32_splat(a);
    c0 = madd(c0, s, v128.load(w));
    c1 = madd(c1, s, v128.load(w, 16));
    a += 4;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

/** What becomes of a gradient ⟨δ hᵀ⟩: it is kept, added to one that is kept, or taken as a step, W ← W − rate · gradient. */
export const KEEP: i32 = 0;
export const ADD: i32 = 1;
export const STEP: i32 = 2;

/** Room for five packed columns: of A, as many rows; of W, as many as are in its panels. */
let columns: usize = 0;
export function setColumns(address: usize): void {
  columns = address;
}

/**
 * δᵀ A in the panels of W: the sum over `rows` rows of A, of which `count` columns are used, and of δ, whose panels hold
 * eight columns a row. `to` is where the result goes, or W itself if it is taken as a step.
 */
export function gemmGradient(
  a: usize,
  strideA: usize,
  rows: i32,
  count: i32,
  delta: usize,
  panels: i32,
  to: usize,
  mode: i32,
  rate: f32,
): void {
  const panelBytes = (<usize>count) << 5;
  const deltaBytes = (<usize>rows) << 5;
  for (let i = 0; i < count; ) {
    const size = rowsOf(count - i);
    let from = a + ((<usize>i) << 2);
    let stride = strideA;
    if (panels >= 4) {
      packColumns(from, strideA, rows, size);
      from = columns;
      stride = (<usize>size) << 2;
    }
    let at = to + ((<usize>i) << 5);
    let d = delta;
    for (let p = 0; p < panels; p++) {
      if (size === 5) gradient5(from, stride, d, deltaBytes, at, mode, rate);
      else if (size === 4) gradient4(from, stride, d, deltaBytes, at, mode, rate);
      else gradient1(from, stride, d, deltaBytes, at, mode, rate);
      at += panelBytes;
      d += deltaBytes;
    }
    i += size;
  }
}

/** So many columns of A, row by row. */
function packColumns(from: usize, stride: usize, rows: i32, size: i32): void {
  let to = columns;
  for (let row = 0; row < rows; row++) {
    if (size >= 4) {
      v128.store(to, v128.load(from));
      if (size === 5) store<f32>(to, load<f32>(from, 16), 16);
    } else store<f32>(to, load<f32>(from));
    to += (<usize>size) << 2;
    from += stride;
  }
}

function settle(at: usize, sum: v128, mode: i32, rate: v128): void {
  if (mode === STEP) v128.store(at, f32x4.sub(v128.load(at), f32x4.mul(rate, sum)));
  else if (mode === ADD) v128.store(at, f32x4.add(v128.load(at), sum));
  else v128.store(at, sum);
}

function gradient5(a: usize, stride: usize, d: usize, bytes: usize, to: usize, mode: i32, rate: f32): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  for (const end = d + bytes; d < end; d += 32) {
    const d0 = v128.load(d);
    const d1 = v128.load(d, 16);
    let s = v128.load32_splat(a);
    c00 = madd(c00, s, d0);
    c01 = madd(c01, s, d1);
    s = v128.load32_splat(a, 4);
    c10 = madd(c10, s, d0);
    c11 = madd(c11, s, d1);
    s = v128.load32_splat(a, 8);
    c20 = madd(c20, s, d0);
    c21 = madd(c21, s, d1);
    s = v128.load32_splat(a, 12);
    c30 = madd(c30, s, d0);
    c31 = madd(c31, s, d1);
    s = v128.load32_splat(a, 16);
    c40 = madd(c40, s, d0);
    c41 = madd(c41, s, d1);
    a += stride;
  }
  const eta = f32x4.splat(rate);
  settle(to, c00, mode, eta);
  settle(to + 16, c01, mode, eta);
  settle(to + 32, c10, mode, eta);
  settle(to + 48, c11, mode, eta);
  settle(to + 64, c20, mode, eta);
  settle(to + 80, c21, mode, eta);
  settle(to + 96, c30, mode, eta);
  settle(to + 112, c31, mode, eta);
  settle(to + 128, c40, mode, eta);
  settle(to + 144, c41, mode, eta);
}

function gradient4(a: usize, stride: usize, d: usize, bytes: usize, to: usize, mode: i32, rate: f32): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  for (const end = d + bytes; d < end; d += 32) {
    const d0 = v128.load(d);
    const d1 = v128.load(d, 16);
    let s = v128.load32_splat(a);
    c00 = madd(c00, s, d0);
    c01 = madd(c01, s, d1);
    s = v128.load32_splat(a, 4);
    c10 = madd(c10, s, d0);
    c11 = madd(c11, s, d1);
    s = v128.load32_splat(a, 8);
    c20 = madd(c20, s, d0);
    c21 = madd(c21, s, d1);
    s = v128.load32_splat(a, 12);
    c30 = madd(c30, s, d0);
    c31 = madd(c31, s, d1);
    a += stride;
  }
  const eta = f32x4.splat(rate);
  settle(to, c00, mode, eta);
  settle(to + 16, c01, mode, eta);
  settle(to + 32, c10, mode, eta);
  settle(to + 48, c11, mode, eta);
  settle(to + 64, c20, mode, eta);
  settle(to + 80, c21, mode, eta);
  settle(to + 96, c30, mode, eta);
  settle(to + 112, c31, mode, eta);
}

function gradient1(a: usize, stride: usize, d: usize, bytes: usize, to: usize, mode: i32, rate: f32): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  for (const end = d + bytes; d < end; d += 32) {
    const s = v128.load32_splat(a);
    c0 = madd(c0, s, v128.load(d));
    c1 = madd(c1, s, v128.load(d, 16));
    a += stride;
  }
  const eta = f32x4.splat(rate);
  settle(to, c0, mode, eta);
  settle(to + 16, c1, mode, eta);
}

/**
 * C = δ W: `rows` rows of C, of `count` columns. δ stands transposed, in panels of eight rows: element (row b, column j) is
 * number 8 j + b of its panel; it has as many columns as W has rows in its panels.
 */
export function gemmBack(
  delta: usize,
  rows: i32,
  w: usize,
  panels: i32,
  count: i32,
  c: usize,
  strideC: usize,
): void {
  const deltaBytes = (<usize>panels) << 8;
  for (let i = 0; i < count; ) {
    const size = rowsOf(count - i);
    const stride = (<usize>size) << 2;
    packRows(w + ((<usize>i) << 5), (<usize>count) << 5, panels, size);
    let d = delta;
    for (let row = 0; row < rows; row += 8) {
      if (size === 5) gradient5(columns, stride, d, deltaBytes, TILE, KEEP, 0);
      else if (size === 4) gradient4(columns, stride, d, deltaBytes, TILE, KEEP, 0);
      else gradient1(columns, stride, d, deltaBytes, TILE, KEEP, 0);
      turn(c + <usize>row * strideC + ((<usize>i) << 2), strideC, min(8, rows - row), size);
      d += deltaBytes;
    }
    i += size;
  }
}

/** So many columns of W, row by row. */
function packRows(w: usize, panelBytes: usize, panels: i32, size: usize): void {
  let to = columns;
  for (let p = 0; p < panels; p++) {
    for (let j: usize = 0; j < 32; j += 4)
      for (let i: usize = 0; i < size; i++) {
        store<f32>(to, load<f32>(w + j + (i << 5)));
        to += 4;
      }
    w += panelBytes;
  }
}

/** Eight sums of each of five columns, before they are turned into rows. */
const TILE = memory.data(160, 16);

function turn(c: usize, strideC: usize, lines: i32, size: usize): void {
  for (let line: usize = 0; line < <usize>lines; line++) {
    const from = TILE + (line << 2);
    for (let i: usize = 0; i < size; i++) store<f32>(c + (i << 2), load<f32>(from + (i << 5)));
    c += strideC;
  }
}

/** The columns of δ, a multiple of eight, in panels of eight: panel, row, column. */
export function packPanels(from: usize, stride: usize, rows: i32, panels: i32, to: usize): void {
  const bytes = (<usize>rows) << 5;
  for (let row = 0; row < rows; row++) {
    let at = to + ((<usize>row) << 5);
    let source = from;
    for (let p = 0; p < panels; p++) {
      v128.store(at, v128.load(source));
      v128.store(at, v128.load(source, 16), 16);
      at += bytes;
      source += 32;
    }
    from += stride;
  }
}

/** δ transposed, in panels of eight rows, of which the last is filled up with zeros: panel, column, row. */
export function packTransposed(from: usize, stride: usize, rows: i32, panels: i32, to: usize): void {
  const columns = panels << 3;
  const bytes = (<usize>columns) << 5;
  for (let row = 0; row < rows; row += 8) {
    const lines = min(8, rows - row);
    if (lines < 8) memory.fill(to, 0, bytes);
    for (let line = 0; line < lines; line++) {
      let at = to + ((<usize>line) << 2);
      const source = from + <usize>line * stride;
      for (let j: usize = 0; j < <usize>columns; j++) {
        store<f32>(at, load<f32>(source + (j << 2)));
        at += 32;
      }
    }
    from += stride << 3;
    to += bytes;
  }
}
