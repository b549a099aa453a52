const BY_SCORE = ['uncertain', 'score', 'drawn', 'unscored'] as const;

/** Why a task comes when it does, where scores decide; null where the order tells nothing of it. */
export function whyByScore(code: string): (typeof BY_SCORE)[number] | null {
  return BY_SCORE.find((each) => each === code) ?? null;
}
