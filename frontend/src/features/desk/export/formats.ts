import type { Dataset } from '@/lib/datasets';
import type { Wire } from '@/lib/wire';

/** What somebody wants of a dataset's answers, whichever moment they are of. */
export type ExportOrder = Required<Omit<Wire<'ExportRequest'>, 'snapshot'>>;
export type FormatName = ExportOrder['format'];

interface Format {
  name: FormatName;
  interfaces: readonly Dataset['interface'][];
  /** Whether it has a place for several people's answers to one image. */
  several?: boolean;
  /** Whether an image is in a folder of its class, so that it has just one. */
  folders?: boolean;
}

const WHOLE = ['classification', 'choice'] as const;
const ALL = ['image_manual', 'image', 'image_choice', ...WHOLE] as const;

/** What each format can hold, as the server has it too (`apps/exchange/domain/formats.py`). */
const FORMATS: readonly Format[] = [
  { name: 'jsonl', interfaces: ALL, several: true },
  { name: 'csv', interfaces: ALL, several: true },
  { name: 'coco', interfaces: ['image_manual', 'image'] },
  { name: 'yolo', interfaces: ['image_manual', ...WHOLE], folders: true },
  { name: 'voc', interfaces: ['image_manual'] },
  { name: 'cvat', interfaces: ['image_manual', 'choice'] },
  { name: 'label_studio', interfaces: ['image_manual', ...WHOLE], several: true },
  { name: 'image_folder', interfaces: WHOLE, folders: true },
];

type Asking = Pick<Dataset, 'interface' | 'choice_style'>;

export const FIRST: ExportOrder = {
  format: 'jsonl',
  which: 'final',
  images: false,
  splits: null,
  names: false,
};

export function formatsFor(dataset: Asking): FormatName[] {
  const many = dataset.interface === 'choice' && dataset.choice_style === 'multiple';
  return FORMATS.filter(
    ({ interfaces, folders }) => interfaces.includes(dataset.interface) && !(folders && many),
  ).map(({ name }) => name);
}

export function holdsSeveral(format: FormatName): boolean {
  return FORMATS.some(({ name, several }) => name === format && several);
}

/** Whether the file is nothing without the images: they lie in folders of their classes. */
export function needsImages(format: FormatName, dataset: Asking): boolean {
  const folders = FORMATS.some((each) => each.name === format && each.folders);
  return folders && dataset.interface !== 'image_manual';
}

/** The order as one of a snapshot, which holds nothing but final answers and pseudonyms. */
export function frozen(order: ExportOrder, snapshot: string): Required<Wire<'ExportRequest'>> {
  return { ...order, snapshot, which: 'final', names: false };
}

/** The order with what its format cannot hold left out, and what it needs put in. */
export function fitting(order: ExportOrder, dataset: Asking): ExportOrder {
  const several = holdsSeveral(order.format);
  return {
    ...order,
    which: several ? order.which : 'final',
    names: several && order.names,
    images: order.images || needsImages(order.format, dataset),
  };
}
