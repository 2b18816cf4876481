import { escaped } from '../../draw/index.ts';
import { SAYS_POLICY } from './policies.ts';

/** What a server says to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A page of one sentence, for a wrong address or a wrong kind of request. */
export function says(status: number, sentence: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': SAYS_POLICY,
      ...headers,
    },
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>alignode: ${status}</title>
<p>${escaped(sentence)}</p>
<p><a href="/">To the explore page</a></p>
</html>
`,
  };
}
