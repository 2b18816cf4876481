/** Milliseconds between two turns of the event loop. */
const BREATH = 50;

/**
 * For long work on the thread that also hears signals and draws progress: every so often what is returned gives a promise of the event
 * loop's next turn, to be waited for, and otherwise nothing.
 */
export function breathing(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => (performance.now() - last > BREATH ? turn() : undefined);

  async function turn(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  }
}
