/** Philox4x32-10 as SC11 (2011) writes it, in exact integers: the readable twin of src/random/philox.ts. */
export function readablePhilox(counter: readonly number[], key: readonly number[]): number[] {
  let [x0, x1, x2, x3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd2511f53n * x0;
    const product1 = 0xcd9e8d57n * x2;
    [x0, x1, x2, x3] = [high(product1) ^ x1 ^ k0, low(product1), high(product0) ^ x3 ^ k1, low(product0)];
    k0 = low(k0 + 0x9e3779b9n);
    k1 = low(k1 + 0xbb67ae85n);
  }
  return [x0, x1, x2, x3].map(Number);
}

const high = (x: bigint) => x >> 32n;
const low = (x: bigint) => x & 0xffffffffn;
