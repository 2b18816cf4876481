import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { copyOf, linked, pageOf, relative } from './paths.ts';
import type { Desk } from './types.ts';

/** A link with an anchor, to be looked up when all pages are made. */
export interface Promised {
  source: string;
  href: string;
  to: string;
  anchor: string;
}

export interface DeskOptions {
  /** The repository. */
  root: string;
  write(path: string, bytes: string | Uint8Array): void;
  fault(sentence: string): void;
  /** Requests a file of the repository that a page links to, so that the book includes it. */
  want(source: string): void;
  promise(anchor: Promised): void;
}

/** Paths that do not belong to the repository: built, installed, or outside it. */
const OUTSIDE = /^(\.\.|node_modules|dist|out|book|coverage)(\/|$)/;
const PICTURE = /\.(svg|png)$/;

/** The desk of one page, where its links are followed and its pictures fetched. */
export function deskOf(source: string, { root, write, want, promise, ...book }: DeskOptions): Desk {
  const path = pageOf(source);
  const fault = (sentence: string) => book.fault(`${source}: ${sentence}`);

  const found = (href: string): string | undefined => {
    const { source: to } = linked(source, href);
    if (OUTSIDE.test(to)) fault(`the link ${href} leads out of the repository`);
    else if (statSync(join(root, to), { throwIfNoEntry: false })) return to;
    else fault(`the link ${href} leads to ${to}, which does not exist`);
    return undefined;
  };

  const copied = (to: string): string => {
    write(copyOf(to), readFileSync(join(root, to)));
    return relative(path, copyOf(to));
  };

  return {
    fault,
    link(href) {
      if (/^[a-z]+:/.test(href)) return href;
      const to = found(href);
      if (to === undefined) return '';
      if (PICTURE.test(to)) return copied(to);
      want(to);
      const { anchor } = linked(source, href);
      if (anchor) promise({ source, href, to, anchor });
      return anchor
        ? `${to === source ? '' : relative(path, pageOf(to))}#${anchor}`
        : relative(path, pageOf(to));
    },
    named(to) {
      if (!statSync(join(root, to), { throwIfNoEntry: false })?.isFile() || to === source) return undefined;
      want(to);
      return relative(path, pageOf(to));
    },
    picture(src) {
      const to = found(src);
      return to === undefined ? '' : copied(to);
    },
    file(name, bytes) {
      write(posix.join(posix.dirname(path), name), bytes);
      return name;
    },
  };
}
