import { element } from '../dom/element.ts';
import type { Scene } from '../scene.ts';
import { tellCursor } from '../views/chartView.ts';
import { errorInWords } from '../views/curveInWords.ts';
import type { Mount } from '../views/view.ts';
import { playerOf } from './player.ts';

const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** Elements that use the space bar themselves. */
const TAKES_SPACE = 'input, select, textarea, button, summary, a, [contenteditable], [role="button"], dialog';

/** The bar that moves the cursor along α: by playing, by steps, by hand, by number. */
export const transport: Mount = (place, tools) => {
  const { scene, seek } = tools;
  const player = playerOf(tools, () => tellPlaying());

  const play = element('button', { type: 'button', class: 'main play', onclick: () => toggle() });
  const back = step('Step back', '‹', -1);
  const forward = step('Step forward', '›', 1);
  const speed = element('select', { 'aria-label': 'Speed' });
  for (const times of SPEEDS)
    speed.append(element('option', { value: times, selected: times === 1 }, `× ${times}`));
  speed.addEventListener('change', () => player.setSpeed(Number(speed.value)));

  const slider = element('input', { type: 'range', min: 0, max: 0, step: 1, 'aria-label': 'Time α' });
  slider.addEventListener('input', () => {
    const { theory } = scene();
    if (theory) seek(theory.curve.alpha[Number(slider.value)]);
  });

  const number = element('input', {
    type: 'text',
    inputmode: 'decimal',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  number.addEventListener('change', () => {
    const alpha = Number(number.value.trim().replace(',', '.'));
    if (number.value.trim() !== '' && Number.isFinite(alpha) && alpha >= 0) seek(alpha);
    // What is not a time is not taken; a time between two points becomes the nearer one.
    number.value = alphaInWords(scene());
  });
  const error = element('output', { class: 'here' });

  place.setAttribute('aria-label', 'The cursor along α');
  place.append(
    element('div', { class: 'buttons' }, back, play, forward, speed),
    slider,
    element('label', { class: 'alpha' }, 'α = ', number),
    error,
  );
  tellPlaying();

  function step(label: string, sign: string, by: number): HTMLButtonElement {
    const go = (): void => {
      const { theory, cursor } = scene();
      const alpha = theory?.curve.alpha[cursor.index + by];
      if (alpha !== undefined) seek(alpha);
    };
    return element('button', { type: 'button', 'aria-label': label, title: label, onclick: go }, sign);
  }
  function toggle(): void {
    if (player.playing()) player.stop();
    else player.play();
  }
  function tellPlaying(): void {
    play.textContent = player.playing() ? 'Pause' : 'Play';
    place.classList.toggle('playing', player.playing());
  }
  document.addEventListener('keydown', (event) => {
    const taken = event.target instanceof Element && event.target.closest(TAKES_SPACE);
    if (event.key !== ' ' || taken || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    toggle();
  });

  return (now, changed) => {
    if (!changed.theory && !changed.cursor && !changed.look) return;
    const { theory, cursor } = now;
    const last = Math.max(0, (theory?.curve.alpha.length ?? 0) - 1);
    slider.max = String(last);
    slider.value = String(cursor.index);
    slider.disabled = last === 0;
    tellCursor(slider, now);
    if (document.activeElement !== number) number.value = alphaInWords(now);
    error.textContent =
      theory?.curve.eg[cursor.index] === undefined
        ? ''
        : `test error ${errorInWords(theory.curve, cursor.index)}`;
    // Not `disabled`: the keyboard would lose its place at either end.
    back.setAttribute('aria-disabled', String(cursor.index === 0));
    forward.setAttribute('aria-disabled', String(cursor.index >= last));
    play.setAttribute('aria-disabled', String(last === 0));
  };
};

/** As it is typed: digits, without powers of ten by words. */
const alphaInWords = ({ theory, cursor }: Scene): string =>
  theory ? String(Number(cursor.alpha.toPrecision(5))) : '';
