/**
 * Does something at most once in so many milliseconds, and so rarely that it takes no more than a tenth of the time.
 */
export function throttled(least: number): (work: () => void) => void {
  let next = performance.now() + least;
  return (work) => {
    const start = performance.now();
    if (start < next) return;
    work();
    const end = performance.now();
    next = Math.max(start + least, end + 10 * (end - start));
  };
}
