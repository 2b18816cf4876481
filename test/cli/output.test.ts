import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { chooseOutput } from '../../src/cli/output.ts';
import { readSimulationOptions } from '../../src/cli/simulationOptions.ts';

it('a slow reader gets all of the output, piece by piece', async () => {
  let got = '';
  let most = 0;
  const stdout = new Writable({
    highWaterMark: 10,
    write(chunk, _encoding, done) {
      got += chunk;
      most = Math.max(most, stdout.writableLength);
      setImmediate(done);
    },
  });
  const world = { stdout } as unknown as Parameters<typeof chooseOutput>[1];
  const text = 'x'.repeat(1e5);
  await chooseOutput({}, world).write([text, text, 'end'], new AbortController().signal);
  await new Promise<void>((resolve) => stdout.end(resolve));
  expect(got).toBe(`${text}${text}end`);
  // Never more waiting than one piece.
  expect(most).toBe(1e5);
});

it('flags are checked when they are read, before any work', () => {
  expect(() => readSimulationOptions({ N: '10', runs: '0' })).toThrow('--runs: found 0; use a whole number');
  expect(readSimulationOptions({ N: '1e2', 'test-set': '5', redraw: 'teacher, student' })).toEqual({
    N: 100,
    testSet: 5,
    redraw: ['teacher', 'student'],
  });
});
