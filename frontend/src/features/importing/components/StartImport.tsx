import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '@/components/ErrorNotice';
import { rememberImport } from '@/lib/begunImports';
import { forgetLeft, leftFor } from '@/lib/brought';
import type { Dataset } from '@/lib/datasets';
import { worthRetrying } from '@/lib/queryClient';
import { uuid7 } from '@/lib/uuid7';
import { type ListPreview, type ListSource, previewList } from '../api/preview';
import { type ImportOptions, type ImportSource, startImport } from '../api/startImport';
import { ChooseSource } from './ChooseSource';
import { LookAtList } from './LookAtList';
import { OptionFields } from './OptionFields';

const DEFAULTS: ImportOptions = {
  as: 'suggestions',
  base: '',
  box_format: 'xywh',
  connection: null,
  encoding: '',
  fetch: 'copy',
  format: '',
  match_people: false,
  on_duplicate: 'skip',
  unknown_label: 'refuse',
  url_field: '',
};

/** What is said of one list, and not of the next one. */
const OF_ONE_LIST = {
  as: 'suggestions',
  base: '',
  encoding: '',
  format: '',
  url_field: '',
} as const;

/** Image files come in at once; a list is looked at first, and its page follows once it is begun. */
export function StartImport({ dataset }: { dataset: Dataset }) {
  const [options, setOptions] = useState(DEFAULTS);
  const [left] = useState(() => leftFor(dataset.slug));
  const [text, setText] = useState(left?.kind === 'text' ? left.text : '');
  const [seen, setSeen] = useState<ListPreview | null>(null);
  const start = useStart(dataset.slug);
  const look = useMutation({
    mutationFn: (ask: { source: ListSource; options: ImportOptions }) =>
      previewList(dataset.slug, ask.source, ask.options),
  });

  const { mutate: read } = look;
  const { mutate: bring } = start;
  // What was said before the dataset was there goes the same way as if it were said here.
  useEffect(() => {
    if (left === undefined || leftFor(dataset.slug) !== left) return;
    forgetLeft(dataset.slug);
    if (left.kind === 'images') bring({ source: left, options: DEFAULTS, key: uuid7() });
    else read({ source: left, options: DEFAULTS }, { onSuccess: setSeen });
  }, [left, dataset.slug, read, bring]);

  /** Of several looks under way the last one counts. */
  function lookAt(source: ListSource, chosen: ImportOptions) {
    look.mutate({ source, options: chosen }, { onSuccess: setSeen });
  }

  function change(changed: ImportOptions) {
    setOptions(changed);
    if (seen) lookAt({ kind: 'kept', list: seen.list }, changed);
  }
  const begin = (source: ImportSource) => start.mutate({ source, options, key: uuid7() });
  const fields = <OptionFields dataset={dataset} options={options} onChange={change} />;
  const error = look.error ?? start.error;
  return (
    <Stack>
      {seen === null ? (
        <ChooseSource
          sending={look.isPending ? look.variables.source.kind : start.isPending ? 'images' : null}
          text={text}
          onText={setText}
          onList={(source) => lookAt(source, options)}
          onImages={(files) => begin({ kind: 'images', files })}
        >
          {fields}
        </ChooseSource>
      ) : (
        <LookAtList
          looked={{ dataset: dataset.slug, preview: seen, options }}
          looking={look.isPending}
          starting={start.isPending}
          onOptions={change}
          onBack={() => {
            look.reset();
            setSeen(null);
            setOptions({ ...options, ...OF_ONE_LIST });
          }}
          onStart={() => begin({ kind: 'kept', list: seen.list })}
        >
          {fields}
        </LookAtList>
      )}
      {error && <ErrorNotice error={error} />}
    </Stack>
  );
}

interface Start {
  source: ImportSource;
  options: ImportOptions;
  key: string;
}

function useStart(slug: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ source, options, key }: Start) => startImport(slug, source, options, key),
    // The key makes a second try harmless, also where the first one did arrive.
    retry: worthRetrying,
    onSuccess: async ({ id }) => {
      rememberImport(id);
      void client.invalidateQueries({ queryKey: ['dataset', slug, 'imports'] });
      await navigate({ to: '/datasets/$slug/import', params: { slug }, search: { run: id } });
    },
  });
}
