// The picture in the README: node scripts/readme-picture.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { firstCurve } from './first-curve.mjs';

const folder = new URL('../docs/images/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('first-curve.svg', folder), firstCurve().picture);
