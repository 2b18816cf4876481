/** What a command says on standard error but for its progress, whose lines depend on the clock, and are a bar that vanishes on a terminal. */
export const withoutProgress = (text: string): string =>
  text.replace(/^(integrate|simulate|compare|plearn|reproduce) .*\d%(, .*)?\n/gm, '');
