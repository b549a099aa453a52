import { Button, Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Dispatch, SetStateAction } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import type { Dataset } from '@/lib/datasets';
import { guidelineQuery, guidelinesQuery } from '@/lib/guidelines';
import { ApiError } from '@/lib/http';
import { notify } from '@/lib/notify';
import { saveGuideline } from '../api/guidelines';
import { ExamplePicker } from './ExamplePicker';
import { GuidelinePreview } from './GuidelinePreview';
import { GuidelineVersions } from './GuidelineVersions';
import classes from './Guideline.module.css';

const VIEWS = ['write', 'preview', 'versions'] as const;
type View = (typeof VIEWS)[number];

/** What somebody is writing, and the version that they had before them when they began. */
interface Typed {
  readonly text: string;
  readonly base: number;
}

/** The guideline of a dataset: its current text to go on from, and the versions before. */
export function GuidelineEditor({ dataset }: { dataset: Dataset }) {
  // Kept here, where no loading of another version takes it away.
  const [typed, setTyped] = useState<Typed | null>(null);
  const versions = useQuery(guidelinesQuery(dataset.slug));
  const version = versions.data?.[0]?.version ?? 0;
  const current = useQuery({ ...guidelineQuery(dataset.slug, version), enabled: version > 0 });
  const error = versions.error ?? current.error;
  if (error && !typed) return <ErrorNotice error={error} />;
  if (!typed && (versions.isPending || current.isLoading))
    return <Loading count={1} height={240} />;
  const saved = { text: current.data?.text ?? '', base: version };
  return <Editor slug={dataset.slug} saved={saved} typed={typed} onType={setTyped} />;
}

function Editor(props: {
  slug: string;
  saved: Typed;
  typed: Typed | null;
  onType: Dispatch<SetStateAction<Typed | null>>;
}) {
  const { t } = useTranslation('datasets');
  const [view, setView] = useState<View>('write');
  const field = useRef<HTMLTextAreaElement>(null);
  const { slug, saved, onType } = props;
  const shown = props.typed ?? saved;
  const { text } = shown;
  const save = useSave(slug, onType);

  const type = (text: string) => onType({ text, base: shown.base });
  const insert = (markdown: string) => {
    const { selectionStart: at = text.length, selectionEnd: end = at } = field.current ?? {};
    type(text.slice(0, at) + markdown + text.slice(end));
    field.current?.focus();
  };

  return (
    <Stack gap="sm">
      <SegmentedControl
        className={classes.views ?? ''}
        aria-label={t('guideline.view')}
        value={view}
        onChange={(wanted) => setView(wanted as View)}
        data={VIEWS.map((name) => ({ value: name, label: t(`guideline.${name}`) }))}
      />
      {view === 'write' && (
        <>
          <Textarea
            ref={field}
            aria-label={t('guideline.title')}
            description={t('guideline.markdown')}
            inputWrapperOrder={['input', 'description']}
            placeholder={t('guideline.placeholder')}
            autosize
            minRows={10}
            maxRows={28}
            maxLength={30_000}
            value={text}
            onChange={(event) => type(event.currentTarget.value)}
          />
          <ExamplePicker slug={slug} onPick={insert} />
        </>
      )}
      {view === 'preview' && <GuidelinePreview slug={slug} text={text} />}
      {view === 'versions' && <GuidelineVersions slug={slug} />}
      {save.error && <SaveError error={save.error} />}
      {view !== 'versions' && (
        <Group justify="flex-end">
          <Button
            loading={save.isPending}
            disabled={text === saved.text}
            onClick={() => save.mutate(shown)}
          >
            {t('guideline.save')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function SaveError({ error }: { error: Error }) {
  const { t } = useTranslation('datasets');
  if (versionInTheWay(error) === undefined) return <ErrorNotice error={error} />;
  return <p role="alert">{t('guideline.stale')}</p>;
}

function useSave(slug: string, onType: Dispatch<SetStateAction<Typed | null>>) {
  const { t } = useTranslation('datasets');
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, base }: Typed) => saveGuideline(slug, text, base),
    onSuccess: async (saved, { text }) => {
      client.setQueryData(guidelineQuery(slug, saved.version).queryKey, saved);
      await client.invalidateQueries(guidelinesQuery(slug));
      // What was typed while the save was on its way goes on from it.
      onType((now) => (now && now.text !== text ? { ...now, base: saved.version } : null));
      void notify(t('guideline.saved', { version: saved.version }));
    },
    onError: (error) => {
      const base = versionInTheWay(error);
      if (base !== undefined) onType((now) => now && { ...now, base });
      void client.invalidateQueries(guidelinesQuery(slug));
    },
  });
}

/** The version that somebody else has saved meanwhile, if that is why a save was refused. */
function versionInTheWay(error: Error): number | undefined {
  if (!(error instanceof ApiError) || error.status !== 412) return undefined;
  return (error.body as { current: { version: number } }).current.version;
}
