import type { Break, Room } from './break.ts';
import type { Failure } from './tests.ts';

/** A change that was made, and the test files that failed. */
export interface Tried {
  readonly room: Room['name'];
  readonly change: Break;
  readonly failures: readonly Failure[];
}

/** The command that runs a test file. */
export const commandOf = (file: string): string =>
  file.includes('.slow.') ? 'npm run test:all' : 'npm test';

/** Of the files that failed, the one to report: first those of the quicker command, then those that were expected. */
export function caughtBy({ change, failures }: Tried): Failure | undefined {
  const order = ({ file }: Failure): number =>
    (commandOf(file) === 'npm test' ? 0 : 2) + (change.by.includes(file) ? 0 : 1);
  return failures.toSorted((a, b) => order(a) - order(b))[0];
}

/** Everything that was tried as Markdown, to stand in docs/. */
export function tableOf(all: readonly Tried[]): string {
  const rows = all.map((tried) => {
    const { room, change } = tried;
    const found = caughtBy(tried);
    const place = `[${nameOf(change.file)}](../${change.file})`;
    const caught = found ? `[${nameOf(found.file)}](../${found.file}), ${countOf(found)}` : '**nothing**';
    return `| ${room} | ${change.wrong} | ${place} | ${found ? `\`${commandOf(found.file)}\`` : ''} | ${caught} |`;
  });
  return [
    '| room | what is wrong | in | caught by | in the test, failed |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    summaryOf(all),
    '',
  ].join('\n');
}

/** A file that fails before its first test has run none. */
export const countOf = ({ failed, tests }: Failure): string =>
  failed > 0 ? `${failed} of ${tests}` : 'before its first test';

export function summaryOf(all: readonly Tried[]): string {
  const commands = all.map((tried) => caughtBy(tried)).map((found) => found && commandOf(found.file));
  const count = (command: string | undefined): number => commands.filter((one) => one === command).length;
  return `Of ${all.length} changes \`npm test\` catches ${count('npm test')}, \`npm run test:all\` ${count('npm run test:all')} more, and ${count(undefined)} go unnoticed.`;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
