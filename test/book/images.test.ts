import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

describe('the README and the book', () => {
  it.each([
    ['first-curve', 'firstCurve().picture'],
    ['align-then-memorise', 'alignThenMemorise()'],
  ])('show the picture that the project draws: %s', (name, picture) => {
    const script = `import('./scripts/${name}.mjs').then(({ ${picture.replace(/\(.*/, '')} }) => process.stdout.write(${picture}))`;
    const drawn = execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    expect(readFileSync(join(root, `docs/images/${name}.svg`), 'utf8')).toBe(drawn);
  });
});
