import { useTranslation } from 'react-i18next';
import { KeyRow, KeyTable } from '@/components/bench/KeyTable';
import { Popup } from '@/components/bench/Popup';
import type { TaskShortcut } from './shortcuts';

/** The keys of a task's page. */
export function TaskKeys(props: { shortcuts: readonly TaskShortcut[]; onClose: () => void }) {
  const { t } = useTranslation('story');
  return (
    <Popup title={t('keys.title')} onClose={props.onClose}>
      <KeyTable
        shortcuts={props.shortcuts}
        row={(shortcut) => <KeyRow shortcut={shortcut} does={t(`keys.${shortcut.name}`)} />}
      />
    </Popup>
  );
}
