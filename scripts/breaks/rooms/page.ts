import type { Room } from '../break.ts';

export const page: Room = {
  name: 'explore page',
  breaks: [
    {
      id: 'checksum',
      file: 'src/support/crc32.ts',
      from: '(crc & 1 ? 0xedb88320 : 0)',
      to: '(crc & 1 ? 0xedb88320 : crc)',
      wrong: 'the checksum of a link is another than in links that were sent',
      by: ['test/explore/address.test.ts'],
    },
    {
      id: 'damaged-link',
      file: 'src/web/exchange/address.ts',
      from: 'body}`) !== sum)',
      to: 'body}`) < sum)',
      wrong: 'some damaged links are opened',
      by: ['test/explore/address.test.ts'],
    },
    {
      id: 'room-for-units',
      file: 'src/web/state/resize.ts',
      from: 'drawn.some((N) => N < least)',
      to: 'drawn.some((N) => N < least - 1)',
      wrong: 'one unit too many makes a problem that is refused',
      by: ['test/explore/resize.test.ts'],
    },
    {
      id: 'lost-students',
      file: 'src/web/students/measurements.ts',
      from: 'runRows(all, run).fill(Number.NaN);',
      to: 'runRows(all, run + 1).fill(Number.NaN);',
      wrong: 'in place of a lost student the next one is forgotten',
      by: ['test/explore/trainees.test.ts'],
    },
    {
      id: 'nearest-time',
      file: 'src/web/cursor.ts',
      from: 'if (far(a) < far(alpha[index])) index = i;',
      to: 'if (far(a) <= far(alpha[0])) index = i;',
      wrong: 'the cursor does not go to the nearest time',
      by: ['test/explore/cursor.test.ts'],
    },
  ],
};
