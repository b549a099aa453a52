import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { ApiError } from '@/lib/http';
import { type ImportRow, type OwnImage, replaceImage } from '@/lib/images';
import { notify } from '@/lib/notify';
import { worthRetrying } from '@/lib/queryClient';
import { uuid7 } from '@/lib/uuid7';
import classes from './ImageActs.module.css';
import { OneFile } from './OneFile';
import { useRefresh } from './useRefresh';

interface Props {
  image: OwnImage;
  onGone: () => void;
}

/** Brings another image in the place of one; until it is there, nothing changes. */
export function Replace(props: Props) {
  const { t } = useTranslation('images');
  const [open, setOpen] = useState<boolean>();
  if (open) return <Form {...props} onClose={() => setOpen(false)} />;
  return (
    <div className={classes.act}>
      <p>{t('replace.hint')}</p>
      <Button variant="default" size="xs" autoFocus={open === false} onClick={() => setOpen(true)}>
        {t('replace.open')}
      </Button>
    </div>
  );
}

function Form({ image, onGone, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation('images');
  const [file, setFile] = useState<File | null>(null);
  const [address, setAddress] = useState('');
  const replace = useReplace(image, onGone);
  const work = workIn(replace.error);
  const source = file ?? address.trim();
  const idle = !replace.isPending;
  return (
    <form
      ref={intoView}
      className={`${classes.act} ${classes.form}`}
      aria-label={t('replace.title')}
      onSubmit={(event) => {
        event.preventDefault();
        replace.mutate({ source, withdraw: work !== null, key: uuid7() });
      }}
    >
      <h3>{t('replace.title')}</h3>
      <p className={classes.hint}>{t('replace.explain')}</p>
      <OneFile file={file} disabled={!idle} onFile={(chosen) => choose(chosen, '')} />
      <TextInput
        label={t('replace.address')}
        placeholder="https://example.org/1.jpg"
        disabled={!idle}
        value={address}
        onChange={(event) => choose(null, event.currentTarget.value)}
      />
      {work && <Work counts={work} />}
      {replace.data && <NotReplaced row={replace.data} />}
      {replace.error && !work && <ErrorNotice error={replace.error} />}
      {!idle && <p role="status">{t('replace.coming')}</p>}
      <div className={classes.buttons}>
        <Button variant="default" size="xs" onClick={onClose}>
          {t('replace.keep')}
        </Button>
        <Button
          type="submit"
          size="xs"
          disabled={source === ''}
          loading={replace.isPending}
          {...(work && { color: 'red.9' })}
        >
          {t(work ? 'replace.goWithAnswers' : replace.data ? 'replace.again' : 'replace.go')}
        </Button>
      </div>
    </form>
  );

  /** One of the two; what was said of another does not count any more. */
  function choose(chosen: File | null, typed: string) {
    setFile(chosen);
    setAddress(typed);
    replace.reset();
  }
}

interface Order {
  source: File | string;
  withdraw: boolean;
  key: string;
}

/** It goes on where the dialog is closed meanwhile. */
function useReplace(image: OwnImage, onGone: () => void) {
  const { t } = useTranslation('images');
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ source, withdraw, key }: Order) => replaceImage(image.id, source, withdraw, key),
    retry: worthRetrying,
    onSuccess: async (row) => {
      if (row.state !== 'done') return;
      onGone();
      void notify(t('replace.done', { name: image.name }));
      await refresh();
    },
  });
}

const WORK = ['answered', 'begun', 'noted'] as const;
type Counts = Partial<Record<(typeof WORK)[number], number>>;

/** On how many tasks people have worked, if that is why it was refused. */
function workIn(error: Error | null): Counts | null {
  if (!(error instanceof ApiError) || error.code !== 'has_work') return null;
  return (error.body as { tasks: Counts }).tasks;
}

/** What appears below the edge of a small screen must be seen. */
function intoView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' });
}

function Work({ counts }: { counts: Counts }) {
  const { t } = useTranslation('images');
  return (
    <div ref={intoView} className={classes.warning} role="alert">
      <b>{t('replace.work.title')}</b>
      <ul>
        {WORK.filter((why) => counts[why]).map((why) => (
          <li key={why}>{t(`replace.work.${why}`, { count: counts[why] ?? 0 })}</li>
        ))}
      </ul>
      {t('replace.work.then')}
    </div>
  );
}

function NotReplaced({ row }: { row: ImportRow }) {
  const { t } = useTranslation('images');
  if (row.state === 'done') return null;
  return (
    <div ref={intoView} className={classes.warning} role="alert">
      <b>{t('replace.failed')}</b> {row.reason}
    </div>
  );
}
