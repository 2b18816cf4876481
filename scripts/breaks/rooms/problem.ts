import type { Room } from '../break.ts';

export const problem: Room = {
  name: 'problem',
  breaks: [
    {
      id: 'refusal-path',
      file: 'src/numbers/times.ts',
      from: '}[0]`, found: times[0]',
      to: '}`, found: times[0]',
      wrong: 'a first time below 0 is refused without saying that it is the first',
      by: ['test/cli/badProblems.test.ts'],
    },
    {
      id: 'default-rate',
      file: 'src/shallow/problem/resolve.ts',
      from: 'secondLayerRate: problem.secondLayerRate ?? problem.learningRate',
      to: 'secondLayerRate: problem.secondLayerRate || problem.learningRate',
      wrong: 'a second layer whose rate is 0 is trained at the rate of the first',
      by: ['test/shallow/problem/defaults.test.ts'],
    },
    {
      id: 'student-stream',
      file: 'src/shallow/problem/draw.ts',
      from: 'normals(within, K * M, seed, 0, 0, STREAMS.studentWeights);',
      to: 'normals(within, K * M, seed, 0, 0, STREAMS.teacherWeights);',
      wrong: 'the student draws from the stream of its teacher',
      by: ['test/shallow/problem/draw.test.ts'],
    },
    {
      id: 'grid-of-times',
      file: 'src/numbers/times.ts',
      from: 'log(from, to, i / last)',
      to: 'log(from, to, i / points)',
      wrong: 'a logarithmic grid of times has a gap at its end',
      by: ['test/shallow/problem/defaults.test.ts', 'test/cli/integrate.test.ts'],
    },
  ],
};
