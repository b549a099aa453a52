import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { notify } from '@/lib/notify';
import { type Listed, listLabels } from '../api/labels';
import classes from './Labels.module.css';

const WAIT_MS = 250;
/** Lines shown of each sort; the number says how many there are. */
const MOST_SHOWN = 50;
const STATES = ['refused', 'known', 'repeated', 'new'] as const;

/** Many labels at once: pasted or from a file, seen before they are added. */
export function ImportDialog({ slug }: { slug: string }) {
  const { t } = useTranslation('datasets');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t('labelList.open')}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} size="lg" title={t('labelList.title')}>
        <ImportForm slug={slug} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ImportForm({ slug, onClose }: { slug: string; onClose: () => void }) {
  const { t } = useTranslation('datasets');
  const [text, setText] = useState('');
  const [still] = useDebouncedValue(text, WAIT_MS);
  const preview = useQuery({
    queryKey: ['dataset', slug, 'labels', 'list', still],
    queryFn: () => listLabels(slug, still, true),
    enabled: still.trim() !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const add = useAdd(slug, onClose);
  const rows = text.trim() === '' ? [] : (preview.data?.rows ?? []);
  const fresh = rows.filter(({ state }) => state === 'new').length;
  return (
    <Stack>
      <p className={classes.hint}>{t('labelList.hint')}</p>
      <ListField text={text} onText={setText} />
      {preview.error && <ErrorNotice error={preview.error} />}
      {add.error && <ErrorNotice error={add.error} />}
      {!preview.error && rows.length > 0 && <Preview rows={rows} />}
      <Group justify="flex-end">
        <Button
          disabled={fresh === 0 || text !== still || preview.isFetching}
          loading={add.isPending}
          onClick={() => add.mutate(text)}
        >
          {t('labelList.add', { count: fresh })}
        </Button>
      </Group>
    </Stack>
  );
}

function ListField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation('datasets');
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => void file?.text().then(onText);
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <Textarea
        label={t('labelList.text')}
        data-autofocus
        autosize
        minRows={6}
        maxRows={12}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <label className={classes.file}>
        {t('labelList.file')}
        <input
          type="file"
          accept=".txt,.csv,.tsv,.json"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </label>
    </div>
  );
}

function useAdd(slug: string, onDone: () => void) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => listLabels(slug, text, false),
    onSuccess: ({ rows }) => {
      const count = rows.filter(({ state }) => state === 'new').length;
      void notify(t('labelList.added', { count }));
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['dataset', slug] }),
  });
}

function Preview({ rows }: { rows: readonly Listed[] }) {
  const { t } = useTranslation('datasets');
  return (
    <div role="status" className={classes.preview}>
      {STATES.map((state) => {
        const those = rows.filter((row) => row.state === state);
        if (those.length === 0) return null;
        return (
          <details key={state} open={state === 'refused'} data-state={state}>
            <summary>{t(`labelList.${state}`, { count: those.length })}</summary>
            <ul>
              {those.slice(0, MOST_SHOWN).map((row, n) => (
                <li key={n}>
                  {t('labelList.line', { line: row.line })} <b>{row.name}</b> {row.detail}
                </li>
              ))}
              {those.length > MOST_SHOWN && (
                <li>{t('labelList.more', { count: those.length - MOST_SHOWN })}</li>
              )}
            </ul>
          </details>
        );
      })}
    </div>
  );
}
