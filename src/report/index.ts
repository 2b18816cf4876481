export { curveToCsv } from './csv.ts';
export { curveToJson } from './json.ts';
export { type LineChart, lineChart, type Series } from './lineChart.ts';
export { simulationToCsv } from './simulationCsv.ts';
export { simulationToJson } from './simulationJson.ts';
export { textChart } from './textChart.ts';
