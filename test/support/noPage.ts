import { beforeEach, inject } from 'vitest';

/* For the tests of pages where there is no browser: they were found, and none has run. */
beforeEach(({ skip }) => {
  const missing = 'needs Chromium (npm test says how to get it)';
  if (inject('mustNotSkip')) throw new Error(missing);
  skip(missing);
});
