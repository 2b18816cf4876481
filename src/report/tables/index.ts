export { comparisonToCsv } from './comparisonCsv.ts';
export { comparisonToJson } from './comparisonJson.ts';
export { comparisonInWords } from './comparisonWords.ts';
export { withoutHead } from './csvHead.ts';
export { curveToCsv } from './curveCsv.ts';
export { curveToJson } from './curveJson.ts';
export { deepComparisonToCsv } from './deepComparisonCsv.ts';
export { deepComparisonToJson } from './deepComparisonJson.ts';
export { deepComparisonInWords } from './deepComparisonWords.ts';
export { deepCurveToCsv } from './deepCurveCsv.ts';
export { deepCurveToJson } from './deepCurveJson.ts';
export { deepSimulationToCsv } from './deepSimulationCsv.ts';
export { deepSimulationToJson } from './deepSimulationJson.ts';
export { figureToJson } from './figureJson.ts';
export {
  figureFiles,
  type GalleryEntry,
  type GalleryFacts,
  type GalleryManifest,
  galleryManifest,
} from './gallery.ts';
export { plearnToCsv } from './plearnCsv.ts';
export { plearnToJson } from './plearnJson.ts';
export { plearnInWords } from './plearnWords.ts';
export { type ProblemText, readProblemText } from './problemText.ts';
export { simulationToCsv } from './simulationCsv.ts';
export { simulationToJson } from './simulationJson.ts';
export { tracesToCsv } from './tracesCsv.ts';
