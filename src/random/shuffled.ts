import { randomBlock } from './streams.ts';
import { uniform } from './uniform.ts';

/** 0 … n − 1 in a random order (Fisher and Yates), of a place: one block for each number. */
export function shuffled(n: number, seed: number, step: number, part: number, stream: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const words = new Uint32Array(4);
  for (let i = n - 1; i > 0; i--) {
    randomBlock(words, 0, seed, step, part, i, stream);
    const j = Math.floor(uniform(words[0], words[1]) * (i + 1));
    const at = order[i];
    order[i] = order[j];
    order[j] = at;
  }
  return order;
}
