/** A label that should stand at a place along a line of so many pixels. */
export interface Label {
  at: number;
  width: number;
}

export interface PlacedLabel {
  row: number;
  /** Which part of it is at its place: its middle, or at the ends of the line its own end. */
  anchor: 'start' | 'middle' | 'end';
}

/** Labels in as few rows as keep them off each other, and none past the ends. */
export function stacked(labels: readonly Label[], pixels: number): PlacedLabel[] {
  const rows: { from: number; to: number }[][] = [];
  return labels.map(({ at, width }) => {
    const anchor = at < width / 2 ? 'start' : at > pixels - width / 2 ? 'end' : 'middle';
    const from = at - { start: 0, middle: width / 2, end: width }[anchor];
    const free = rows.findIndex((taken) => taken.every((one) => one.to < from || one.from > from + width));
    const row = free >= 0 ? free : rows.push([]) - 1;
    rows[row].push({ from, to: from + width });
    return { row, anchor };
  });
}
