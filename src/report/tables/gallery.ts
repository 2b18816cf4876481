import type { Claim, Drawing, Figure, Size, Work } from '../../figures/index.ts';

/** A figure that was made, for tables and pages. */
export interface GalleryEntry {
  figure: Pick<Figure, 'name' | 'title' | 'source' | 'script'>;
  drawing: Drawing;
  /** The simulations that went into it. */
  work: Work[];
  /** Whether there is a PNG of every panel; an SVG there always is. */
  png: boolean;
  seconds: number;
  size: Size;
}

/** How a gallery came about. */
export interface GalleryFacts {
  version: string;
  size: Size;
  /** When it was begun, as in ISO 8601. */
  started: string;
  seconds: number;
  platform: string;
  node: string;
  threads: number;
  /** The GPU, where one was used. */
  adapter?: string;
  /** A sentence: why there are no PNG, where there are none. */
  images: string | null;
  /** The first page of the book, as seen from the page of the gallery; null where the book was not built. */
  book: string | null;
}

export interface GalleryManifest extends GalleryFacts {
  figures: {
    name: string;
    title: string;
    source: string;
    seconds: number;
    parameters: Record<string, unknown>;
    claims: Claim[];
    work: Work[];
    files: string[];
  }[];
}

export const galleryManifest = (entries: readonly GalleryEntry[], facts: GalleryFacts): GalleryManifest => ({
  ...facts,
  figures: entries.map(({ figure: { name, title, source }, drawing, work, png, seconds }) => {
    const { csv, json, pictures } = figureFiles(name, drawing);
    return {
      name,
      title,
      source,
      seconds,
      parameters: drawing.parameters,
      claims: drawing.claims,
      work,
      files: [csv, json, ...pictures.flatMap((one) => [one.svg, ...(png ? [one.png] : [])])],
    };
  }),
});

/** Where a figure's files lie, as seen from the page of the gallery; a picture for each panel. */
export const figureFiles = (
  name: string,
  { panels }: Pick<Drawing, 'panels'>,
): { csv: string; json: string; pictures: { svg: string; png: string }[] } => ({
  csv: `${name}/${name}.csv`,
  json: `${name}/${name}.json`,
  pictures: panels.map((panel) => ({
    svg: `${name}/${panel.name}.svg`,
    png: `${name}/${panel.name}.png`,
  })),
});
