import { hypot } from '../../numbers/index.ts';
import type { PlateauFound } from '../theory/protocol.ts';
import { short } from './numbers.ts';

/** Eigenvalues that are written down one by one. */
const MOST = 5;

/** The eigenvalues of the plateau, largest real part first: those that are zero to rounding are counted. */
export function spectrumInWords({ eigenvalues, neutral }: PlateauFound): string {
  const bySize = [...eigenvalues].sort((a, b) => hypot(a.re, a.im) - hypot(b.re, b.im));
  const zeros = new Set(bySize.slice(0, neutral));
  // A complex pair is written once.
  const others = eigenvalues.filter((one) => !zeros.has(one) && one.im >= 0);
  const zero = neutral > 0 ? [`0 (×${neutral})`] : [];
  const words = [
    ...others.filter(({ re }) => re > 0).map(inWords),
    ...zero,
    ...others.filter(({ re }) => re <= 0).map(inWords),
  ];
  return `${words.slice(0, MOST).join(', ')}${words.length > MOST ? ', …' : ''}`;
}

const inWords = ({ re, im }: { re: number; im: number }): string =>
  im === 0 ? short(re) : `${short(re)} ± ${short(im)} i`;
