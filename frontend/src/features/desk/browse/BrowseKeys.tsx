import { useTranslation } from 'react-i18next';
import { KeyRow, KeyTable } from '@/components/bench/KeyTable';
import { Popup } from '@/components/bench/Popup';
import type { BrowseShortcut } from './shortcuts';

/** The keys of the list. */
export function BrowseKeys(props: { shortcuts: readonly BrowseShortcut[]; onClose: () => void }) {
  const { t } = useTranslation('browse');
  return (
    <Popup title={t('keys.title')} onClose={props.onClose}>
      <KeyTable
        shortcuts={props.shortcuts}
        row={(shortcut) => <KeyRow shortcut={shortcut} does={t(`keys.${shortcut.name}`)} />}
      />
    </Popup>
  );
}
