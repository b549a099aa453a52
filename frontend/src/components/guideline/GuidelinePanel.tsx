import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '@/components/bench/SidePanel';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { may } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { ago } from '@/lib/format';
import { guidelineQuery, guidelinesQuery, lastRead, readGuideline } from '@/lib/guidelines';
import type { GuidelineVersion } from '@/lib/guidelines';
import { GuidelineDiff } from './GuidelineDiff';
import { GuidelineText } from './GuidelineText';
import classes from './guideline.module.css';

/** What the people of a dataset are told, beside the work; with it on the screen it counts as read. */
export default function GuidelinePanel(props: {
  dataset: Dataset;
  onClose: () => void;
  /** What stands above the text. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { dataset, onClose } = props;
  const versions = useQuery(guidelinesQuery(dataset.slug));
  const [current] = versions.data ?? [];
  return (
    <SidePanel title={t('guideline.title')} onClose={onClose}>
      {props.children}
      {versions.isPending && <Loading count={6} height={20} />}
      {versions.error && !versions.data && (
        <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.data && !current && <NoGuideline dataset={dataset} />}
      {versions.data && current && (
        // A newer version, with what is new in it, replaces the one before.
        <Current key={current.version} dataset={dataset} versions={versions.data} />
      )}
    </SidePanel>
  );
}

function NoGuideline({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const manages = may(dataset, 'manage');
  return (
    <EmptyState
      icon="book"
      title={t('guideline.emptyTitle')}
      text={t(manages ? 'guideline.emptyManager' : 'guideline.emptyMember')}
    >
      {manages && (
        <Link to="/datasets/$slug/settings" params={{ slug: dataset.slug }}>
          {t('guideline.write')}
        </Link>
      )}
    </EmptyState>
  );
}

function Current(props: { dataset: Dataset; versions: readonly GuidelineVersion[] }) {
  const { t, i18n } = useTranslation();
  const { slug } = props.dataset;
  // What was read last is asked for once: reading this version must not hide what is new in it.
  const [{ version, read, since }] = useState(() => ({
    ...(props.versions[0] as GuidelineVersion),
    since: lastRead(props.versions),
  }));
  const guideline = useQuery(guidelineQuery(slug, version, since));
  useReading(slug, version, !read && guideline.isSuccess);
  if (guideline.error) {
    return <ErrorNotice error={guideline.error} onRetry={() => void guideline.refetch()} />;
  }
  if (!guideline.data) return <Loading count={6} height={20} />;
  const { html, diff, by, created_at } = guideline.data;
  return (
    <>
      <p className={classes.about}>
        {t('guideline.about', { version, by, when: ago(created_at, i18n.language) })}
      </p>
      {diff && (
        <details open>
          <summary>{t('guideline.changed')}</summary>
          <GuidelineDiff diff={diff} />
        </details>
      )}
      {html === '' ? <p>{t('guideline.taken')}</p> : <GuidelineText html={html} />}
    </>
  );
}

/** Tells the server, once, that this version is before its reader. */
function useReading(slug: string, version: number, isNew: boolean) {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => readGuideline(slug, version),
    onSuccess: () => client.invalidateQueries(guidelinesQuery(slug)),
  });
  useEffect(() => {
    if (isNew) mutate();
  }, [isNew, mutate]);
}
