import { useState } from 'react';

/** An image that could not be shown, told apart by what it is `of`, and asking for it once more. */
export function useBroken(of: string) {
  const [broken, setBroken] = useState<{ of: string; error: Error } | null>(null);
  const [tries, setTries] = useState(0);
  return {
    error: broken?.of === of ? broken.error : null,
    /** The key of whatever shows it, which begins anew with each try. */
    tries,
    fail: (error: Error) => {
      setBroken({ of, error });
    },
    shown: () => {
      setBroken(null);
    },
    retry: () => {
      setBroken(null);
      setTries(tries + 1);
    },
  };
}
