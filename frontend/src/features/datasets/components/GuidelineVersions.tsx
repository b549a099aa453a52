import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { GuidelineDiff } from '@/components/guideline/GuidelineDiff';
import { GuidelineText } from '@/components/guideline/GuidelineText';
import { Loading } from '@/components/Loading';
import { ago } from '@/lib/format';
import { guidelineQuery, guidelinesQuery } from '@/lib/guidelines';
import type { GuidelineVersion } from '@/lib/guidelines';
import classes from './Guideline.module.css';

/** Who said what when: every version with what it changed. */
export function GuidelineVersions({ slug }: { slug: string }) {
  const { t } = useTranslation('datasets');
  const versions = useQuery(guidelinesQuery(slug));
  if (versions.error) return <ErrorNotice error={versions.error} />;
  if (!versions.data) return <Loading count={3} height={32} />;
  if (versions.data.length === 0) return <p className={classes.dim}>{t('guideline.none')}</p>;
  return (
    <ul className={classes.versions}>
      {versions.data.map((version) => (
        <Version key={version.version} slug={slug} version={version} />
      ))}
    </ul>
  );
}

function Version({ slug, version }: { slug: string; version: GuidelineVersion }) {
  const { t, i18n } = useTranslation('datasets');
  const [open, setOpen] = useState(false);
  const when = ago(version.created_at, i18n.language);
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b>{t('guideline.version', { version: version.version })}</b> {version.by}, {when}
        </summary>
        {open && <Content slug={slug} version={version.version} />}
      </details>
    </li>
  );
}

function Content({ slug, version }: { slug: string; version: number }) {
  const { t } = useTranslation('datasets');
  const before = version > 1 ? version - 1 : undefined;
  const shown = useQuery(guidelineQuery(slug, version, before));
  if (shown.error) return <ErrorNotice error={shown.error} />;
  if (!shown.data) return <Loading count={1} height={120} />;
  return (
    <>
      {shown.data.diff && <GuidelineDiff diff={shown.data.diff} />}
      <details open={shown.data.diff === null}>
        <summary>{t('guideline.whole')}</summary>
        <div className={classes.sheet}>
          <GuidelineText html={shown.data.html} />
        </div>
      </details>
    </>
  );
}
