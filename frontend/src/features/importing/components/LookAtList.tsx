import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/lib/format';
import type { Looked } from '../api/lineThumbnail';
import type { ListPreview } from '../api/preview';
import type { ImportOptions } from '../api/startImport';
import { HowToRead } from './HowToRead';
import classes from './LookAtList.module.css';
import { PreviewTable } from './PreviewTable';
import notices from './Refused.module.css';
import { Warnings } from './Warnings';
import { WhatItBrings } from './WhatItBrings';

interface Props {
  looked: Looked;
  /** The list is read once more, with other options. */
  looking: boolean;
  starting: boolean;
  onOptions: (options: ImportOptions) => void;
  onBack: () => void;
  onStart: () => void;
  children: ReactNode;
}

/** What a list turned out to be, before anything of it is brought. */
export function LookAtList(props: Props) {
  const { t } = useTranslation('importing');
  const { looked, looking } = props;
  const { preview } = looked;
  const { counts, complete, refused } = preview;
  const usable = counts.total - counts.refused;
  return (
    <section className={classes.look} aria-label={t('look.title')} aria-busy={looking}>
      <header className={classes.header}>
        <h2>{preview.name}</h2>
        <Facts preview={preview} />
      </header>
      {refused && (
        <p role="alert" className={notices.refused}>
          {refused.reason}
        </p>
      )}
      <HowToRead looked={looked} onChange={props.onOptions} />
      <WhatItBrings looked={looked} onChange={props.onOptions} />
      <Warnings warnings={preview.warnings} />
      {preview.lines.length > 0 && <PreviewTable looked={looked} />}
      {counts.total > preview.lines.length && (
        <p className={classes.more}>{t('look.first', { count: preview.lines.length })}</p>
      )}
      {props.children}
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onBack}>
          {t('look.back')}
        </Button>
        <Button
          disabled={refused !== null || usable === 0 || looking}
          loading={props.starting}
          onClick={props.onStart}
        >
          {complete ? t('look.start', { count: usable }) : t('look.startAll')}
        </Button>
      </Group>
    </section>
  );
}

/** "Table · 40 lines: 39 new, 1 repeated" */
function Facts({ preview }: { preview: ListPreview }) {
  const { t, i18n } = useTranslation('importing');
  const { format, counts, complete } = preview;
  if (counts.total === 0) return null;
  const parts = (['new', 'adds', 'duplicate', 'known', 'refused'] as const).filter(
    (part) => counts[part],
  );
  const shown = parts.map((part) =>
    t(`look.outcome.${part}`, { number: formatCount(counts[part], i18n.language) }),
  );
  return (
    <p className={classes.facts}>
      {format !== null && `${t(`look.format.${format}`)} · `}
      {t(complete ? 'look.lines' : 'look.firstLines', { count: counts.total })}
      {shown.length > 0 && `: ${shown.join(', ')}`}
    </p>
  );
}
