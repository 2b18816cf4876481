import type { Group } from './control.ts';
import { feedback } from './groupFeedback.ts';
import { learning, model, weightDecay } from './groupModel.ts';
import { student } from './groupStudent.ts';
import { teacher } from './groupTeacher.ts';
import { time } from './groupTime.ts';

/** Every control of the page, in their order: adding one is one entry in its group. */
export const groups: readonly Group[] = [model, learning, feedback, teacher, student, time, weightDecay];
