import { axis } from './axis.ts';

/** A curve drawn with characters, for a terminal: y against x, both logarithmic where the values allow it. */
export function textChart(
  x: readonly number[],
  y: readonly number[],
  label: string,
  width = 64,
  height = 14,
): string {
  const xLog = x.every((value) => value > 0);
  const yLog = y.some((value) => value > 0);
  const across = axis(x, xLog);
  const up = axis(y, yLog);
  const rows = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
  x.forEach((value, i) => {
    const column = Math.round(across.place(value) * (width - 1));
    const row = Math.round((1 - up.place(y[i])) * (height - 1));
    if (column >= 0 && column < width && row >= 0 && row < height) rows[row][column] = '•';
  });
  const margin = Math.max(0, ...up.ticks.map((tick) => tick.label.length));
  const lines = rows.map((row, r) => {
    const tick = up.ticks.find(({ at }) => Math.round((1 - up.place(at)) * (height - 1)) === r);
    return `${(tick?.label ?? '').padStart(margin)} │${row.join('').trimEnd()}`;
  });
  const bottom = new Array<string>(width + 6).fill(' ');
  for (const { at, label: name } of across.ticks) {
    const column = Math.round(across.place(at) * (width - 1));
    [...name].forEach((character, i) => {
      bottom[column + i] = character;
    });
  }
  return [
    `${label}`,
    ...lines,
    `${' '.repeat(margin)} └${'─'.repeat(width)}`,
    `${' '.repeat(margin)}  ${bottom.join('').trimEnd()}  alpha`,
    '',
  ].join('\n');
}
