import { type Fault, type Fields, pathOf, record, wordsOf } from './check.ts';
import { AlignodeError, unreadable } from './error.ts';

/** Refuses options that a function does not have, or that hold what they may not. */
export function checkOptions(options: unknown, fields: Fields): void {
  const fault = faultOf(options, fields);
  if (fault !== undefined)
    throw new AlignodeError('invalid-option', wordsOf(fault, 'options'), { path: pathOf(fault, 'options') });
}

function faultOf(options: unknown, fields: Fields): Fault | undefined {
  try {
    return record(fields, { name: 'option' })(options);
  } catch (error) {
    throw new AlignodeError('invalid-option', `options: ${unreadable(error)}`, { path: 'options' });
  }
}

/** Throws for an option that is wrong for a reason that the option alone does not show. */
export function refuse(path: string, message: string): never {
  throw new AlignodeError('invalid-option', `${path}: ${message}`, { path });
}
