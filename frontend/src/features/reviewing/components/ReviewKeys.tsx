import { useTranslation } from 'react-i18next';
import classes from '@/components/bench/popup.module.css';
import { Popup } from '@/components/bench/Popup';

const KEYS = [
  'accept',
  'digits',
  'alone',
  'edit',
  'delete',
  'coverage',
  'next',
  'back',
  'undo',
  'sendBack',
  'escalate',
  'hide',
  'view',
] as const;

/** The keys that work here. */
export function ReviewKeys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('reviewing');
  return (
    <Popup title={t('keys.title')} onClose={onClose}>
      <dl className={classes.keys}>
        {KEYS.map((name) => (
          <div key={name}>
            <dt>
              <kbd>{t(`keys.${name}.key`)}</kbd>
            </dt>
            <dd>{t(`keys.${name}.does`)}</dd>
          </div>
        ))}
      </dl>
    </Popup>
  );
}
