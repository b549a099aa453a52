import { useTranslation } from 'react-i18next';
import { Popup } from '@/components/bench/Popup';
import controls from '@/components/bench/controls.module.css';
import { keySign, useBindings } from '@/lib/bindings';
import type { Acts } from '@/lib/bindings';
import type { Panel } from './useLabellingKeys';

/** What else can be done, for those who have no keys at hand: a click, a digit, or Tab and Enter. */
export function MoreMenu(props: {
  skips: boolean;
  acts: Acts;
  setPanel: (panel: Panel) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const { skips, acts, setPanel, onClose } = props;
  const items = [
    ...(skips ? [{ name: t('keys.skip'), key: keySign(keys.skip), act: acts.skip }] : []),
    { name: t('keys.flag'), key: keySign(keys.flag), act: acts.flag },
    { name: t('keys.save'), key: keySign(keys.save), act: acts.save },
    { name: t('keys.title'), key: '?', act: () => setPanel('keys') },
  ];
  const run = (place: number) => {
    const item = items[place];
    if (!item) return;
    onClose();
    item.act?.();
  };
  return (
    <Popup title={t('more')} onClose={onClose} onKey={(key) => run(Number(key) - 1)}>
      {items.map(({ name, key }, place) => (
        <button key={name} type="button" className={controls.option} onClick={() => run(place)}>
          <kbd>{place + 1}</kbd>
          <span className={controls.grow}>{name}</span>
          <span className={controls.dim}>{key}</span>
        </button>
      ))}
    </Popup>
  );
}
