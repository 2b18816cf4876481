/** The names by which browsers call their own machine. */
const OWN = ['localhost', '127.0.0.1', '[::1]'];

/** What must run where a link to this page is to open; nothing if the page is on a web server. */
export const commandFor = ({ hostname, port }: Pick<Location, 'hostname' | 'port'>): string | undefined =>
  OWN.includes(hostname) ? `npx alignode explore --port ${port || 80}` : undefined;

export const needs = (command: string): string =>
  `Copied the link: it opens exactly what is here now, on a machine on which “${command}” runs. For a link that needs no command, put the page on a web server: npm run build:web.`;
