import type { Problem } from '../../index.ts';
import type { Message } from './protocol.ts';

/**
 * Asks a worker for curves, and hears whether they are those of the newest problem; of older ones only curves are
 * heard.
 */
export function theoryLive(hear: (message: Message, newest: boolean) => void, broken: (why: string) => void) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'theory' });
  let id = 0;
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.id === id || data.kind === 'curve') hear(data, data.id === id);
  };
  worker.onerror = (event) =>
    broken(event.message || 'the part of the page that integrates could not be started; load the page again');
  return {
    ask(problem: Problem): void {
      id++;
      worker.postMessage({ id, problem });
    },
  };
}
