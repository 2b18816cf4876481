/** Text without the colours of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal's colours begin.
export const plain = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '');
