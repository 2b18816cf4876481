/** For pages that only show a message. */
export const SAYS_POLICY = policy({});

/** For the explore page: its own files, WebAssembly for the students, and pictures that it draws itself. */
export const PAGE_POLICY = policy({
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'worker-src': "'self'",
  'connect-src': "'self'",
});

/** For the book: what its pages ask for themselves (`scripts/book/layout.ts`), less what is for pages on a disk. */
export const BOOK_POLICY = policy({
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
});

/** A content security policy that allows only what is named; other pages may not show the page in a frame either. */
function policy(allowed: Record<string, string>): string {
  const closed = { 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" };
  return Object.entries({ 'default-src': "'none'", ...allowed, ...closed })
    .map(([what, from]) => `${what} ${from}`)
    .join('; ');
}
