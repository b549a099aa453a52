import type { Wire } from './wire';

type Size = Pick<Wire<'Image'>, 'width' | 'height'>;
type TileImage = Size & Pick<Wire<'Image'>, 'url' | 'level' | 'thumbnail'>;

/** The longer side of a thumbnail, px. */
const THUMBNAIL = 512;
/** No tile is narrower than this on a screen that is wide enough for two, px. */
const NARROWEST = 140;
/** What stands around the tiles, px: the bars above and below. */
const AROUND = 160;

/** In how many columns these images fill a space best: where they come out largest. */
export function columnsFor(images: readonly Size[], width: number, height: number): number {
  const count = images.length;
  const shape = images.reduce((sum, image) => sum + image.width / image.height, 0) / count;
  const side = (columns: number) =>
    Math.min(width / columns, (shape * height) / Math.ceil(count / columns));
  const choices = Array.from({ length: count }, (_, n) => n + 1);
  const best = choices.reduce((a, b) => (side(b) > side(a) ? b : a), 1);
  if (side(best) >= NARROWEST) return best;
  // There is no room for all: they scroll, in tiles that a thumb can hit.
  return Math.min(count, Math.max(2, Math.floor(width / NARROWEST)));
}

/** The key of a tile: digits as for options, then the two keys beside them. */
export function tileKey(place: number): string {
  return ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '='][place] ?? '';
}

/** What an img element needs to fetch no more of an image than a tile shows. */
export function sourcesOf(image: TileImage, columns: number) {
  const longer = Math.max(image.width, image.height);
  if (longer <= THUMBNAIL) return { src: image.url };
  const small = Math.round((image.width * THUMBNAIL) / longer);
  return {
    src: image.thumbnail,
    // A level is narrower than that, but wide enough for any tile.
    srcSet: `${image.thumbnail} ${small}w, ${image.level ?? image.url} ${image.width}w`,
    sizes: `${Math.round(100 / columns)}vw`,
  };
}

/** Fetches the images of tiles that will be shown, so that they are there when they are. */
export function preloadTiles(images: readonly TileImage[]): void {
  const columns = columnsFor(images, window.innerWidth, window.innerHeight - AROUND);
  for (const image of images) Object.assign(new Image(), sourcesOf(image, columns));
}
