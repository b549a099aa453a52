import { useTranslation } from 'react-i18next';
import type { Confusion } from '../api/insights';

/** What was said and what holds, as a sentence. */
export function ConfusionName({ confusion, own = false }: { confusion: Confusion; own?: boolean }) {
  const { t } = useTranslation('insights');
  const { kind, said, final } = confusion;
  const name = (key: string | null) => {
    if (kind === 'answer') return t(`answer.${(key ?? 'ignore') as 'accept'}`);
    if (key === 'picked') return t('confusions.picked');
    return key === '' ? t('confusions.unlabelled') : (key ?? '');
  };
  const code = said === null ? 'missed' : final === null ? 'extra' : 'said';
  const what = { said: name(said), final: name(final) };
  const group = own ? 'own' : kind === 'label' ? 'shape' : 'option';
  return <span>{t(`confusions.${group}.${code}`, what)}</span>;
}
