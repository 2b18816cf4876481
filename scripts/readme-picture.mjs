// The pictures in the README and in the book: node scripts/readme-picture.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { alignThenMemorise } from './align-then-memorise.mjs';
import { firstCurve } from './first-curve.mjs';

const folder = new URL('../docs/images/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('first-curve.svg', folder), firstCurve().picture);
writeFileSync(new URL('align-then-memorise.svg', folder), alignThenMemorise());
