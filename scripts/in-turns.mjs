/**
 * Calls `work` for each thing, at most `lanes` at a time. Each call gets the number of its lane, counted from 0.
 * @template T
 * @param {Iterable<T>} things
 * @param {number} lanes
 * @param {(thing: T, lane: number) => Promise<void>} work
 */
export async function inTurns(things, lanes, work) {
  const queue = [...things];
  const next = async (lane) => {
    while (queue.length > 0) await work(queue.shift(), lane);
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => next(lane)));
}
