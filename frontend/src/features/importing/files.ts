const LISTS = /\.(txt|csv|tsv|json|jsonl)(\.gz)?$/i;
const IMAGES = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i;

export const ACCEPTED =
  '.txt,.csv,.tsv,.json,.jsonl,.gz,.jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff,.avif';

export type Sorted =
  | { list: File; left: number }
  | { images: readonly File[]; left: number }
  | { problem: 'none' | 'mixed' | 'lists' };

/** What dropped files are: one list, or images; `left` counts those that are neither. */
export function sorted(files: readonly File[]): Sorted {
  const lists = files.filter(({ name }) => LISTS.test(name));
  const images = files.filter(({ name }) => IMAGES.test(name));
  const left = files.length - lists.length - images.length;
  const [list] = lists;
  if (list === undefined) {
    return images.length === 0 ? { problem: 'none' } : { images, left };
  }
  if (images.length > 0) return { problem: 'mixed' };
  return lists.length > 1 ? { problem: 'lists' } : { list, left };
}
