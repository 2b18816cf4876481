import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { Hooks, Job } from '../../src/crew/job.ts';
import { nodeThreads } from '../../src/crew/nodeThreads.ts';
import { onThreads } from '../../src/crew/threads.ts';

/* Worker threads load the modules of build/, which `npm test` builds first. */
const built = (file: string): string =>
  JSON.stringify(new URL(`../../build/crew/${file}`, import.meta.url).href);
const folder = mkdtempSync(join(tmpdir(), 'alignode-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Sum {
  shared: Int32Array;
  place: number;
}
type Summing = Job<Sum, Int32Array, Float64Array>;

/** A job of a worker's script, as text. */
function threadsFor(work: string) {
  const script = join(folder, 'summing.js');
  writeFileSync(
    script,
    `import { nodeLine } from ${built('nodeLine.js')};
     import { serve } from ${built('worker.js')};
     serve(nodeLine, { *work({ shared, place }, finished, onSeen, asked) { ${work} } });`,
  );
  return nodeThreads(pathToFileURL(script));
}

async function summed(work: string, onSeen: (seen: Float64Array) => void, stopped: () => boolean) {
  const shared = new Int32Array(new SharedArrayBuffer(16));
  const finished: Int32Array[] = [];
  const hooks: Hooks<Sum, Int32Array, Float64Array> = {
    threads: 2,
    stopped,
    onSteps: () => undefined,
    onSeen,
    onAlone: (why) => expect.unreachable(why),
    onFinished: (some) => finished.push(...some),
    onFailed: (_, reason) => expect.unreachable(reason),
  };
  const job: Summing = {
    work: () => expect.unreachable('in this thread'),
    parts: (task) => [task],
    savesWhenStopped: true,
  };
  const { open } = threadsFor(work);
  await onThreads(open, job)(
    [0, 1].map((place) => ({ shared, place })),
    hooks,
  );
  return { shared, finished };
}

it('what workers share is shared, and what they find is sent as it is', async () => {
  const seen: Float64Array[] = [];
  const { shared, finished } = await summed(
    `shared[place] = place + 7;
     onSeen(Float64Array.of(place + 0.1));
     yield 1;
     finished.push(Int32Array.of(place));`,
    (one) => seen.push(one),
    () => false,
  );
  expect([...shared]).toEqual([7, 8, 0, 0]);
  expect(seen.toSorted((a, b) => a[0] - b[0])).toEqual([Float64Array.of(0.1), Float64Array.of(1.1)]);
  expect(finished.toSorted((a, b) => a[0] - b[0])).toEqual([Int32Array.of(0), Int32Array.of(1)]);
});

it('workers that are stopped in endless tasks hand over what they have', async () => {
  const begun = new Set<number>();
  const saved: number[] = [];
  const { finished } = await summed(
    `onSeen(Float64Array.of(place, 0));
     for (let step = 1; ; step++) {
       if (asked()) onSeen(Float64Array.of(place, step));
       yield 1;
     }`,
    ([place, step]) => {
      if (step === 0) begun.add(place);
      else saved.push(place);
    },
    () => begun.size === 2,
  );
  expect(saved.toSorted()).toEqual([0, 1]);
  expect(finished).toEqual([]);
});

it('what is missing where the script cannot be loaded is named', () => {
  expect(threadsFor('').needs).toBe('the package must have its script summing.js');
});
