import { useTranslation } from 'react-i18next';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import type { Conflict } from '../work/conflict';
import type { Work } from '../work/store';

/** Two pages did different things to one task: both can be looked at, one is gone on with. */
export function ConflictBar({ work, conflict }: { work: Work; conflict: Conflict }) {
  const { t } = useTranslation('labelling');
  return (
    <div className={frame.refusal} role="alert">
      {t(conflict.chosen === null ? 'conflict.text' : 'conflict.chosen')}
      <div className={frame.ways}>
        {conflict.versions.map((_, version) => (
          <button
            key={version}
            type="button"
            className={controls.action}
            aria-pressed={(conflict.chosen ?? 0) === version}
            onClick={() => {
              work.choose(version);
            }}
          >
            {version === 0 ? t('conflict.mine') : t('conflict.theirs', { count: version })}
          </button>
        ))}
      </div>
    </div>
  );
}
