import { useTranslation } from 'react-i18next';
import frame from '@/components/bench/frame.module.css';
import { formatScore } from '@/lib/format';
import type { Task } from '../api/tasks';
import { suggestionFor } from '../work/offers';

/** Which model or list said what, so that nobody takes its word for a colleague's. */
export function SuggestionNote({ task }: { task: Task }) {
  const { t } = useTranslation('labelling');
  const suggestion = suggestionFor(task);
  if (!suggestion) return null;
  const { model, version, label, score } = suggestion;
  const parts = [label, score === null ? '' : formatScore(score)].filter(Boolean);
  const source = [model, version].filter(Boolean).join(' ');
  return (
    <p className={frame.hint}>
      {t('suggestedBy', { source })}
      {parts.length > 0 && <b> {parts.join(' · ')}</b>}
    </p>
  );
}
