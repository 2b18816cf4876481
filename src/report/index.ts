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
export { factsTable, literal, type Page, pageHtml, sentence } from './html.ts';
export { curveToJson } from './json.ts';
export { plearnToCsv } from './plearnCsv.ts';
export { plearnHtml } from './plearnHtml.ts';
export { plearnToJson } from './plearnJson.ts';
export { plearnInWords } from './plearnWords.ts';
export { PLOT_STYLE, plotHtml, plotsScript } from './plots.ts';
export { printHtml } from './printHtml.ts';
export { type ProblemText, readProblemText } from './problemText.ts';
export { simulationToCsv } from './simulationCsv.ts';
export { simulationToJson } from './simulationJson.ts';
export { tracesToCsv } from './tracesCsv.ts';
