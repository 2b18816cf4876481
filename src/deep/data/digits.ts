import { DIGITS } from './digitsImages.ts';
import type { LabelledImages } from './images.ts';

const SIDE = 8;
const PIXELS = SIDE * SIDE;
/** The brightest pixel of the set. */
const BRIGHTEST = 16;

const ZERO = '0'.charCodeAt(0);
const A = 'a'.charCodeAt(0);

const digitAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code >= A ? code - A + 10 : code - ZERO;
};

/** The 1,797 handwritten digits that come with the program. */
export function digits(): LabelledImages {
  const text = DIGITS.trim();
  const length = PIXELS + 2;
  const count = (text.length + 1) / length;
  const pixels = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < PIXELS; j++) pixels[i * PIXELS + j] = digitAt(text, i * length + j);
    labels[i] = digitAt(text, i * length + PIXELS);
  }
  return { count, side: SIDE, channels: 1, classes: 10, levels: BRIGHTEST, pixels, labels };
}
