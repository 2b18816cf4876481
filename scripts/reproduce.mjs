// npm run reproduce: the main job. Writes the first curve to out/, as tables and as a picture.
import { mkdirSync, writeFileSync } from 'node:fs';
import { curveToCsv } from 'alignode';
import { firstCurve } from './first-curve.mjs';

const { curves, picture } = firstCurve();
const files = {
  'out/first-curve-dfa.csv': curveToCsv(curves.dfa),
  'out/first-curve-bp.csv': curveToCsv(curves.bp),
  'out/first-curve.svg': picture,
};
mkdirSync('out', { recursive: true });
for (const [file, text] of Object.entries(files)) writeFileSync(file, text);
console.log(`${Object.keys(files).join(', ')} are written`);
