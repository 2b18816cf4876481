const WIDTH = 100;

/**
 * A value as JSON, or in TypeScript, for people: whatever fits is on one line, so that a matrix has a line for each
 * row.
 */
export function written(value: unknown, language: 'json' | 'ts' = 'json', indent = '', taken = 0): string {
  const flat = inOneLine(value, language);
  if (indent.length + taken + flat.length <= WIDTH || typeof value !== 'object' || value === null)
    return flat;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const parts = value.map((part) => written(part, language, deeper));
    const numbers = value.every((part) => typeof part !== 'object');
    return `[\n${deeper}${numbers ? filled(parts, deeper) : parts.join(`,\n${deeper}`)}\n${indent}]`;
  }
  const lines = entriesOf(value).map(([key, part]) => {
    const name = `${language === 'ts' ? key : JSON.stringify(key)}: `;
    return name + written(part, language, deeper, name.length + 1);
  });
  return `{\n${deeper}${lines.join(`,\n${deeper}`)}\n${indent}}`;
}

/** Many numbers in lines as long as there is room. */
function filled(parts: readonly string[], indent: string): string {
  let line = indent.length;
  let text = '';
  parts.forEach((part, i) => {
    const piece = i < parts.length - 1 ? `${part},` : part;
    if (i > 0 && line + 1 + piece.length > WIDTH) {
      text += `\n${indent}${piece}`;
      line = indent.length + piece.length;
    } else {
      text += i > 0 ? ` ${piece}` : piece;
      line += piece.length + 1;
    }
  });
  return text;
}

const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, part]) => part !== undefined);

function inOneLine(value: unknown, language: 'json' | 'ts'): string {
  if (Array.isArray(value)) return `[${value.map((part) => inOneLine(part, language)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = entriesOf(value).map(
      ([key, part]) => `${language === 'ts' ? key : JSON.stringify(key)}: ${inOneLine(part, language)}`,
    );
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  }
  const text = JSON.stringify(value);
  return language === 'ts' && typeof value === 'string' && !/['\\]/.test(text)
    ? `'${text.slice(1, -1)}'`
    : text;
}
