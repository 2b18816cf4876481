// Steps per second of the backend "cpu": of one thread alone, and of as many at once as there are cores, measured on worker
// threads that begin together. This file is also what each worker runs.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { cores } from '../build/crew/nodeThreads.js';
import { backends } from '../build/shallow/students/index.js';

const LONG = 600;

/** @returns {Promise<{ one: number, all: number, threads: number }>} */
export async function cpuRate(student, problem, N) {
  const threads = cores();
  const [one] = await together(1, { student, problem, N });
  const all = await together(threads, { student, problem, N });
  return { one, all: all.reduce((sum, rate) => sum + rate), threads };
}

/** The rates of so many threads, each at work while the others are. */
async function together(threads, order) {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL(import.meta.url), { workerData: { cpuRate: order } }),
  );
  const said = (worker) =>
    new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  try {
    await Promise.all(workers.map(said));
    const rates = workers.map(said);
    for (const worker of workers) worker.postMessage('go');
    return await Promise.all(rates);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function work({ student, problem, N }) {
  const { lanes, start } = backends.cpu[student];
  const batch = start(
    Array(lanes).fill(problem),
    N,
    Array.from({ length: lanes }, (_, i) => i + 1),
  );
  const seconds = (steps) => {
    const begin = performance.now();
    batch.advance(steps);
    return (performance.now() - begin) / 1000;
  };
  let steps = 16;
  while (seconds(steps) < 0.02) steps *= 2;
  parentPort.once('message', () => {
    const begin = performance.now();
    let done = 0;
    for (; performance.now() - begin < LONG; done += steps) batch.advance(steps);
    parentPort.postMessage((lanes * done * 1000) / (performance.now() - begin));
  });
  parentPort.postMessage('ready');
}

if (!isMainThread && workerData?.cpuRate !== undefined) work(workerData.cpuRate);
