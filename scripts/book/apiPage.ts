import {
  type CommentDisplayPart,
  DeclarationReflection,
  type DefaultThemeRenderContext,
  JSX,
  type PageEvent,
  type ParameterReflection,
  type Reflection,
  ReflectionKind,
  type SignatureReflection,
} from 'typedoc';
import { escaped } from '../../src/draw/index.ts';
import type { Heading, Page, Passage } from './types.ts';

/** A part of a page: HTML, its headings, and what the search should index. */
interface Part {
  html: string;
  headings?: readonly Heading[];
  passages?: readonly Passage[];
}

/** One symbol of the API, or the list of all. */
export function apiPage(event: PageEvent<Reflection>, context: DefaultThemeRenderContext): Page {
  const { model } = event;
  const title = model.isProject() ? 'The API' : model.name;
  const parts = model.isProject()
    ? listed(model.groups ?? [], context)
    : model instanceof DeclarationReflection
      ? described(model, context)
      : [];
  return {
    source: `the API, ${title}`,
    path: `api/${event.url}`,
    title,
    html: [heading(model, title), ...parts.map(({ html }) => html)].join('\n'),
    headings: [{ id: 'symbol', level: 1, text: title }, ...parts.flatMap(({ headings = [] }) => headings)],
    passages: [
      { id: '', title, text: model.isProject() ? '' : words(summary(model)) },
      ...parts.flatMap(({ passages = [] }) => passages),
    ],
  };
}

const heading = (model: Reflection, title: string): string =>
  model.isProject()
    ? `<h1 id="symbol">${title}</h1>\n<p>Everything that <code>import … from 'alignode'</code> gives.</p>`
    : `<h1 id="symbol"><code>${escaped(title)}</code></h1>\n<p class="kind">${ReflectionKind.singularString(model.kind)}</p>`;

function listed(
  groups: readonly { title: string; children: readonly Reflection[] }[],
  context: DefaultThemeRenderContext,
): Part[] {
  return groups.map(({ title, children }) => ({
    ...section(title),
    html: `${section(title).html}<dl class="symbols">\n${children
      .map(
        (child) =>
          `<dt><a href="${escaped(context.urlTo(child) ?? '')}"><code>${escaped(child.name)}</code></a></dt><dd>${firstSentence(child)}</dd>`,
      )
      .join('\n')}\n</dl>`,
  }));
}

function described(model: DeclarationReflection, context: DefaultThemeRenderContext): Part[] {
  if (model.signatures) return model.signatures.flatMap((signature) => called(signature, context));
  const own = model.children?.filter(({ inheritedFrom }) => !inheritedFrom) ?? [];
  const parents = (model.extendedTypes ?? []).map((type) => JSX.renderElement(context.type(type)));
  return [
    ...(parents.length > 0 ? [{ html: `<p>Extends <code>${parents.join(', ')}</code>.</p>` }] : []),
    { html: comment(model, context) },
    ...(own.length === 0 || model.type ? [{ html: code(declaration(model, context)) }] : []),
    ...(model.groups ?? []).flatMap(({ title, children }) => {
      const members = children.filter((child): child is DeclarationReflection =>
        own.includes(child as never),
      );
      return members.length === 0
        ? []
        : [section(title), ...members.map((one) => member(model, one, context))];
    }),
  ];
}

function called(signature: SignatureReflection, context: DefaultThemeRenderContext): Part[] {
  const parameters = (signature.parameters ?? []).filter(({ comment }) => comment?.hasVisibleComponent());
  return [
    { html: code(JSX.renderElement(context.memberSignatureTitle(signature))) },
    { html: comment(signature, context) },
    ...(parameters.length > 0
      ? [{ html: `<dl>${parameters.map((one) => parameter(one, context)).join('\n')}</dl>` }]
      : []),
  ];
}

const parameter = (one: ParameterReflection, context: DefaultThemeRenderContext): string =>
  `<dt><code>${escaped(one.name)}</code></dt><dd>${comment(one, context)}</dd>`;

/** A member under its own heading, so that links from types lead to it. */
function member(of: Reflection, one: DeclarationReflection, context: DefaultThemeRenderContext): Part {
  const id = context.getAnchor(one) ?? one.name;
  const signatures = one.signatures?.map((signature) => ({
    title: context.memberSignatureTitle(signature),
    words: comment(signature, context),
  }));
  const html = signatures
    ? signatures.map(({ title, words }) => code(JSX.renderElement(title)) + words).join('\n')
    : code(declaration(one, context)) + comment(one, context);
  return {
    html: `<h3 id="${escaped(id)}"><code>${escaped(one.name)}</code></h3>\n${html}`,
    headings: [{ id, level: 3, text: one.name }],
    passages: [{ id, title: `${of.name}.${one.name}`, text: words(summary(one)) }],
  };
}

function section(title: string): Part {
  const id = `of-${title.toLowerCase().replaceAll(' ', '-')}`;
  return { html: `<h2 id="${id}">${escaped(title)}</h2>`, headings: [{ id, level: 2, text: title }] };
}

const declaration = (one: DeclarationReflection, context: DefaultThemeRenderContext): string =>
  `${escaped(one.name)}${one.flags.isOptional ? '?' : ''}: ${JSX.renderElement(context.type(one.type))}`;

const code = (html: string): string =>
  `<pre class="signature scroll" data-label="Declaration"><code>${html}</code></pre>\n`;

const comment = ({ comment }: Reflection, context: DefaultThemeRenderContext): string =>
  comment
    ? context.markdown(comment.summary) +
      comment.blockTags.map(({ content }) => context.markdown(content)).join('')
    : '';

const summary = (model: Reflection): readonly CommentDisplayPart[] =>
  (model.comment ?? (model as DeclarationReflection).signatures?.[0].comment)?.summary ?? [];

const words = (parts: readonly CommentDisplayPart[]): string =>
  parts
    .map(({ text }) => text)
    .join('')
    .replace(/[`\s]+/g, ' ')
    .trim();

const firstSentence = (model: Reflection): string =>
  escaped(/^.*?\.(?=\s+\p{Lu}|$)|^.*/u.exec(words(summary(model)))![0].replace(/:$/, '.'));
