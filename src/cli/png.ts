import { join } from 'node:path';
import { firstLine } from '../support/error.ts';
import { packageFolder } from './packageFolder.ts';

/** DejaVu Sans, which comes with the program: the same letters on every machine. */
const FONT = join(packageFolder, 'assets/DejaVuSans.ttf');
const FAMILY = 'DejaVu Sans';

/** Pixels of a picture for each of its SVG. */
export const SCALE = 2;

/** Draws an SVG as a PNG; or why none can be drawn here. */
export type Png = { draw(svg: string): Uint8Array } | { missing: string };

export async function pngRenderer(): Promise<Png> {
  try {
    const { Resvg } = await import('@resvg/resvg-js');
    const options = {
      font: { loadSystemFonts: false, fontFiles: [FONT], defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
      fitTo: { mode: 'zoom' as const, value: SCALE },
    };
    return { draw: (svg) => new Resvg(svg, options).render().asPng() };
  } catch (error) {
    return {
      missing: `no PNG: the package @resvg/resvg-js does not load here (${firstLine(error)}); the SVG are there; for PNG install without --omit=optional`,
    };
  }
}
