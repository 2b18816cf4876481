import { afterEach, expect, it, vi } from 'vitest';
import { FIRST } from '../../src/web/state/state.ts';
import { theoryLive } from '../../src/web/theory/live.ts';
import type { Message } from '../../src/web/theory/protocol.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('passes on only the curves of older problems, marked as such, and everything of the newest', () => {
  const worker: { onmessage?: (event: { data: Message }) => void; asked: number[] } = { asked: [] };
  class Fake {
    set onmessage(listener: NonNullable<typeof worker.onmessage>) {
      worker.onmessage = listener;
    }
    postMessage({ id }: { id: number }): void {
      worker.asked.push(id);
    }
  }
  vi.stubGlobal('Worker', Fake);
  const heard: [kind: string, id: number, newest: boolean][] = [];
  const live = theoryLive(
    ({ kind, id }, newest) => heard.push([kind, id, newest]),
    () => expect.fail('it is not broken'),
  );
  live.ask(FIRST.problem);
  live.ask(FIRST.problem);
  const [old, now] = worker.asked;
  for (const kind of ['curve', 'refused', 'progress', 'about'])
    for (const id of [old, now]) worker.onmessage?.({ data: { kind, id } as Message });
  expect(heard).toEqual([
    ['curve', old, false],
    ['curve', now, true],
    ['refused', now, true],
    ['progress', now, true],
    ['about', now, true],
  ]);
});
