/** Rotations of round r, both mixes, from r = 0; they repeat after eight (SC11, table of Threefry4x32). */
const ROTATIONS = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
];

/**
 * Threefry4x32 as SC11 (2011) writes it, for any number of rounds, in exact integers: the readable twin of
 * src/random/threefry.ts. Before the first round and after every fourth the key is added, turned by one word each time; its
 * fifth word is the parity of the others.
 */
export function readableThreefry(
  counter: readonly number[],
  key: readonly number[],
  rounds: number,
): number[] {
  const k = [...key.map(BigInt), key.map(BigInt).reduce((a, b) => a ^ b, 0x1bd11bdan)];
  const x = counter.map((word, i) => low(BigInt(word) + k[i]));
  const mix = (a: number, b: number, by: number): void => {
    x[a] = low(x[a] + x[b]);
    x[b] = rotated(x[b], BigInt(by)) ^ x[a];
  };
  for (let r = 0; r < rounds; r++) {
    const [first, second] = ROTATIONS[r % 8];
    mix(0, r % 2 === 0 ? 1 : 3, first);
    mix(2, r % 2 === 0 ? 3 : 1, second);
    if (r % 4 === 3) {
      const injection = (r + 1) / 4;
      for (let i = 0; i < 4; i++) x[i] = low(x[i] + k[(i + injection) % 5]);
      x[3] = low(x[3] + BigInt(injection));
    }
  }
  return x.map(Number);
}

const low = (x: bigint) => x & 0xffffffffn;
const rotated = (x: bigint, by: bigint) => low(x << by) | (x >> (32n - by));
