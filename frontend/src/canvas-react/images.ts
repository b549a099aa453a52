const KEPT = 6;
const decoded = new Map<string, Promise<ImageBitmap>>();

/**
 * Fetches and decodes an image off the main thread, once. Call it for the next tasks, and they are
 * on the screen in the frame in which they are asked for.
 */
export function preloadImage(url: string): Promise<ImageBitmap> {
  const known = decoded.get(url);
  if (known) return known;
  const image = decode(url);
  decoded.set(url, image);
  image.catch(() => decoded.delete(url));
  forgetOldest();
  return image;
}

async function decode(url: string): Promise<ImageBitmap> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The image answered ${String(response.status)}.`);
  // Coordinates refer to the upright image, so an EXIF turn that is still in the file counts.
  return createImageBitmap(await response.blob(), { imageOrientation: 'from-image' });
}

/** Bitmaps are large; the garbage collector takes them when no canvas shows them any more. */
function forgetOldest(): void {
  for (const url of decoded.keys()) {
    if (decoded.size <= KEPT) return;
    decoded.delete(url);
  }
}
