import { numberField } from '../controls/numberField.ts';
import { element } from '../dom/element.ts';
import { helpFor } from '../dom/help.ts';
import { RANGES, type State, type StudentsSettings } from '../state/state.ts';
import type { Tools } from '../views/view.ts';

interface Setting {
  key: keyof StudentsSettings;
  title: string;
  help: string;
  book: string;
  /** A whole number within these, or one of some choices. */
  of: { least: number; most: number } | readonly (readonly [value: string, words: string])[];
}

const SETTINGS: readonly Setting[] = [
  {
    key: 'N',
    title: 'N',
    help: 'The number of inputs. Theory is the limit of large N; a student of a finite N needs αN examples to come to α.',
    book: 'model.html#time-and-why-there-are-equations',
    of: RANGES.N,
  },
  {
    key: 'runs',
    title: 'Students',
    help: 'How many, each with examples of its own. All begin with the same overlaps.',
    book: 'simulation.html#the-command',
    of: RANGES.runs,
  },
  {
    key: 'seed',
    title: 'Seed',
    help: 'That of the first student’s examples, from which the others’ follow: the same seed gives the same numbers again.',
    book: 'simulation.html#seeds-and-replay',
    of: RANGES.seed,
  },
  {
    key: 'student',
    title: 'Kind',
    help: 'Trained: with N weights for each hidden unit. Projected: the exact chain of its overlaps at this N, the same law at a cost that does not grow with N.',
    book: 'students.html',
    of: [
      ['projected', 'projected'],
      ['trained', 'trained'],
    ],
  },
  {
    key: 'backend',
    title: 'Backend',
    help: 'Automatic: WebAssembly, or a hardware GPU where there is work for it and it is measured to be faster. WebGPU also takes a GPU in software if there is no other: right, and slow.',
    book: 'gpu.html',
    of: [
      ['auto', 'automatic'],
      ['cpu', 'WebAssembly'],
      ['gpu', 'WebGPU'],
    ],
  },
];

/** Fields for how students are trained. What is set takes effect when they are trained next. */
export function studentsForm(place: HTMLElement, { store }: Tools): (state: State) => void {
  const set = (key: Setting['key'], value: number | string): void => {
    const state = store.get();
    store.set({ ...state, students: { ...state.students, [key]: value } });
  };
  const fields = SETTINGS.map(({ key, title, help, book, of }) => {
    const id = `students-${key}`;
    const fault = element('p', { class: 'fault', id: `${id}-fault`, role: 'alert', hidden: true });
    const about = helpFor({ id, title: title === 'N' ? 'the N of students' : title, help, book });
    const { control, write } = 'least' in of ? number(of) : choice(of);
    place.append(
      element(
        'div',
        { class: 'field' },
        element('div', { class: 'name' }, element('label', { for: id }, title), about),
        control,
        fault,
      ),
    );
    return (state: State): void => write(state.students[key]);

    function number(whole: { least: number; most: number }) {
      const field = numberField({
        id,
        whole,
        digits: 16,
        take: (value) => set(key, value),
        complain: (message) => {
          fault.textContent = message ?? '';
          fault.hidden = message === undefined;
        },
      });
      field.input.setAttribute('aria-describedby', fault.id);
      return { control: field.input, write: (value: number | string) => field.write(Number(value)) };
    }
    function choice(options: readonly (readonly [string, string])[]) {
      const control = element(
        'select',
        { id, onchange: () => set(key, control.value) },
        ...options.map(([value, words]) => element('option', { value }, words)),
      );
      return {
        control,
        write: (value: number | string): void => {
          control.value = String(value);
        },
      };
    }
  });
  return (state) => {
    for (const write of fields) write(state);
  };
}
