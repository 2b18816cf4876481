/**
 * Whether Node died of an assertion in its own C++, by what it printed. Node 20 was seen to do so when a thread ended while V8
 * compiled for it. It says nothing about the program, which is run once more.
 */
export const nodeAborted = (printed: string): boolean =>
  /node::Assert\(/.test(printed) && /# {2}Assertion failed:/.test(printed);

/** Starts a program that the test waits for; once more if Node aborted it. */
export function startedWhole<Ended extends { stderr: string }>(start: () => Ended): Ended {
  const ended = start();
  return nodeAborted(ended.stderr) ? start() : ended;
}
