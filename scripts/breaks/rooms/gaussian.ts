import type { Room } from '../break.ts';

export const gaussian: Room = {
  name: 'averages',
  breaks: [
    {
      id: 'erf-tilt',
      file: 'src/shallow/gaussian/erf.ts',
      from: '(sum - u[b] * wu)',
      to: '(sum + u[b] * wu)',
      wrong: 'the fast sums of I₃ add the tilt of the covariance in place of taking it off',
      by: ['test/shallow/gaussian/sums.test.ts'],
    },
    {
      id: 'erf-fourth',
      file: 'src/shallow/gaussian/erf.ts',
      from: '((4 / Math.PI ** 2) * arcsine(cd / Math.sqrt((1 + cc) * (1 + dd))))',
      to: '((4 / Math.PI ** 2) * arcsine(cd / Math.sqrt((1 + cc) * (1 + cc))))',
      wrong: 'I₄ is normalised by the variance of one field twice',
      by: ['test/shallow/gaussian/references.test.ts'],
    },
    {
      id: 'relu-three-fields',
      file: 'src/shallow/gaussian/relu.ts',
      from: '(scd + rac * sad + rad * sac)',
      to: '(scd + rac * sac + rad * sad)',
      wrong: 'in an average of three fields of relu, sines stand beside the wrong cosines',
      by: ['test/shallow/gaussian/references.test.ts'],
    },
    {
      id: 'relu-no-variance',
      file: 'src/shallow/gaussian/relu.ts',
      from: 'if (!(vx > NO_VARIANCE && vy > NO_VARIANCE)) return 0;',
      to: 'if (!(vx > NO_VARIANCE && vy > NO_VARIANCE)) return 1;',
      wrong: 'a relu field of no variance is taken to lie along all others',
      by: ['test/shallow/gaussian/properties.test.ts'],
    },
  ],
};
