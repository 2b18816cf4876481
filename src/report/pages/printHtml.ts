import type { Panel } from '../../draw/index.ts';
import { panelPlot } from '../../draw/panelPlot.ts';
import { literal, pageHtml } from './html.ts';

/** Pixels of a picture; a PNG has twice as many. */
const ORDINARY = { width: 960, height: 640 };
const SQUARE = { width: 720, height: 720 };

/**
 * A page that makes pictures, for a browser without a window: with `plotly.min.js` beside it, `render(i, 'svg' | 'png')` gives a
 * promise of panel i as the address of its data.
 */
export function printHtml(panels: readonly Panel[]): string {
  const plots = panels.map((panel) => {
    const size = panel.square ? SQUARE : ORDINARY;
    return { ...panelPlot(panel, { ...size, titled: true }), size };
  });
  return pageHtml({
    title: 'alignode: pictures',
    body: '',
    scripts: [
      { file: 'plotly.min.js' },
      `
const plots = ${literal(plots)};
window.render = (i, format) => {
  const { data, layout, size } = plots[i];
  return Plotly.toImage(structuredClone({ data, layout }), { format, ...size, scale: format === 'png' ? 2 : 1 });
};
`,
    ],
  });
}
