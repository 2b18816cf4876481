/** K = M = 2: a student of zero weights, and teachers of orthonormal directions. */
export const ZERO_WEIGHTS = {
  Q: [
    [0, 0],
    [0, 0],
  ],
  R: [
    [0, 0],
    [0, 0],
  ],
  v: [0, 0],
};
export const ORTHONORMAL = [
  [1, 0],
  [0, 1],
];
