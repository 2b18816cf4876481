export type { ChartAxis, LineChart, Series } from './chart.ts';
export type { Frame } from './chartFrame.ts';
export { compareHtml } from './compareHtml.ts';
export { comparisonToCsv } from './comparisonCsv.ts';
export { comparisonToJson } from './comparisonJson.ts';
export { comparisonInWords } from './comparisonWords.ts';
export { curveToCsv } from './csv.ts';
export { figureToJson } from './figureJson.ts';
export {
  figureFiles,
  type GalleryEntry,
  type GalleryFacts,
  type GalleryManifest,
  galleryManifest,
} from './gallery.ts';
export { galleryHtml } from './galleryHtml.ts';
export { escaped, factsTable, literal, type Page, pageHtml, sentence } from './html.ts';
export { curveToJson } from './json.ts';
export { drawChart, lineChart } from './lineChart.ts';
export { DARK, LIGHT, type Look } from './look.ts';
export { COLOURS, colourAt } from './palette.ts';
export type { Paper } from './panelLayout.ts';
export { type PanelPlot, panelPlot } from './panelPlot.ts';
export { plearnToCsv } from './plearnCsv.ts';
export { plearnHtml } from './plearnHtml.ts';
export { plearnToJson } from './plearnJson.ts';
export { plearnInWords } from './plearnWords.ts';
export { type Plot, plot } from './plot.ts';
export { PLOT_STYLE, plotHtml, plotsScript } from './plots.ts';
export { printHtml } from './printHtml.ts';
export { type ProblemText, readProblemText } from './problemText.ts';
export { simulationToCsv } from './simulationCsv.ts';
export { simulationToJson } from './simulationJson.ts';
export { textChart } from './textChart.ts';
export { tracesToCsv } from './tracesCsv.ts';
