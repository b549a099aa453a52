const LISTS = /\.((txt|csv|tsv|json|jsonl|ndjson|xml)(\.gz)?|zip)$/i;
/** What people take for lists, or save as one: the server says what it is instead. */
const NEARLY_LISTS = /\.(xlsx?|xlsm|ods|numbers|html?|pdf)$/i;
const IMAGES = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i;

export const ACCEPTED =
  '.txt,.csv,.tsv,.json,.jsonl,.ndjson,.xml,.zip,.gz,.jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff,.avif';

/** So many image files are taken at once. */
export const MOST_IMAGES = 1000;

/** A file, and where it lay in the folder that was dropped; empty if it came by itself. */
export interface Chosen {
  readonly file: File;
  readonly path: string;
}

export type Problem = 'none' | 'mixed' | 'lists' | 'many';

export type Sorted =
  { list: File; left: number } | { images: readonly Chosen[]; left: number } | { problem: Problem };

/** What files are: one list, or images; `left` counts those that are neither. */
export function sorted(files: readonly Chosen[]): Sorted {
  const lists = files.filter(({ file }) => LISTS.test(file.name));
  const images = files.filter(({ file }) => IMAGES.test(file.name));
  const left = files.length - lists.length - images.length;
  const [list] = lists;
  if (list === undefined) {
    if (images.length > MOST_IMAGES) return { problem: 'many' };
    if (images.length > 0) return { images, left };
    const [only] = files;
    const nearly = files.length === 1 && only && NEARLY_LISTS.test(only.file.name);
    return nearly ? { list: only.file, left: 0 } : { problem: 'none' };
  }
  if (images.length > 0) return { problem: 'mixed' };
  return lists.length > 1 ? { problem: 'lists' } : { list: list.file, left };
}

/** All files that were dropped, those in folders too. Call it while the event lasts. */
export async function droppedFiles(transfer: DataTransfer): Promise<Chosen[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const found = await Promise.all(entries.filter((entry) => entry !== null).map(filesUnder));
  return found.flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<Chosen[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject);
    });
    const path = entry.fullPath.replace(/^\//, '');
    return [{ file, path: path.includes('/') ? path : '' }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Chosen[] = [];
  for (;;) {
    // Browsers give some entries at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(filesUnder))).flat());
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
