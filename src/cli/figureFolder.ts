import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { panelSvg } from '../draw/index.ts';
import type { Drawing, Figure, Size, Work } from '../figures/index.ts';
import { galleryHtml } from '../report/pages/index.ts';
import {
  figureFiles,
  figureToJson,
  type GalleryEntry,
  type GalleryFacts,
  galleryManifest,
  tracesToCsv,
  withoutHead,
} from '../report/tables/index.ts';
import { version } from '../support/version.ts';
import { checkWritable, isThere, makeFolder, writeBytesWhole, writeWhole } from './files.ts';
import { plotlySource } from './htmlReport.ts';
import type { Png } from './png.ts';

/* Where figures go: a folder with the page of the gallery, and in it a folder for each figure. */

export const PAGE = 'index.html';
const MANIFEST = 'manifest.json';
/** The library that draws in the page. */
const LIBRARY = 'plotly.min.js';

/** Makes the folder. Throws, before any work is done, if something could not be written into it. */
export function prepareFolder(folder: string, figures: readonly Figure[]): void {
  makeFolder(folder, '--out');
  for (const name of [PAGE, MANIFEST, LIBRARY]) checkWritable(join(folder, name));
  for (const { name } of figures) if (isThere(join(folder, name))) makeFolder(join(folder, name), '--out');
  writeWhole(join(folder, LIBRARY), [plotlySource()]);
}

export type Made = Omit<GalleryEntry, 'png'>;

/** How figures are written: whether with a PNG of every panel, and whether CSV begins with its `#` lines. */
export interface Writing {
  png: Png;
  headed: boolean;
}

/** Writes a figure's tables and pictures. */
export function writeFigure(folder: string, made: Made, { png, headed }: Writing): GalleryEntry {
  const { csv, json, pictures } = figureFiles(made.figure.name, made.drawing);
  const entry = { ...made, png: 'draw' in png };
  mkdirSync(join(folder, dirname(json)), { recursive: true });
  const table = [tracesToCsv(entry)];
  // What the head says is in the JSON too.
  writeWhole(join(folder, csv), headed ? table : withoutHead(table).body);
  writeWhole(join(folder, json), [figureToJson(entry)]);
  for (const [i, picture] of pictures.entries()) {
    const svg = panelSvg(made.drawing.panels[i]);
    writeWhole(join(folder, picture.svg), [svg]);
    if ('draw' in png) writeBytesWhole(join(folder, picture.png), png.draw(svg));
    // A picture of other data would be worse than none.
    else rmSync(join(folder, picture.png), { force: true });
  }
  return entry;
}

/** A figure that was made before, by this version and in this size. */
export function readFigure(folder: string, name: string, size: Size): GalleryEntry | undefined {
  const { json } = figureFiles(name, { panels: [] });
  try {
    const { alignode, ...kept } = JSON.parse(readFileSync(join(folder, json), 'utf8')) as Kept;
    if (alignode !== version || kept.size !== size) return undefined;
    const { title, source, script, seconds, work, ...drawing } = kept;
    const { pictures } = figureFiles(name, drawing);
    const png = pictures.every((picture) => isThere(join(folder, picture.png)));
    return { figure: { name, title, source, script }, drawing, work, seconds, size, png };
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
