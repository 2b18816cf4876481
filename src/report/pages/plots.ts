import { escaped, type Panel } from '../../draw/index.ts';
import { panelPlot } from '../../draw/panelPlot.ts';
import { literal } from './html.ts';

/** Pixels: the least room of a plot in its wide layout; with less it is drawn in its narrow one. */
export const WIDE = 540;
/** The room on a small telephone. */
const NARROW = 328;

/** Where a page has a panel; as high as it will be, so that nothing moves when it is drawn. */
export function plotHtml(panel: Panel): string {
  const words = escaped(`${panel.title}: ${panel.y.label} against ${panel.x.label}`);
  const [wide, narrow] = [WIDE, NARROW].map((width) =>
    Math.ceil(Number(panelPlot(panel, { width }).layout.height)),
  );
  return `<div class="room"><div class="plot" role="img" aria-label="${words}" style="--wide: ${wide}px; --narrow: ${narrow}px"></div></div>`;
}

export const PLOT_STYLE = `
.room { container-type: inline-size; }
.plot { height: var(--wide); }
@container (max-width: ${WIDE - 0.02}px) { .plot { height: var(--narrow); } }
`;

/**
 * The script of a page with panels, given in the order of their places there. Plots are drawn one after another, so
 * that the page can be read meanwhile, and all at once before it is printed. A plot is drawn again when its width comes
 * to need the other layout.
 */
export const plotsScript = (panels: readonly Panel[]): string => `
const panels = ${literal(panels.map(inPage))};
const places = [...document.querySelectorAll('.plot')];
const config = { displaylogo: false, doubleClick: 'reset', modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'] };
const shown = places.map(() => '');

function draw(place, i) {
  const width = place.clientWidth;
  const wanted = width < ${WIDE} ? 'narrow' : 'wide';
  if (shown[i] === wanted) {
    if (place.layout.width !== width) Plotly.relayout(place, { width });
    return;
  }
  const first = shown[i] === '';
  shown[i] = wanted;
  // Plotly writes into what it is given.
  Plotly.react(place, panels[i].data, { ...structuredClone(panels[i][wanted]), width }, config);
  if (first) place.on('plotly_relayout', (change) => chooseTicks(place, panels[i][shown[i]], change));
}

// Ticks are chosen for the whole axis; a part of it gets plotly's own.
function chooseTicks(place, first, change) {
  const ticks = {};
  for (const axis of ['xaxis', 'yaxis']) {
    if (!first[axis].tickvals || !Object.keys(change).some((key) => key.startsWith(axis + '.range'))) continue;
    const whole = first[axis].range.every((end, i) => Math.abs(end - place.layout[axis].range[i]) < 1e-9);
    ticks[axis + '.tickmode'] = whole ? 'array' : 'auto';
  }
  if (Object.keys(ticks).length > 0) Plotly.relayout(place, ticks);
}

if (typeof Plotly === 'undefined') {
  for (const place of places) place.textContent = 'The plots need the file plotly.min.js beside this page.';
} else {
  const next = (i) => {
    if (i === places.length) return;
    setTimeout(next, 0, i + 1);
    draw(places[i], i);
  };
  next(0);
  let resized;
  addEventListener('resize', () => {
    clearTimeout(resized);
    resized = setTimeout(() => places.forEach((place, i) => { if (shown[i] !== '') draw(place, i); }), 100);
  });
  addEventListener('beforeprint', () => places.forEach(draw));
}
`;

const inPage = (panel: Panel): Record<'data' | 'wide' | 'narrow', unknown> => {
  const { data, layout } = panelPlot(panel, { width: WIDE });
  return { data, wide: layout, narrow: panelPlot(panel, { width: NARROW }).layout };
};
