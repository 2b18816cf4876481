import type { Simulation } from '../../index.ts';
import { runsOf } from './measurements.ts';
import type { Agreed, Begun, Going, Over } from './protocol.ts';
import type { StudentsSeen } from './seen.ts';
import { students } from './words.ts';

/** What the worker reports of students that it is at, or was. */
export type Report = Begun | Going | Agreed | Over;

/** What a report changes of what is seen. */
export function heard(seen: StudentsSeen, news: Report): Partial<StudentsSeen> {
  switch (news.kind) {
    case 'begun':
      return {
        settings: news.settings,
        ...(news.device && { device: news.device }),
        ...(seen.status === 'starting' && { status: 'training' }),
      };
    case 'going':
      return {
        progress: news.progress,
        ...news.moments,
        diverged: news.diverged,
        status: statusAt(seen, news.paused),
      };
    case 'agreed':
      return {
        ...(news.agreement && { agreement: news.agreement }),
        ...(news.none !== undefined && { noAgreement: news.none }),
      };
    case 'over':
      return ended(seen, news);
  }
}

function statusAt({ status }: StudentsSeen, paused: boolean): StudentsSeen['status'] {
  if (status === 'stopping') return status;
  if (paused) return 'paused';
  return status === 'paused' || status === 'starting' ? 'training' : status;
}

function ended(seen: StudentsSeen, news: Over): Partial<StudentsSeen> {
  const { progress, moments, diverged, simulation } = news;
  const { settings, device, failed, notes } = simulation;
  const lost =
    failed.length > 0
      ? [`${students(failed.length)} ${failed.length === 1 ? 'was' : 'were'} lost: ${failed[0].reason}`]
      : [];
  return {
    ...(progress && { progress }),
    ...moments,
    diverged,
    settings,
    ...(device && { device }),
    notes: [...notes, ...lost],
    simulation: simulationOf(news),
    ...(seen.status !== 'stopping' && { status: 'comparing' }),
  };
}

/** The result of `simulate` as it was in the worker, where its runs were unpacked when they were looked at. */
function simulationOf({ simulation, finished, students, measured }: Over): Simulation {
  const done = new Set(finished);
  return {
    ...simulation,
    perRun: runsOf(
      measured,
      students.filter(({ run }) => done.has(run)),
    ),
  };
}
