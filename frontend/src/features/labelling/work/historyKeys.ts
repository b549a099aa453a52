/** What the search over one's own answers takes, by KeyboardEvent.key. */
export const HISTORY_KEYS = {
  next_answer: 'ArrowDown',
  answer_before: 'ArrowUp',
  reopen: 'Enter',
} as const;
