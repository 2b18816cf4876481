import { breathing } from '../../support/breath.ts';
import { reasonOf } from './executor.ts';
import { type Measurement, type RunRecord, type Task, trainRuns } from './task.ts';

/** What a worker of a page is told: a task, and whether anybody listens to what is measured; to wait; to go on. */
export type Word = { task: Task; listened: boolean } | 'pause' | 'resume';

/** What it tells: that it has begun; how far it has come; that its task failed. */
export type News = 'begun' | Report | { failed: string };

export interface Report {
  /** The steps that this task has done. */
  steps: number;
  /** The runs finished, and the students measured, since the last report. */
  records: RunRecord[];
  measured: Measurement[];
  /** Whether the task is done. */
  over: boolean;
}

/** What of a worker's own global object is used; TypeScript has it only together with the whole DOM. */
interface Here {
  onmessage: ((event: { data: Word }) => void) | null;
  postMessage(news: News): void;
}
const here = globalThis as unknown as Here;

let pause: Promise<void> | undefined;
let resume = (): void => {};

async function work({ task, listened }: Exclude<Word, string>): Promise<void> {
  const records: RunRecord[] = [];
  const measured: Measurement[] = [];
  let steps = 0;
  const report = (over: boolean): void =>
    here.postMessage({ steps, records: records.splice(0), measured: measured.splice(0), over });

  const breathe = breathing();
  const tell = listened ? (one: Measurement): unknown => measured.push(one) : undefined;
  for (const more of trainRuns(task, records, tell)) {
    steps += more;
    // What it is told, it hears in between.
    const turn = breathe();
    if (turn === undefined) continue;
    report(false);
    await turn;
    await pause;
  }
  report(true);
}

here.onmessage = ({ data: word }) => {
  if (word === 'resume') {
    pause = undefined;
    resume();
  } else if (word === 'pause')
    pause ??= new Promise((resolve) => {
      resume = resolve;
    });
  else work(word).catch((error) => here.postMessage({ failed: reasonOf(error) }));
};
here.postMessage('begun');
