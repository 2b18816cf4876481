import { type Order, STATES } from './order.ts';
import { type Measurement, type RunRecord, trainRuns } from './task.ts';

/** What a worker thread does with what it is sent: the runs that it finished, though it be told to stop. */
export default function work({ task, state, done, port }: Order): RunRecord[] {
  const finished: RunRecord[] = [];
  const measured: Measurement[] = [];
  const tell = port && ((one: Measurement): unknown => measured.push(one));
  for (const steps of trainRuns(task, finished, tell)) {
    done[0] += steps;
    if (measured.length > 0) port?.postMessage(measured.splice(0));
    // Sleeps only if there is a pause, and until its end.
    Atomics.wait(state, 0, STATES.pause);
    if (Atomics.load(state, 0) === STATES.stop) break;
  }
  return finished;
}
