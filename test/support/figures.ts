import type { Drawing, Figure, Workshop } from '../../src/figures/index.ts';
import { smallProblem } from './problems.ts';

/** What a small figure draws, from its values. */
export const drawingOf = (name: string, y: number[], more: Partial<Drawing> = {}): Drawing => ({
  caption: `All about ${name}.`,
  parameters: { problem: smallProblem(), seeds: [3] },
  panels: ['left', 'right'].map((side) => ({
    name: `${name}-${side}`,
    title: `${name}, ${side}`,
    x: { label: 'time', log: true },
    y: { label: 'error', log: true },
    traces: [
      { name: `theory of ${side}`, mark: 'line', colour: 0, x: [1, 10, 100], y: [1, 0.5, 0.1] },
      { name: `student of ${side}`, mark: 'points', colour: 1, x: [1, 10, 100], y },
    ],
  })),
  claims: [
    { by: 'paper', says: 'Students learn.', holds: 'yes', found: 'all 3 do', numbers: { learned: 3 } },
  ],
  ...more,
});

export interface SmallFigure extends Figure {
  /** How often its work was really done. */
  worked: number;
}

/** A figure of one piece of work, which takes no time. */
export function smallFigure(
  name: string,
  more: { drawing?: Partial<Drawing>; during?: (workshop: Workshop) => Promise<unknown> } = {},
): SmallFigure {
  const figure: SmallFigure = {
    name,
    title: `Figure ${name}`,
    source: 'a test',
    seconds: { quick: 1, full: 10 },
    script: "import { erf } from 'alignode';\n",
    worked: 0,
    make: async (workshop) => {
      const y = await workshop.piece('values', { name }, async () => {
        figure.worked++;
        return [0.9, 0.6, 0.2];
      });
      await more.during?.(workshop);
      return drawingOf(name, y, more.drawing);
    },
  };
  return figure;
}
