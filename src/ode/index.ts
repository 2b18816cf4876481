export { type Counts, type Course, type Motion, type Segment, segments } from './segments.ts';
