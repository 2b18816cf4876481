import { describe, expect, test } from 'vitest';
import { blamed } from '../../src/web/controls/blamed.ts';
import { groups } from '../../src/web/controls/groups.ts';

const all = groups.flatMap(({ controls }) => controls.map((control) => ({ control })));
const at = (path: string | undefined): string | undefined => blamed(all, path)?.control.id;

describe('the control that is to blame', () => {
  test.each([
    ['learningRate', 'learningRate'],
    ['teacher.T', 'T'],
    ['teacher.draw.N', 'teacherN'],
    ['student.draw.N', 'studentN'],
    ['student.Q', 'Q'],
    ['student', 'Q'],
    ['feedback', 'feedbackMode'],
    ['feedback.seed', 'feedbackSeed'],
    ['alpha.to', 'to'],
    // Of what has no control of its own, that of the nearest key above it.
    ['alpha[3]', 'times'],
    ['teacher.draw.X', 'teacherMode'],
    ['student.X[1][2]', 'Q'],
  ])('of %s is %s', (path, id) => expect(at(path)).toBe(id));

  test('is none for what no control stands for', () => {
    expect(at('problem')).toBeUndefined();
    expect(at(undefined)).toBeUndefined();
  });
});
