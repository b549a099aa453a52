/**
 * Runs `act` one at a time. Whoever asks while it runs means what has changed since it began, so it
 * runs once more, and all who asked wait for that.
 */
export function oneAtATime(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = (): Promise<void> => {
    again = running !== null;
    running ??= act().finally(() => {
      running = null;
      return again ? run() : undefined;
    });
    return running;
  };
  return run;
}
