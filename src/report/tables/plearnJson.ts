import type { PLearn } from '../../shallow/plearn/index.ts';
import { version } from '../../support/version.ts';
import { jsonPieces } from './jsonPieces.ts';

/** P(learn) as JSON: everything `plearn` returns, every student too. */
export function* plearnToJson(found: PLearn): Generator<string> {
  yield* jsonPieces({ version, ...found }, 4);
  yield '\n';
}
