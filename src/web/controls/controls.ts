import { element } from '../dom/element.ts';
import type { State } from '../state/state.ts';
import type { Failure } from '../theory/protocol.ts';
import type { Mount, Tools } from '../views/view.ts';
import { blamed } from './blamed.ts';
import type { Control, Group, Widget } from './control.ts';
import { groups } from './groups.ts';
import { headIn } from './head.ts';
import { widgetOf } from './widgets.ts';

interface Shown {
  control: Control;
  widget: Widget;
  /** The group that it stands in, which may be folded. */
  fold: HTMLDetailsElement;
}

/** The problem, to be changed by hand: every control shows what the state has, and what is refused about it. */
export const controls: Mount = (place, tools) => {
  const head = headIn(place, tools);
  // Shows refusals that belong to no control, and has all of them read aloud.
  const aloud = element('p', { class: 'refused', role: 'status' });
  place.append(aloud);
  const all = groups.flatMap((group, i) => shownIn(place, group, i, tools));
  let drawn: State | undefined;
  let refused: Failure | undefined;
  return (scene) => {
    if (scene.state !== drawn) {
      drawn = scene.state;
      head(scene.state);
      for (const one of all) writeTo(one, scene.state);
    }
    if (scene.refused !== refused) {
      refused = scene.refused;
      const seen = tellRefusal(all, refused, drawn);
      aloud.textContent = refused ? `Refused: ${refused.message}` : '';
      aloud.classList.toggle('unseen', seen);
    }
  };
};

/** Where there is room only for one column, the first group stands open and the others are folded. */
const ROOM = '(min-width: 60rem)';

function shownIn(place: HTMLElement, { id, title, rare, controls }: Group, i: number, tools: Tools): Shown[] {
  const open = i === 0 || (rare !== true && matchMedia(ROOM).matches);
  const fold = element(
    'details',
    { class: 'group', id: `group-${id}`, open },
    element('summary', {}, element('h2', {}, title)),
  );
  const all = controls.map((control) => ({ control, widget: widgetOf(control, tools), fold }));
  fold.append(element('div', { class: 'rows' }, ...all.map(({ widget }) => widget.place)));
  place.append(fold);
  return all;
}

function writeTo({ control, widget }: Shown, state: State): void {
  const hidden = !(control.shown?.(state) ?? true);
  if (widget.place.hidden !== hidden) widget.place.hidden = hidden;
  if (!hidden) widget.write(state);
}

/** Shows a refusal beside the control that can mend it; returns whether there is one. */
function tellRefusal(all: readonly Shown[], refused: Failure | undefined, state: State): boolean {
  const there = all.filter(({ control }) => control.shown?.(state) ?? true);
  const to = refused && blamed(there, refused.path);
  for (const one of all) one.widget.refuse(one === to ? refused?.message : undefined);
  if (to) to.fold.open = true;
  return to !== undefined;
}
