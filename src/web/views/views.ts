import { alignmentView } from './alignment.ts';
import { errorView } from './error.ts';
import { matricesView } from './matrices.ts';
import { studentOverlaps, teacherOverlaps } from './overlaps.ts';
import { planeView } from './plane.ts';
import { plateauView } from './plateau.ts';
import { studentsView } from './students.ts';
import type { View } from './view.ts';

/** Every card of the page, in their order. */
export const views: readonly View[] = [
  errorView,
  studentsView,
  planeView,
  alignmentView,
  teacherOverlaps,
  studentOverlaps,
  matricesView,
  plateauView,
];
