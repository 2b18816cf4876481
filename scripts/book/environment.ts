import type { Env } from 'markdown-it';
import type { Desk, Heading } from './types.ts';

/** What the parts of one page share: its desk, the headings so far, and the anchors that are taken. */
export interface Environment {
  desk: Desk;
  headings: Heading[];
  ids: Set<string>;
}

export const environment = (desk: Desk): Environment => ({ desk, headings: [], ids: new Set() });

/** markdown-it passes its environment on without knowing its type. */
export const of = (env: Env | undefined): Environment => env as unknown as Environment;
export const given = (env: Environment): Env => env as unknown as Env;
