import { escaped } from './html.ts';

/** Pieces of SVG documents, with numbers to a tenth of a pixel. */
export const line = (x1: number, y1: number, x2: number, y2: number, colour: string, more = ''): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${colour}"${more}/>`;

export const text = (x: number, y: number, value: string, anchor: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ${more}>${escaped(value)}</text>`;

/** A number of pixels to a tenth, whole ones without a fraction. */
export const short = (pixels: number): number => Number(pixels.toFixed(1));
