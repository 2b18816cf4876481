import { onNode } from './onNode.ts';

/** Milliseconds between two turns of the event loop. */
const BREATH = 50;

/**
 * For long work on the thread that also receives signals and draws progress. Every so often the function returned gives
 * a promise of the event loop's next turn, to be awaited; otherwise it gives undefined.
 */
export function breathing(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => (performance.now() - last > BREATH ? breath() : undefined);

  async function breath(): Promise<void> {
    await nextTurn();
    last = performance.now();
  }
}

/** The next turn of the event loop, at which what was sent to this thread is delivered. */
export const nextTurn = (): Promise<void> => (onNode() ? timerTurn() : messageTurn());

const timerTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Pages delay timers: one that follows another by milliseconds; in a page that is not seen, by seconds. Messages are
 * not delayed.
 */
const messageTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    // The types are those of Node, whose ports have this too.
    const port = port1 as unknown as { onmessage: () => void };
    port.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
