export { type Data, dataOf } from './dataOf.ts';
export { bytesOf, inflated, requireFiles } from './disk.ts';
export type { ExampleRows, Examples32 } from './examples.ts';
export {
  type Download,
  type FileSet,
  type FileSetName,
  fileSets,
  filesOf,
  type SetFile,
} from './fileSets.ts';
export { isComplete, lookAt } from './imageFiles.ts';
export type { Law } from './law.ts';
export { type DataPlaces, dataFolders } from './places.ts';
export { type ImageShape, isLaw } from './sources.ts';
export { type TrainingData, trainingData } from './trainingData.ts';
