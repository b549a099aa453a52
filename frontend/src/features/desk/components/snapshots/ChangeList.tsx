import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Dataset, useDataset } from '@/lib/datasets';
import type { FrozenFinal, TaskChange } from '../../api/snapshots';
import { Picture } from '../Picture';
import classes from './ChangeList.module.css';

/** Tasks that differ: how each was and is, over its image, and in words what is otherwise. */
export function ChangeList({ changes }: { changes: TaskChange[] }) {
  const dataset = useDataset();
  return (
    <ul className={classes.list}>
      {changes.map((change) => (
        <li key={change.task} className={classes.change}>
          <Side change={change} final={change.before} side="before" dataset={dataset} />
          <Side change={change} final={change.after} side="after" dataset={dataset} />
          <Words change={change} slug={dataset.slug} />
        </li>
      ))}
    </ul>
  );
}

function Side(props: {
  change: TaskChange;
  final: FrozenFinal | null;
  side: 'before' | 'after';
  dataset: Dataset;
}) {
  const { t } = useTranslation('snapshots');
  const { change, final, side, dataset } = props;
  return (
    <figure className={classes.side}>
      <div className={classes.picture}>
        {final && (
          <Picture task={{ image: change.image, spans: final.spans }} labels={dataset.labels} />
        )}
      </div>
      <figcaption>
        {t(`side.${side}`)}: {final ? saidIn(final, t) : t('side.none')}
      </figcaption>
    </figure>
  );
}

function saidIn({ answer, spans, accept }: FrozenFinal, t: TFunction<'snapshots'>): string {
  const verdict = t(`verdict.${answer as 'accept'}`);
  if (spans.length > 0) return `${verdict}, ${t('side.shapes', { count: spans.length })}`;
  return accept.length > 0 ? `${verdict}, ${accept.join(', ')}` : verdict;
}

function Words({ change, slug }: { change: TaskChange; slug: string }) {
  const { t } = useTranslation('snapshots');
  const { task, details, kind, before, after } = change;
  return (
    <div className={classes.words}>
      <Link to="/datasets/$slug/tasks/$task" params={{ slug, task }}>
        {(after ?? before)?.image || t('diff.task')}
      </Link>
      {kind !== 'changed' && <p>{t(`one.${kind}`)}</p>}
      <ul>
        {details.map((detail, n) => (
          <li key={n}>{sentenceOf(detail, t)}</li>
        ))}
      </ul>
    </div>
  );
}

type Detail = TaskChange['details'][number];

function sentenceOf(detail: Detail, t: TFunction<'snapshots'>): string {
  const words = {
    before: textOf(detail.before),
    after: textOf(detail.after),
    percent: Math.round((detail.iou ?? 0) * 100),
    keys: detail.keys.join(', '),
  };
  return t(`one.${detail.kind}`, words);
}

/** A shape by its label; whatever else was said as it is written. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'points' in value) {
    return 'label' in value ? String(value.label) : '';
  }
  return JSON.stringify(value);
}
