import { element } from '../dom/element.ts';
import { helpFor } from '../dom/help.ts';
import type { Changed } from '../scene.ts';
import type { Draw, Mount, Tools, View } from './view.ts';

const NOTHING: Changed = { theory: false, students: false, cursor: false, look: false };

/** Tells the grid, whose rows are of one pixel, how many of them a card takes: columns have no holes between cards. */
function takeRoom(card: HTMLElement): void {
  new ResizeObserver(() => card.style.setProperty('--height', String(card.offsetHeight))).observe(card);
}

/** Draws all parts of the page together, once a frame, however often something changes. */
export function boardOf(tools: Tools) {
  const draws: Draw[] = [];
  let waiting: Changed | undefined;
  const changed = (what: Partial<Changed>): void => {
    if (waiting === undefined) requestAnimationFrame(draw);
    const before = waiting ?? NOTHING;
    waiting = {
      theory: before.theory || what.theory === true,
      students: before.students || what.students === true,
      cursor: before.cursor || what.cursor === true,
      look: before.look || what.look === true,
    };
  };
  const draw = (): void => {
    const what = waiting ?? NOTHING;
    waiting = undefined;
    const scene = tools.scene();
    for (const one of draws)
      try {
        one(scene, what);
      } catch (error) {
        // The other parts are drawn all the same.
        tools.notify('fault', `A part of the page could not be drawn: ${(error as Error).message}`);
        reportError(error);
      }
    // For benchmarks: what has changed is on the screen with this frame.
    if (what.theory) dispatchEvent(new Event('theorydrawn'));
  };
  const add = (place: HTMLElement, mount: Mount): void => {
    draws.push(mount(place, tools));
    changed({ look: true });
  };
  return {
    changed,
    add,
    /** A card with a title, a word about it, and the view. */
    addView(place: HTMLElement, view: View): void {
      const body = element('div', { class: 'body' });
      const title = element('h2', { id: `title-${view.id}` }, view.title);
      const card = element(
        'section',
        { class: 'card', id: `view-${view.id}`, 'aria-labelledby': title.id },
        element('header', {}, title, helpFor(view)),
        body,
      );
      place.append(card);
      takeRoom(card);
      add(body, (room, given) => {
        const draw = view.mount(room, given);
        return (scene, what) => {
          // Without a curve of its own, a problem shows the drawing of the one before.
          room.classList.toggle('stale', scene.refused !== undefined);
          draw(scene, what);
        };
      });
      let width = 0;
      new ResizeObserver(() => {
        // Its height follows from what is drawn.
        if (Math.round(body.clientWidth) === width) return;
        width = Math.round(body.clientWidth);
        changed({ look: true });
      }).observe(body);
    },
  };
}
