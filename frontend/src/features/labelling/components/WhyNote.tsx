import { useTranslation } from 'react-i18next';
import frame from '@/components/bench/frame.module.css';
import { whyByScore } from '@/lib/why';
import type { Task } from '../api/tasks';

/** Why this task comes now, where what models say decides it. */
export function WhyNote({ task }: { task: Task }) {
  const { t } = useTranslation('shell');
  const why = whyByScore(task.why.code);
  return why && <p className={frame.hint}>{t(`why.${why}`)}</p>;
}
