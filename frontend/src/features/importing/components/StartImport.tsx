import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { Dataset } from '@/lib/datasets';
import { worthRetrying } from '@/lib/queryClient';
import { uuid7 } from '@/lib/uuid7';
import { type ImportOptions, type ImportSource, startImport } from '../api/startImport';
import { sorted } from '../files';
import { DropZone } from './DropZone';
import { OptionFields } from './OptionFields';

const DEFAULTS: ImportOptions = { connection: null, on_duplicate: 'skip', unknown_label: 'refuse' };

/** Drop files or paste addresses; the import begins at once and its page follows. */
export function StartImport({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('importing');
  const [text, setText] = useState('');
  const [options, setOptions] = useState(DEFAULTS);
  const [problem, setProblem] = useState<'none' | 'mixed' | 'lists' | null>(null);
  const start = useStart(dataset.slug, options);

  const begin = (source: ImportSource) => start.mutate({ source, key: uuid7() });
  const sending = start.isPending ? start.variables.source.kind : null;

  function take(files: File[]) {
    const found = sorted(files);
    setProblem('problem' in found ? found.problem : null);
    if ('source' in found) begin(found.source);
  }

  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  return (
    <Stack>
      <DropZone busy={sending === 'list' || sending === 'images'} onFiles={take} />
      {problem !== null && <div role="alert">{t(`start.problem.${problem}`)}</div>}
      <Textarea
        label={t('start.paste')}
        placeholder={'https://example.org/1.jpg\nhttps://example.org/2.jpg'}
        autosize
        minRows={4}
        maxRows={12}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <OptionFields dataset={dataset} options={options} onChange={setOptions} />
      {start.error && <ErrorNotice error={start.error} />}
      <Group justify="flex-end">
        <Button
          disabled={lines === 0}
          loading={sending === 'text'}
          onClick={() => begin({ kind: 'text', text })}
        >
          {t('start.submit', { count: lines })}
        </Button>
      </Group>
    </Stack>
  );
}

interface Start {
  source: ImportSource;
  key: string;
}

function useStart(slug: string, options: ImportOptions) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ source, key }: Start) => startImport(slug, source, options, key),
    // The key makes a second try harmless, also where the first one did arrive.
    retry: worthRetrying,
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: ['dataset', slug, 'imports'] });
      await navigate({ to: '/datasets/$slug/import', params: { slug }, search: { run: id } });
    },
  });
}
