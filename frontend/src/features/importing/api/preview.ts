import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';
import { type ImportOptions, optionsForm } from './startImport';

export type ListPreview = Wire<'ListPreview'>;
export type PreviewLine = Wire<'PreviewLine'>;
export type ListSummary = Wire<'Summary'>;
export type ListWarning = Wire<'ListWarning'>;

export const ENCODINGS = ['utf-8', 'utf-16-le', 'utf-16-be', 'windows-1252'] as const;

export const FORMATS = [
  'addresses',
  'table',
  'answer_table',
  'json_lines',
  'json_array',
  'label_studio',
  'coco',
  'cvat',
  'voc',
  'yolo',
  'image_folder',
] as const;

/** A list as it comes from a person, or one that the server keeps since it was looked at. */
export type ListSource =
  { kind: 'file'; file: File } | { kind: 'text'; text: string } | { kind: 'kept'; list: string };

/** How a list would be read; nothing is imported. */
export function previewList(
  dataset: string,
  source: ListSource,
  options: ImportOptions,
): Promise<ListPreview> {
  return api.post('/api/datasets/{dataset}/imports/preview/', {
    path: { dataset },
    body: bodyOf(source, options),
  });
}

function bodyOf(source: ListSource, options: ImportOptions) {
  if (source.kind === 'text') return { text: source.text, ...options };
  if (source.kind === 'kept') return { list: source.list, ...options };
  const form = optionsForm(options);
  form.append('file', source.file);
  return form;
}
