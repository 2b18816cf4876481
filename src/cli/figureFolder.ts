import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Drawing, Figure, Size, Work } from '../figures/index.ts';
import { galleryHtml, printHtml } from '../report/pages/index.ts';
import {
  figureFiles,
  figureToJson,
  type GalleryEntry,
  type GalleryFacts,
  galleryManifest,
  tracesToCsv,
} from '../report/tables/index.ts';
import { version } from '../support/version.ts';
import type { Printer } from './chromium/printer.ts';
import { checkWritable, isThere, makeFolder, writeWhole } from './files.ts';
import { plotlySource } from './htmlReport.ts';

/* Where figures go: a folder with the page of the gallery, and in it a folder for each figure. */

export const PAGE = 'index.html';
const MANIFEST = 'manifest.json';
/** What draws in the page, and in that from which pictures are printed. */
const LIBRARY = 'plotly.min.js';

/** Makes the folder and refuses, before any work is done, what could not be written in it. */
export function prepareFolder(folder: string, figures: readonly Figure[]): void {
  makeFolder(folder, '--out');
  for (const name of [PAGE, MANIFEST, LIBRARY]) checkWritable(join(folder, name));
  for (const { name } of figures) if (isThere(join(folder, name))) makeFolder(join(folder, name), '--out');
  writeWhole(join(folder, LIBRARY), [plotlySource()]);
}

export type Made = Omit<GalleryEntry, 'images'>;

/** Writes a figure's tables, and its pictures where there is a browser; otherwise says why not. */
export async function writeFigure(
  folder: string,
  made: Made,
  printer: Printer,
): Promise<{ entry: GalleryEntry; noImages: string | undefined }> {
  const { csv, json, pictures } = figureFiles(made.figure.name, made.drawing);
  const entry = { ...made, images: false };
  const own = join(folder, dirname(json));
  mkdirSync(own, { recursive: true });
  // Pictures of other data would be worse than none.
  for (const { svg, png } of pictures)
    for (const file of [svg, png]) rmSync(join(folder, file), { force: true });
  writeWhole(join(folder, csv), [tracesToCsv(entry)]);
  writeWhole(join(folder, json), [figureToJson(entry)]);
  const { panels } = made.drawing;
  const names = panels.map(({ name }) => name);
  const noImages = await printer.print({ html: printHtml(panels), beside: folder, names, folder: own });
  return { entry: { ...entry, images: noImages === undefined }, noImages };
}

/** A figure that was made before, by this version and in this size. */
export function readFigure(folder: string, name: string, size: Size): GalleryEntry | undefined {
  const { json } = figureFiles(name, { panels: [] });
  try {
    const { alignode, ...kept } = JSON.parse(readFileSync(join(folder, json), 'utf8')) as Kept;
    if (alignode !== version || kept.size !== size) return undefined;
    const { title, source, script, seconds, work, ...drawing } = kept;
    const { pictures } = figureFiles(name, drawing);
    const images = pictures
      .flatMap(({ svg, png }) => [svg, png])
      .every((file) => isThere(join(folder, file)));
    return { figure: { name, title, source, script }, drawing, work, seconds, size, images };
  } catch {
    // Not there, or damaged: it is not shown.
    return undefined;
  }
}

/** What `figureToJson` writes. */
interface Kept extends Drawing {
  alignode: string;
  title: string;
  source: string;
  script: string;
  size: Size;
  seconds: number;
  work: Work[];
}

/** Writes the page of all figures, and how they came about. */
export function writeGallery(folder: string, entries: readonly GalleryEntry[], facts: GalleryFacts): void {
  writeWhole(join(folder, PAGE), [galleryHtml(entries, facts)]);
  writeWhole(join(folder, MANIFEST), [`${JSON.stringify(galleryManifest(entries, facts), null, 2)}\n`]);
}
