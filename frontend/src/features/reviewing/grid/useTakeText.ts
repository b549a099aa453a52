import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Take } from '../api/bulk';

/** What is said of anything; everything else has a name of its own. */
const WORDS = [
  'there',
  'gone',
  'apart',
  'one',
  'once',
  'merged',
  'picked',
  'left',
  'option []',
  'answer accept',
  'answer reject',
  'answer ignore',
] as const;

/** How a thing to say is called, by its key. */
export function useTakeText(takes: readonly Take[]): (key: string) => string {
  const { t } = useTranslation('reviewing');
  return useCallback(
    (key) => {
      const word = WORDS.find((each) => each === key);
      if (word) return t(`take.${word}`);
      return takes.find((take) => take.key === key)?.text ?? key;
    },
    [takes, t],
  );
}
