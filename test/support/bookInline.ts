import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InlineCode, type Page, ROOT, where } from './bookBlocks.ts';
import { alignode } from './world.ts';

/** Options of other programs, and of our scripts, that pages mention in a sentence. */
export const otherFlags: Record<string, string> = {};

/** The options of each command, as its own --help tells them. */
export type Commands = ReadonlyMap<string, ReadonlySet<string>>;

const flagsIn = (text: string): string[] => text.match(/--[a-zA-Z][\w-]*/g) ?? [];

export async function commandsOfHelp(): Promise<Commands> {
  const { stdout } = await alignode('--help');
  const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name);
  const entries = names.map(async (name): Promise<[string, Set<string>]> => {
    const help = await alignode(name, '--help');
    return [name, new Set(flagsIn(help.stdout))];
  });
  return new Map(await Promise.all(entries));
}

/** What the inline code of a page names and is not there. */
export function inlineFaults({ inline, blocks }: Page, commands: Commands): string[] {
  // A page may tell how to write a file of the project.
  const told = blocks.map(({ file = '', content }) => `${file}\n${content}`).join('\n');
  return inline.flatMap((code) =>
    [...commandFaults(code.content, commands), ...scriptFaults(code.content), ...pathFaults(code, told)].map(
      (fault) => `${where(code)}: \`${code.content}\`: ${fault}`,
    ),
  );
}

function commandFaults(content: string, commands: Commands): string[] {
  const program = /^(?:npx )?alignode(?: (.*))?$/s.exec(content);
  const flags = flagsIn(content);
  const unknown = (known: ReadonlySet<string>, whose: string): string[] =>
    flags.filter((flag) => !known.has(flag)).map((flag) => `${whose} has no option ${flag}`);
  if (program) {
    const [name] = program[1]?.split(/\s+/) ?? [];
    if (name === undefined || /^--(help|version)$/.test(name) || name === 'COMMAND') return [];
    const own = commands.get(name);
    return own ? unknown(own, `alignode ${name}`) : [`there is no command alignode ${name}`];
  }
  // An option by itself, as in "`--runs 50`": of any command, or of another program that is known to be meant.
  if (!content.startsWith('--')) return [];
  const any = new Set([...commands.values()].flatMap((own) => [...own]).concat(Object.keys(otherFlags)));
  return unknown(any, 'no command');
}

function scriptFaults(content: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const missing = [...content.matchAll(/\bnpm run ([\w:-]+)/g)].filter(([, name]) => !(name in scripts));
  return missing.map(([, name]) => `package.json has no script ${name}`);
}

function pathFaults({ content }: InlineCode, told: string): string[] {
  const path = /^(?:src|test|scripts|docs|examples|bench|kernel|notebooks|types)\/[\w./-]+$/.exec(
    content,
  )?.[0];
  // NAME stands for what the reader chooses.
  if (path === undefined || /[A-Z]{4}/.test(path)) return [];
  return existsSync(join(ROOT, path)) || told.includes(path) ? [] : ['there is no such file'];
}
