import type { TheorySeen } from '../scene.ts';
import type { Draw, Tools } from '../views/view.ts';

/** Waits for the curve of the problem as it stands to be exact: what is saved is what the library computes. */
export function exactCurve({ scene, notify }: Pick<Tools, 'scene' | 'notify'>) {
  let waiting: (() => void)[] = [];
  const draw: Draw = (_, { theory }) => {
    if (!theory) return;
    const ready = waiting;
    waiting = [];
    for (const look of ready) look();
  };
  return {
    draw,
    async get(): Promise<TheorySeen> {
      for (let said = false; ; said = true) {
        const { pending, refused, theory } = scene();
        if (!pending && refused) throw new Error(`There is no curve to be saved: ${refused.message}`);
        if (!pending && theory) return theory;
        if (!said) notify('done', 'The exact curve is not here yet; it is saved as soon as it is.');
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
