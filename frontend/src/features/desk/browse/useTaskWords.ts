import { useTranslation } from 'react-i18next';
import { ago } from '@/lib/format';
import type { TaskRow } from '../api/tasks';

/** What a row is called, and what it says under the pointer. */
export function useTaskWords() {
  const { t, i18n } = useTranslation('browse');
  const state = (task: TaskRow) => t(`state.${task.state}`, { ns: 'shell' });
  const name = (task: TaskRow) => task.image?.name || t('image');
  return {
    name,
    state,
    hover: (task: TaskRow) =>
      [
        name(task),
        state(task),
        task.people.map((person) => person.name).join(', '),
        t('changed', { when: ago(task.updated_at, i18n.language) }),
      ]
        .filter(Boolean)
        .join(' · '),
  };
}
