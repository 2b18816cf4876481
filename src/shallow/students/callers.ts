/** Functions of the caller's, as they are called while students are at work. */
export interface Callers {
  /**
   * Calls one. If it returns a promise, so does this: one that is over when that is settled, or the signal is aborted.
   * What the caller's function throws, or its promise is rejected with, ends the work (`failed`) and is thrown at its end.
   */
  call<Argument>(
    caller: ((argument: Argument) => unknown) | undefined,
    argument: Argument,
  ): Promise<void> | undefined;
  /** Whether one has thrown. */
  failed(): boolean;
  /** Throws what was thrown. To be called when nobody is at work any more. */
  rethrow(): void;
}

export function callers(signal: AbortSignal | undefined): Callers {
  let thrown: { error: unknown } | undefined;
  const keep = (error: unknown): void => {
    thrown ??= { error };
  };
  const waitFor = (promise: PromiseLike<unknown>): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        signal?.removeEventListener('abort', end);
        resolve();
      };
      signal?.addEventListener('abort', end);
      if (signal?.aborted) end();
      promise.then(end, (error) => {
        keep(error);
        end();
      });
    });
  return {
    call: (caller, argument) => {
      if (caller === undefined || thrown !== undefined) return undefined;
      try {
        const answer = caller(argument);
        return isPromise(answer) ? waitFor(answer) : undefined;
      } catch (error) {
        keep(error);
        return undefined;
      }
    },
    failed: () => thrown !== undefined,
    rethrow: () => {
      if (thrown !== undefined) throw thrown.error;
    },
  };
}

const isPromise = (x: unknown): x is PromiseLike<unknown> =>
  typeof (x as PromiseLike<unknown> | undefined)?.then === 'function';
