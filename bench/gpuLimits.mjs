// What a step costs a GPU, counted from the shaders (src/shallow/students/gpu/wgsl), and what cards can do at most.
//
// An operation is one instruction of one thread: an addition, a product, a multiply-add, a shift, a comparison each count
// once, so that a card of P TFLOP/s, which counts a multiply-add twice, starts at most P/2·10¹² of them a second.

/** Operations of the pieces that the shaders are made of. */
export const COUNTS = {
  /** Thirteen rounds of two mixes (a sum, two shifts, an or, an exclusive or), and the sums of the key. */
  randomBlock: 144,
  /** Half of one radius (30), one direction (20) and two products. */
  normal: 26,
  /** erf and its derivative: both polynomials, and the Gaussian. */
  activation: 40,
  /** A number kept as two floats, moved: multiply-add, sum, two exclusive ors, two differences. */
  move: 6,
  /** A division or a root. */
  division: 8,
  /** An attempt at χ² beside its random block: a radius, a direction, a uniform, a logarithm, its remainder. */
  chiSquare: 120,
};

/** Operations of a step of one trained student. Threads that only fill up its workgroup work as well, and are counted. */
export function trainedOperations({ K, M }, { threads, subgroupSize, blocks }) {
  const { randomBlock, normal, activation, move } = COUNTS;
  const block = randomBlock + 4 * (normal + (K + M) + move * K);
  const fields = K + M;
  const lanes = Math.max(1, Math.min(threads, subgroupSize));
  const subgroups = threads / lanes;
  // An exchange and an addition each time that sums are halved.
  const sums = 2 * Math.log2(subgroupSize > 1 ? lanes : threads) * fields;
  // With one subgroup each lane computes one answer, and all fetch all; otherwise one subgroup does, while others wait.
  const answers =
    subgroups === 1
      ? threads * (activation + 3 * fields)
      : 32 * (activation + subgroups) + 2 * threads * fields;
  return threads * (blocks * block + sums + (move + 1) * K) + answers;
}

/** Operations of a step of one projected student. */
export function projectedOperations({ K, M }) {
  const { randomBlock, normal, activation, move, division, chiSquare } = COUNTS;
  const triangle = (n) => (n * (n + 1)) / 2;
  const random = Math.ceil((K + M) / 4) * (randomBlock + 4 * normal) + randomBlock + chiSquare;
  const forward = K * M + triangle(K) + triangle(M) + (K + M) * activation;
  const moves = move * (K * M + triangle(K) + K);
  // K (K + 1)/2 rotations of the rows below: a root, two quotients and what is made of them; then six for each row.
  const rows = Array.from({ length: K }, (_, i) => (K - i) * (K - i - 1)).reduce((sum, x) => sum + x, 0);
  const rotations = K * (K + 1) + triangle(K) * (3 * division + 14) + 6 * rows;
  return random + forward + moves + rotations;
}

/**
 * Bytes that a step of one trained student asks of memory: where weights are held in registers, only those that a dispatch
 * of so many steps begins and ends with; elsewhere every row that is read for the fields, and those read and written by
 * the update. Caches may serve a part of them.
 */
export function trainedBytes({ K, M }, { threads, blocks, registers }, steps) {
  const row = 16 * threads * blocks;
  return registers ? ((4 * K + M) * row) / steps : (5 * K + M) * row;
}

/** From the makers' data sheets: TFLOP/s in single precision outside matrix units, and GB/s of memory. */
const CARDS = [
  [/H200/i, { tflops: 67, gbs: 4800 }],
  [/H100.*HBM3/i, { tflops: 67, gbs: 3350 }],
  [/H100 PCIe/i, { tflops: 51, gbs: 2000 }],
  [/A100.*80GB/i, { tflops: 19.5, gbs: 2039 }],
  [/A100/i, { tflops: 19.5, gbs: 1555 }],
  [/L40S/i, { tflops: 91.6, gbs: 864 }],
  [/RTX 4090/i, { tflops: 82.6, gbs: 1008 }],
  [/\bT4\b/i, { tflops: 8.1, gbs: 320 }],
];

/** The limits of a card by its name; undefined for those not known. */
export const limitsOf = (name) => CARDS.find(([pattern]) => pattern.test(name))?.[1];
