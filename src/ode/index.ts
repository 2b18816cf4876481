export { dop853 } from './dop853.ts';
export { type Counts, type Course, type Motion, type Segment, segments } from './segments.ts';
