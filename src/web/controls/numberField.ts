import { element } from '../dom/element.ts';

/** What a field asks for. */
export interface Asked {
  id: string;
  whole?: { least: number; most: number } | undefined;
  /** Digits shown while the field is not being edited; a focused field shows all. */
  digits?: number;
  /** Takes a number that was typed. */
  take(value: number): void;
  /** Shows what is wrong with what was typed, or that nothing is. */
  complain(message: string | undefined): void;
}

export interface NumberField {
  input: HTMLInputElement;
  write(value: number | undefined): void;
}

/**
 * A field for one number. Enter, or leaving the field, takes what was typed; Escape restores the value. What is not a
 * number gets a message and changes nothing. Nothing is written into the field while the user types.
 */
export function numberField({ id, whole, digits = 6, take, complain }: Asked): NumberField {
  const input = element('input', {
    id,
    type: 'text',
    inputmode: whole ? 'numeric' : 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  let value: number | undefined;
  let typing = false;
  const shown = (): string => (value === undefined ? '' : written(value, digits));
  const full = (): string => (value === undefined ? '' : String(value));
  const show = (text = shown()): void => {
    typing = false;
    if (input.value !== text) input.value = text;
    mend();
  };
  const mend = (): void => {
    if (!input.hasAttribute('aria-invalid')) return;
    input.removeAttribute('aria-invalid');
    complain(undefined);
  };
  const commit = (): void => {
    const text = input.value.trim();
    const { number, fault } = text === shown() ? { number: value } : parsed(text, whole);
    if (fault !== undefined) {
      input.setAttribute('aria-invalid', 'true');
      complain(fault);
    } else if (number === undefined || number === value) show();
    else {
      typing = false;
      mend();
      value = number;
      take(number);
    }
  };
  input.addEventListener('input', () => {
    typing = true;
  });
  input.addEventListener('focus', () => {
    if (typing || input.value === full()) return;
    show(full());
    // As browsers do when the keyboard enters a field.
    input.select();
  });
  input.addEventListener('change', commit);
  input.addEventListener('blur', () => {
    // The browser reports no change for a value that Escape restored or that is only shown with more digits.
    if (!input.hasAttribute('aria-invalid')) commit();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(full());
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (whole === undefined || step === undefined || value === undefined) return;
    event.preventDefault();
    const next = value + step;
    if (next >= whole.least && next <= whole.most) take(next);
  });
  return {
    input,
    write(next) {
      if (Object.is(next, value)) return;
      value = next;
      if (typing && document.activeElement === input) return;
      show(document.activeElement === input ? full() : shown());
    },
  };
}

/** To so many digits; what is small by its exponent, which takes less room. */
export function written(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  return rounded !== 0 && Math.abs(rounded) < 1e-3
    ? rounded.toExponential().replace('e+', 'e')
    : String(rounded);
}

type Parsed = { number: number; fault?: undefined } | { number?: undefined; fault: string };

/** A minus sign may be the typographic one. */
export function parsed(text: string, whole?: { least: number; most: number }): Parsed {
  const number = Number(text.replace('−', '-'));
  const found = text === '' ? 'nothing' : `“${text}”`;
  if (text === '' || !Number.isFinite(number))
    return { fault: `Found ${found}: type a number, as 0.25 or 1e-3.` };
  if (whole && !(Number.isInteger(number) && number >= whole.least && number <= whole.most))
    return { fault: `Found ${found}: type a whole number from ${whole.least} to ${most(whole.most)}.` };
  return { number };
}

const most = (x: number): string => (x === Number.MAX_SAFE_INTEGER ? '2^53 − 1' : String(x));
