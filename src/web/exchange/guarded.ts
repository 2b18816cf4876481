import { reasonOf } from '../../support/error.ts';
import type { Tools } from '../views/view.ts';

/** Does what was asked for, or says why not. */
export function guarded({ notify }: Pick<Tools, 'notify'>, act: () => unknown): void {
  void (async () => {
    try {
      await act();
    } catch (error) {
      notify('fault', reasonOf(error));
    }
  })();
}
