import { useTranslation } from 'react-i18next';
import { Popup } from '@/components/bench/Popup';
import classes from '@/components/bench/popup.module.css';

const ALWAYS = [
  'accept',
  'reject',
  'ignore',
  'back',
  'skip',
  'flag',
  'digits',
  'fit',
  'zoom',
  'pan',
] as const;
const DRAWING = [
  'nothing',
  'box',
  'select',
  'nudge',
  'delete',
  'undo',
  'copy',
  'hide',
  'next',
] as const;

/** The keys that work here. */
export function KeysHelp({ draws, onClose }: { draws: boolean; onClose: () => void }) {
  const { t } = useTranslation('labelling');
  return (
    <Popup title={t('keys.title')} onClose={onClose}>
      <dl className={classes.keys}>
        {[...ALWAYS, ...(draws ? DRAWING : [])].map((name) => (
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
