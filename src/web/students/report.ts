import { duration } from '../../support/duration.ts';
import { element } from '../dom/element.ts';
import type { StudentsSettings } from '../state/state.ts';
import { counted } from '../views/numbers.ts';
import { countOf, type StudentsSeen } from './seen.ts';
import { backendInWords, inWords, students } from './words.ts';

/** Their status, in a word or two. */
export function statusInWords(seen: StudentsSeen): string {
  const { asked, simulation, progress, diverged } = seen;
  const left =
    diverged > 0 ? ` ${students(diverged)} diverged and ${diverged === 1 ? 'is' : 'are'} in no mean.` : '';
  const measured = countOf(seen);
  const finished = simulation?.perRun.length ?? progress?.finishedRuns ?? 0;
  const lost = simulation?.failed.length ?? 0;
  const done =
    lost > 0
      ? `Over: ${counted(finished)} of ${students(asked.runs)} came to the end, ${counted(lost)} ${lost === 1 ? 'was' : 'were'} lost.`
      : `Done: ${students(finished)}.`;
  switch (seen.status) {
    case 'starting':
      return 'Starting.';
    case 'training':
      return `Training.${left}`;
    case 'pausing':
      return 'Pausing.';
    case 'paused':
      return `Paused.${left}`;
    case 'stopping':
      return 'Stopping.';
    case 'comparing':
      return `${done} They are being compared with theory.${left}`;
    case 'finished':
      return `${done}${left}`;
    case 'stopped':
      return `Stopped: the points are of ${measured} of ${students(asked.runs)}, of which ${finished} came to the end.${left}`;
    case 'failed':
      return `Not trained: ${seen.failure}`;
  }
}

/** How far they are: how many are done, how fast it goes, and what is left. */
function progressInWords({ status, progress }: StudentsSeen): string {
  if (!progress) return '';
  const { steps, total, finishedRuns, runs, rate } = progress;
  const words = [`${counted(finishedRuns)} of ${students(runs)} done`];
  if (rate > 0 && status === 'training')
    words.push(`${inWords(rate)} steps a second`, `${duration(Math.ceil((total - steps) / rate))} left`);
  return words.join(' · ');
}

/** Which students they are. */
export const whoInWords = ({ N, runs, seed, student }: StudentsSettings): string =>
  `${counted(runs)} ${student}, N = ${counted(N)}, seed ${seed}`;

/** Reports how far students are, and what is left to do. */
export function studentsReport(
  place: HTMLElement,
): (seen: StudentsSeen | undefined, atWork: boolean) => void {
  const bar = element('progress', { max: 1, 'aria-label': 'Steps done' });
  const far = element('p', { class: 'quiet', id: 'students-far' });
  const status = element('p', { role: 'status', id: 'students-status' });
  const who = element('p', { class: 'quiet', id: 'students-who' });
  const backend = element('p', { class: 'quiet', id: 'students-by' });
  const notes = element('ul', { class: 'quiet', id: 'students-notes' });
  place.append(bar, far, status, who, backend, notes);
  const write = (line: HTMLElement, words: string): void => {
    // Unchanged text is not read aloud again.
    if (line.textContent !== words) line.textContent = words;
    line.hidden = words === '';
  };
  return (seen, atWork) => {
    place.hidden = seen === undefined;
    if (!seen) return;
    const { progress, settings, device } = seen;
    bar.hidden = !atWork;
    // Without a value it shows that something is going on.
    if (progress) bar.value = progress.total > 0 ? progress.steps / progress.total : 1;
    else bar.removeAttribute('value');
    write(far, atWork ? progressInWords(seen) : '');
    write(status, statusInWords(seen));
    status.className = seen.status === 'failed' ? 'fault' : '';
    write(who, `These: ${whoInWords(seen.asked)}`);
    write(backend, settings ? `Computed by ${backendInWords(settings, device)}` : '');
    notes.replaceChildren(...seen.notes.map((note) => element('li', {}, note)));
    notes.hidden = seen.notes.length === 0;
  };
}
