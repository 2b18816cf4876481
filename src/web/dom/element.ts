type Attribute = string | number | boolean | ((event: Event) => void) | undefined;
type Child = Node | string | undefined;

/**
 * An element with its attributes and children. A function is a listener (`onclick`), true an attribute without a value;
 * what is false or undefined is left out.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

const TEXT =
  'textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=button])';

/** Whether it is something to type into. */
export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches(TEXT);
