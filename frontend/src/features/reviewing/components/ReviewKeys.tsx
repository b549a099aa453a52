import { useTranslation } from 'react-i18next';
import { KeyRow, KeyTable } from '@/components/bench/KeyTable';
import { Popup } from '@/components/bench/Popup';
import type { ReviewShortcut } from '../work/shortcuts';

/** The keys that work here, in this step or another. */
export function ReviewKeys(props: { shortcuts: readonly ReviewShortcut[]; onClose: () => void }) {
  const { t } = useTranslation('reviewing');
  return (
    <Popup title={t('keys.title')} onClose={props.onClose}>
      <KeyTable
        shortcuts={props.shortcuts}
        row={(shortcut) => <KeyRow shortcut={shortcut} does={t(`keys.${shortcut.name}`)} />}
      />
    </Popup>
  );
}
