/** Text as HTML and XML take it, in elements and in attributes. */
export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Text as XML takes it: what no XML document may hold, as most control characters, becomes U+FFFD. */
export const xmlText = (value: string): string =>
  escaped(value.replace(/[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu, '\ufffd'));

/** Pieces of SVG documents, with numbers to a tenth of a pixel. */
export const line = (x1: number, y1: number, x2: number, y2: number, colour: string, more = ''): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${colour}"${more}/>`;

/** A number of pixels to a tenth, whole ones without a fraction. */
export const short = (pixels: number): number => Number(pixels.toFixed(1));
