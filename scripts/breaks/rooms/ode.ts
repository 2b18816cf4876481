import type { Room } from '../break.ts';

export const ode: Room = {
  name: 'integrator',
  breaks: [
    {
      id: 'first-slope',
      file: 'src/ode/dop853.ts',
      from: 'K[0].set(K[END]);',
      to: 'K[0].set(K[END - 1]);',
      wrong: 'the first slope of a step is that of a stage of the last one, not that of its end',
      by: ['test/ode/dop853.test.ts'],
    },
    {
      id: 'slopes-between',
      file: 'src/ode/dop853.ts',
      from: '(K[END][i] + K[0][i])',
      to: '(K[END][i] - K[0][i])',
      wrong: 'the curve within a step bends by the difference of the slopes at its ends',
      by: ['test/ode/dop853.test.ts'],
    },
    {
      id: 'step-limit',
      file: 'src/ode/dop853.ts',
      from: 'longest = most;',
      to: 'longest = Math.max(longest, most);',
      wrong: 'the limit of steps can only be raised',
      by: ['test/ode/dop853.test.ts'],
    },
  ],
};
