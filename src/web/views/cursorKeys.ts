import type { Tools } from './view.ts';

/** Points of the curve that a page key goes past. */
const PAGE = 10;

/** Moves the cursor by keys, along the points of the curve, as those of a slider do. */
export function cursorKeys(event: KeyboardEvent, { scene, seek }: Pick<Tools, 'scene' | 'seek'>): void {
  const { theory, cursor } = scene();
  if (!theory || event.ctrlKey || event.metaKey || event.altKey) return;
  const { alpha } = theory.curve;
  const last = alpha.length - 1;
  const places: Record<string, number> = {
    ArrowLeft: cursor.index - 1,
    ArrowDown: cursor.index - 1,
    ArrowRight: cursor.index + 1,
    ArrowUp: cursor.index + 1,
    PageDown: cursor.index - PAGE,
    PageUp: cursor.index + PAGE,
    Home: 0,
    End: last,
  };
  if (!(event.key in places) || last < 0) return;
  event.preventDefault();
  seek(alpha[Math.min(last, Math.max(0, places[event.key]))]);
}
