import { useTranslation } from 'react-i18next';
import { fileFormat } from '@/lib/format';
import type { Home } from '@/lib/home';
import { WorkList, WorkRow } from './WorkList';

/** What I ordered and is not over yet. */
export function Underway({ imports, exports }: Pick<Home, 'imports' | 'exports'>) {
  const { t } = useTranslation('desk');
  if (imports.length + exports.length === 0) return null;
  return (
    <WorkList title={t('home.underway')}>
      {imports.map(({ id, dataset, name, state }) => (
        <WorkRow
          key={id}
          name={dataset.name}
          detail={t(`home.import.${stageOf(state)}`, { name })}
          action={t('home.look')}
          href={`/datasets/${dataset.slug}/import?run=${id}`}
        />
      ))}
      {exports.map(({ id, dataset, format, done, total }) => (
        <WorkRow
          key={id}
          name={dataset.name}
          detail={t('home.export', {
            format: fileFormat(format),
            percent: total === 0 ? 0 : Math.floor((100 * done) / total),
          })}
          action={t('home.look')}
          href={`/datasets/${dataset.slug}/export`}
        />
      ))}
    </WorkList>
  );
}

/** Reading and fetching are one to whoever waits. */
function stageOf(state: Home['imports'][number]['state']) {
  return state === 'paused' || state === 'storage_full' ? state : 'running';
}
