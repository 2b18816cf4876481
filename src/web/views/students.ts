import { element } from '../dom/element.ts';
import type { State } from '../state/state.ts';
import { agreementReport } from '../students/agreement.ts';
import { estimate } from '../students/estimate.ts';
import { studentsForm } from '../students/form.ts';
import { isAtWork } from '../students/live.ts';
import { studentsReport, whoInWords } from '../students/report.ts';
import type { StudentsSeen } from '../students/seen.ts';
import type { Mount, View } from './view.ts';

/** Whether a button can be pressed. One that cannot stays where the keyboard finds it. */
const allow = (button: HTMLElement, may: boolean): void => button.setAttribute('aria-disabled', String(!may));
const can = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') !== 'true';

const mount: Mount = (place, tools) => {
  const { training } = tools;
  const train = (): void => {
    if (can(start)) training.train(tools.store.get());
  };
  const button = (id: string, words: string, onclick: () => void, kind?: string): HTMLButtonElement =>
    element('button', { type: 'button', id: `students-${id}`, onclick, class: kind }, words);

  const form = element('div', { class: 'form' });
  const cost = element('p', { id: 'students-cost' });
  const start = button('train', 'Train', train, 'main');
  const pause = button('pause', 'Pause', () => (paused() ? training.resume() : training.pause()));
  const stop = button('stop', 'Stop', training.stop);
  const other = element(
    'p',
    { class: 'other', id: 'students-other', hidden: true },
    'The points are of students of another problem. ',
    button('again', 'Train students of this one', train),
  );
  const offered = element('span');
  const offer = element(
    'p',
    { class: 'other', id: 'students-offer', hidden: true },
    offered,
    button('repeat', 'Train them again', () => {
      const settings = training.offered();
      if (!settings) return;
      const { store } = tools;
      // What is trained is what the form shows.
      if (JSON.stringify(store.get().students) !== JSON.stringify(settings))
        store.set({ ...store.get(), students: settings });
      training.train(store.get());
    }),
  );
  const report = element('div', { class: 'report' });
  const agreed = element('section', { class: 'agreed', 'aria-label': 'Agreement with theory' });
  place.append(
    element(
      'div',
      { class: 'students' },
      // Above the form: the lower part of the card may be below the window's edge.
      element('div', { class: 'buttons' }, start, pause, stop),
      cost,
      offer,
      other,
      form,
      report,
      agreed,
    ),
  );

  const write = studentsForm(form, tools);
  const show = studentsReport(report);
  const agreement = agreementReport(agreed, tools);
  const paused = (): boolean => ['paused', 'pausing'].includes(training.seen()?.status ?? '');
  let state: State | undefined;
  let seen: StudentsSeen | undefined | null = null;
  return (scene, changed) => {
    if (scene.state !== state) {
      state = scene.state;
      write(state);
      const { words, kind } = estimate(state);
      cost.textContent = words;
      cost.className = kind;
      allow(start, kind !== 'refused');
    }
    if (scene.students !== seen) {
      seen = scene.students;
      const atWork = seen !== undefined && isAtWork(seen);
      pause.textContent = paused() ? 'Go on' : 'Pause';
      allow(pause, ['training', 'pausing', 'paused'].includes(seen?.status ?? ''));
      allow(stop, atWork && seen?.status !== 'stopping');
      other.hidden = !seen?.other;
      show(seen, atWork);
    }
    const settings = training.offered();
    offer.hidden = settings === undefined;
    if (settings) offered.textContent = `The link was made beside students: ${whoInWords(settings)}. `;
    agreement(scene, changed);
  };
};

/** Students trained in the page, and whether theory agrees with them. */
export const studentsView: View = {
  id: 'students',
  title: 'Students',
  help: 'Real students of the problem above, each trained on examples of its own, measured at times of the curve: their mean with its standard error stands in the charts.',
  book: 'students.html',
  mount,
};
