import type { Trace } from '../../draw/index.ts';
import { version } from '../../support/version.ts';
import type { GalleryEntry } from './gallery.ts';

/**
 * All that is drawn of a figure as CSV, a point a line: `#` lines with the version, the figure and its parameters (each
 * a line of JSON that can be read back), then panel, trace, mark, x, y and the ends of error bars, empty where there
 * are none. Names are quoted by RFC 4180 where they need it.
 */
export function tracesToCsv({ figure, drawing }: Pick<GalleryEntry, 'figure' | 'drawing'>): string {
  const { name, title, source } = figure;
  const lines = [
    `# alignode ${version}`,
    `# figure ${JSON.stringify({ name, title, source })}`,
    `# parameters ${JSON.stringify(drawing.parameters)}`,
    'panel,trace,mark,x,y,low,high',
  ];
  for (const panel of drawing.panels)
    for (const trace of panel.traces) {
      const words = [panel.name, trace.name, trace.mark].map(quoted).join(',');
      trace.x.forEach((_, i) => {
        lines.push(`${words},${numbers(trace, i).join(',')}`);
      });
    }
  return `${lines.join('\n')}\n`;
}

const numbers = ({ x, y, low, high }: Trace, i: number): (number | string)[] => [
  numeral(x[i]),
  numeral(y[i]),
  low ? numeral(low[i]) : '',
  high ? numeral(high[i]) : '',
];

/** After JSON, null stands for what is not a number. */
const numeral = (value: number | null | undefined): number => value ?? Number.NaN;

const quoted = (text: string): string => (/[",\r\n#]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
