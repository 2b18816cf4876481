/** The caller's own functions, called while students are being trained. */
export interface Callers {
  /**
   * Calls one of them. If it returns a promise, so does this: it resolves when that promise is settled, or when the
   * signal is aborted. If the function throws, or its promise is rejected, the work ends (`failed`), and the error is
   * thrown at its end.
   */
  call<Argument>(
    caller: ((argument: Argument) => unknown) | undefined,
    argument: Argument,
  ): Promise<void> | undefined;
  /** Whether one of the functions has thrown. */
  failed(): boolean;
  /** Throws what was thrown. To be called when no work is under way any more. */
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
