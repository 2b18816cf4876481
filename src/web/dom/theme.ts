import { DARK, LIGHT, type Look } from '../../draw/index.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const printing = matchMedia('print');

/** The colours that the system asks for; what is printed is printed on white. */
export const lookNow = (): Look => (dark.matches && !printing.matches ? DARK : LIGHT);

export function onLook(changed: () => void): void {
  dark.addEventListener('change', changed);
  printing.addEventListener('change', changed);
}
