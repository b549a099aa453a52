import { ApiError, fetchFile } from '@/lib/http';

/** Bytes of images as they came, and of images as they are painted, that are kept at the most. */
const FETCHED = 192 * 2 ** 20;
const DECODED = 512 * 2 ** 20;
const BYTES_PER_PIXEL = 4;
/** How often a server is asked that has its hands full with images that lie elsewhere. */
const MOST_TRIES = 5;

/** Where an image is to be had: in all its pixels and, if it is large, in fewer. */
export interface ImageAddresses {
  readonly url: string;
  readonly level: string | null;
}

/** Things by address, each made once; the oldest go when all together weigh too much. */
class Cache<Thing> {
  private readonly things = new Map<string, { thing: Promise<Thing>; weight: number }>();
  private readonly most: number;
  private readonly weigh: (thing: Thing) => number;

  constructor(most: number, weigh: (thing: Thing) => number) {
    this.most = most;
    this.weigh = weigh;
  }

  get(url: string, make: () => Promise<Thing>): Promise<Thing> {
    const known = this.things.get(url);
    if (known) return known.thing;
    const entry = { thing: make(), weight: 0 };
    this.things.set(url, entry);
    entry.thing.then(
      (thing) => {
        entry.weight = this.weigh(thing);
        this.forgetOldest(url);
      },
      () => this.things.delete(url),
    );
    return entry.thing;
  }

  /** What was asked for last stays, however heavy. */
  private forgetOldest(newest: string): void {
    let weight = 0;
    for (const entry of this.things.values()) weight += entry.weight;
    for (const [url, entry] of this.things) {
      if (weight <= this.most) return;
      if (url === newest || entry.weight === 0) continue;
      this.things.delete(url);
      weight -= entry.weight;
    }
  }
}

const fetched = new Cache<Blob>(FETCHED, (blob) => blob.size);
// The garbage collector takes a bitmap when no canvas shows it any more.
const decoded = new Cache<ImageBitmap>(
  DECODED,
  ({ width, height }) => width * height * BYTES_PER_PIXEL,
);

/**
 * Brings the bytes that an image opens with, once, so that it can be shown without a network. For a
 * level that cannot be had all the pixels do.
 */
export function fetchImage({ url, level }: ImageAddresses): Promise<Blob> {
  return level === null ? bytesAt(url) : bytesAt(level).catch(() => bytesAt(url));
}

/**
 * Decodes what an image opens with off the main thread, once. Call it for the next tasks, and they
 * are on the screen in the frame in which they are asked for.
 */
export function preloadImage(image: ImageAddresses): Promise<ImageBitmap> {
  // Fewer pixels come sooner, and are as sharp until somebody zooms in.
  return decoded.get(image.level ?? image.url, async () => decode(await fetchImage(image)));
}

/**
 * Decodes an image in all its pixels, anew each time: it may weigh 400 MB, so that whoever asks has
 * to close it.
 */
export async function decodeWhole({ url }: ImageAddresses): Promise<ImageBitmap> {
  return decode(await bytesAt(url));
}

/** Coordinates refer to the upright image, so an EXIF turn that is still in the file counts. */
function decode(bytes: Blob): Promise<ImageBitmap> {
  return createImageBitmap(bytes, { imageOrientation: 'from-image' });
}

function bytesAt(url: string): Promise<Blob> {
  return fetched.get(url, () => askFor(url, MOST_TRIES));
}

async function askFor(url: string, tries: number): Promise<Blob> {
  try {
    return await fetchFile(url);
  } catch (error) {
    const busy = error instanceof ApiError && error.status === 503;
    if (!busy || error.retryAfter === null || tries === 1) throw error;
    const pause = error.retryAfter * 1000;
    await new Promise((go) => setTimeout(go, pause));
    return askFor(url, tries - 1);
  }
}
