/**
 * What a book is made of. Paths of the repository are relative to its root; paths of the book, to the book's folder.
 */

export interface Section {
  title: string;
  /** Pages (docs/x.md) and notebooks (notebooks/x.ipynb), as paths of the repository. */
  pages: readonly string[];
}

export interface Contents {
  sections: readonly Section[];
  /** The options of TypeDoc, a path of the repository. Without them the book has no API. */
  api?: string;
  /** Queries in words that the book does not use, or uses in many places, and the page or heading that answers them. */
  asked?: Readonly<Record<string, string>>;
}

export interface Heading {
  id: string;
  level: number;
  text: string;
}

/** The text under one heading, as the search knows it. */
export interface Passage {
  /** Of the heading; '' for what stands before the first. */
  id: string;
  title: string;
  text: string;
  /** Code under the heading: it is searched too, and shown where no text matches the query. */
  code?: string;
}

export interface Page {
  /** In the repository. */
  source: string;
  /** In the book. */
  path: string;
  title: string;
  html: string;
  headings: readonly Heading[];
  passages: readonly Passage[];
  /** Files of book/assets that this page alone needs. */
  scripts?: readonly string[];
}

/**
 * What a page may ask of the book while it is being made. Every fault goes to `fault`, and the build fails at the end.
 */
export interface Desk {
  fault(sentence: string): void;
  /** Where a link leads from this page. */
  link(href: string): string;
  /** Where the book shows a file of the repository that a page names by its path; undefined if there is none. */
  named(path: string): string | undefined;
  /** Where a picture lies, seen from this page. */
  picture(src: string): string;
  /** Writes a file that belongs to this page, into the page's own folder, and returns its name. */
  file(name: string, bytes: string | Uint8Array): string;
}
