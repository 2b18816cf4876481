import ts from 'typescript';

/** What engines compute to different last bits, and what src/numbers has in its place. */
export const INSTEAD: Readonly<Record<string, string>> = {
  acos: 'arcsine or atan2 of src/numbers',
  acosh: 'ln of src/numbers',
  asin: 'arcsine of src/numbers',
  asinh: 'asinh of src/numbers',
  atan: 'atan2 of src/numbers',
  atan2: 'atan2 of src/numbers',
  atanh: 'log1p of src/numbers',
  cbrt: 'power of src/numbers',
  cos: 'cos of src/numbers',
  cosh: 'exp of src/numbers',
  exp: 'exp of src/numbers',
  expm1: 'exp or sinh of src/numbers',
  hypot: 'hypot of src/numbers',
  log: 'ln of src/numbers',
  log10: 'log10 of src/numbers',
  log1p: 'log1p of src/numbers',
  log2: 'ln of src/numbers, or a loop over whole powers of two',
  pow: 'power of src/numbers, or a product',
  sin: 'sin of src/numbers',
  sinh: 'sinh of src/numbers',
  tan: 'sin and cos of src/numbers',
  tanh: 'exp of src/numbers',
};

/** Powers that every engine has exactly: squares, and whole powers of two that are written out. */
function isExact(base: ts.Expression, exponent: ts.Expression): boolean {
  const whole = (node: ts.Expression): boolean =>
    (ts.isPrefixUnaryExpression(node) && whole(node.operand)) ||
    (ts.isNumericLiteral(node) && Number.isInteger(Number(node.text)));
  if (ts.isNumericLiteral(exponent) && exponent.text === '2') return true;
  return ts.isNumericLiteral(base) && base.text === '2' && whole(exponent);
}

/** Every use of such a function in a program text: the line, and what to use. */
export function engineFunctionsIn(file: string, text: string): string[] {
  if (!/\bMath\b|\*\*/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (node: ts.Node, use: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}: ${node.getText()}: use ${use}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Math') {
      if (Object.hasOwn(INSTEAD, node.name.text)) report(node, INSTEAD[node.name.text]);
    } else if (ts.isIdentifier(node) && node.text === 'Math' && !ts.isPropertyAccessExpression(node.parent)) {
      report(node.parent, 'each function of Math by its name, so that this test sees it');
    } else if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
        if (!isExact(node.left, node.right)) report(node, INSTEAD.pow);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
